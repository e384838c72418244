import { describe, expect, it, onTestFinished } from 'vitest';
import { PosRefused } from '../../../main/pos/provider';
import { startSandbox } from '../../../main/training/sandbox';
import { connect } from '../../support/loyverse/account';
import { tillAt } from '../../support/loyverse/fixtures';

const SKU = 'NIGIRI-SALMON-2';

async function openTill() {
  const sandbox = await startSandbox({ seed: 3 });
  onTestFinished(() => sandbox.close());
  const found = sandbox.account.variantBySku(SKU);
  if (found === undefined) throw new Error('The training menu has salmon nigiri.');
  const till = tillAt(sandbox.url, { storeId: sandbox.storeId });
  const { provider } = connect(sandbox.url, { till, secret: async () => sandbox.token });
  const change = { itemId: found.item.id, variantIds: [found.variant.variant_id] };
  const entries = () => sandbox.account.variantBySku(SKU)?.variant.stores ?? [];
  const here = () => entries().find(({ store_id }) => store_id === sandbox.storeId);
  const elsewhere = () => entries().filter(({ store_id }) => store_id !== sandbox.storeId);
  const writes = () => sandbox.requests().filter(({ method }) => method === 'POST').length;
  return { sandbox, provider, change, here, elsewhere, writes };
}

describe.each(['merge', 'replace'] as const)(
  'taking a variant off sale, where stores are taken to %s',
  (storesPartial) => {
    it('changes one flag of one store, and nothing of what the owner set', async () => {
      const { sandbox, provider, change, here, elsewhere } = await openTill();
      sandbox.switches.storesPartial = storesPartial;
      sandbox.setPrice(SKU, 4_100, sandbox.storeId);
      const before = { here: here(), elsewhere: elsewhere() };
      await provider.setAvailability({ ...change, available: false });
      expect(here()).toEqual({ ...before.here, available_for_sale: false });
      expect(elsewhere()).toEqual(before.elsewhere);
      await provider.setAvailability({ ...change, available: true });
      expect({ here: here(), elsewhere: elsewhere() }).toEqual(before);
    });

    it('keeps an item without entries on sale in the other stores, at its price', async () => {
      const { sandbox, provider, change, here, elsewhere } = await openTill();
      sandbox.switches.storesPartial = storesPartial;
      sandbox.editItem(SKU, (item) => ({
        ...item,
        variants: item.variants.map((variant) => ({ ...variant, stores: [] })),
      }));
      await provider.setAvailability({ ...change, available: false });
      expect(here()).toMatchObject({ available_for_sale: false, pricing_type: 'FIXED', price: 38 });
      expect(elsewhere()).toMatchObject([{ available_for_sale: true, pricing_type: 'FIXED', price: 38 }]);
    });
  },
);

describe('taking a variant off sale', () => {
  it('writes nothing when it is so already', async () => {
    const { provider, change, writes } = await openTill();
    expect(await provider.setAvailability({ ...change, available: true })).toEqual({ kind: 'till' });
    expect(writes()).toBe(0);
    for (const time of [1, 2]) {
      const reach = await provider.setAvailability({ ...change, available: false });
      expect([time, reach]).toEqual([time, { kind: 'till' }]);
    }
    expect(writes()).toBe(1);
  });

  it('sees what the owner changed a moment ago', async () => {
    const { sandbox, provider, change, here } = await openTill();
    await provider.setAvailability({ ...change, available: false });
    sandbox.setPrice(SKU, 5_500, sandbox.storeId);
    await provider.setAvailability({ ...change, available: true });
    expect(here()).toMatchObject({ available_for_sale: true, price: 55 });
  });

  it.each([
    ['the answer was lost', { cutAfterSale: 1 }],
    ['the till failed after it', { serverErrorAfter: 1 }],
    ['the answer made no sense', { garbleAfterSale: 1 }],
  ])('is done although %s', async (_, switches) => {
    const { sandbox, provider, change, here, writes } = await openTill();
    Object.assign(sandbox.switches, switches);
    await provider.setAvailability({ ...change, available: false });
    expect(here()?.available_for_sale).toBe(false);
    expect(writes()).toBe(1);
  });

  it('says that it was not done when it was not, and may be asked again', async () => {
    const { sandbox, provider, change, here } = await openTill();
    sandbox.switches.serverErrorBefore = 1;
    await expect(provider.setAvailability({ ...change, available: false })).rejects.toMatchObject({
      trouble: { words: 'The till did not take this change over. Tap again in a moment.' },
    });
    expect(here()?.available_for_sale).toBe(true);
    await provider.setAvailability({ ...change, available: false });
    expect(here()?.available_for_sale).toBe(false);
  });

  it('of an item that was deleted is refused', async () => {
    const { sandbox, provider, change } = await openTill();
    sandbox.removeItem(SKU);
    await expect(provider.setAvailability({ ...change, available: false })).rejects.toBeInstanceOf(
      PosRefused,
    );
  });
});
