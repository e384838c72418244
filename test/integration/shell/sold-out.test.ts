import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { openRestaurant, tillOf } from '../../support/restaurant';

const SKU = 'ROLL-DRAGON';

async function openWithMenu() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const opened = await openRestaurant([sandbox], { tills: [tillOf(sandbox)] });
  await opened.store(({ menu }) => menu.items > 0);
  const found = opened.restaurant.tills.menu()?.variant({ variant_id: null, sku: SKU });
  if (found === undefined) throw new Error('The training menu has a dragon roll.');
  const dish = { itemId: found.item.id, variantIds: [found.variant.id] };
  const isOnSale = () =>
    opened.restaurant.tills.menu()?.variant({ variant_id: null, sku: SKU })?.variant.available;
  const inTill = () =>
    sandbox.account
      .variantBySku(SKU)
      ?.variant.stores.map(({ store_id, available_for_sale }) => [
        store_id === sandbox.storeId,
        available_for_sale,
      ]);
  const writes = () => sandbox.requests().filter(({ method }) => method === 'POST').length;
  return { sandbox, ...opened, dish, isOnSale, inTill, writes };
}

describe('a dish that is sold out', () => {
  it('is off sale in the till and here at once, in this store only, and back again', async () => {
    const { restaurant, dish, isOnSale, inTill } = await openWithMenu();
    expect(await restaurant.availability.set({ ...dish, available: false })).toEqual({ ok: true });
    expect(isOnSale()).toBe(false);
    expect(inTill()).toEqual([
      [true, false],
      [false, true],
    ]);
    await restaurant.tills.syncMenus();
    expect(isOnSale()).toBe(false);
    expect(await restaurant.availability.set({ ...dish, available: true })).toEqual({ ok: true });
    expect(isOnSale()).toBe(true);
    expect(inTill()?.every(([, available]) => available)).toBe(true);
  });

  it('is on sale here once somebody puts it back in the till itself', async () => {
    const { sandbox, restaurant, dish, isOnSale } = await openWithMenu();
    await restaurant.availability.set({ ...dish, available: false });
    sandbox.editItem(SKU, (item) => ({
      ...item,
      variants: item.variants.map((variant) => ({
        ...variant,
        stores: variant.stores.map((store) => ({ ...store, available_for_sale: true })),
      })),
    }));
    await restaurant.tills.syncMenus();
    expect(isOnSale()).toBe(true);
  });

  it('is written once for many taps, and as the last one wished', async () => {
    const { restaurant, dish, isOnSale, writes } = await openWithMenu();
    const taps = [false, true, false, true, false].map((available) =>
      restaurant.availability.set({ ...dish, available }),
    );
    expect(await Promise.all(taps)).toEqual(taps.map(() => ({ ok: true })));
    expect(isOnSale()).toBe(false);
    expect(writes()).toBe(1);
  });

  it('stays as it was when the till does not answer, and the words say so', async () => {
    const { sandbox, restaurant, dish, isOnSale } = await openWithMenu();
    sandbox.switches.down = 'refuse';
    await sandbox.settled();
    expect(await restaurant.availability.set({ ...dish, available: false })).toEqual({
      ok: false,
      words: expect.stringMatching(/Loyverse/),
    });
    expect(isOnSale()).toBe(true);
  });

  it('that is gone from the till says so', async () => {
    const { sandbox, restaurant, dish } = await openWithMenu();
    sandbox.removeItem(SKU);
    expect(await restaurant.availability.set({ ...dish, available: false })).toMatchObject({
      ok: false,
      words: expect.stringContaining('no longer on the till’s menu'),
    });
  });
});
