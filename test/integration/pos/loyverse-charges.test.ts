import { describe, expect, it, onTestFinished } from 'vitest';
import type { MenuIndex } from '../../../main/core/menu';
import type { OrderLine } from '../../../main/core/online-order';
import { PosRefused } from '../../../main/pos/provider';
import { createInTill, createSurvey } from '../../../main/pos/registry';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../main/training/sandbox';
import { connect } from '../../support/loyverse/account';
import { orderOf, saleOrder, tillAt } from '../../support/loyverse/fixtures';
import { readIndex } from '../../support/loyverse/sandbox-account';
import { SILENT } from '../../support/till';

const FIELDS = ['discount', 'delivery_item', 'tip_item'] as const;

/** An account that has nothing for a website's charges yet. */
async function openBare(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  for (const { id } of sandbox.account.discounts.all()) sandbox.account.discounts.remove(id);
  for (const name of ['Tip', 'Delivery']) {
    const found = sandbox.account.items.all().find((item) => item.item_name === name);
    if (found !== undefined) sandbox.account.items.remove(found.id);
  }
  return sandbox;
}

function setUp(sandbox: Sandbox) {
  const till = tillAt(sandbox.url, { storeId: sandbox.storeId });
  const location = { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' };
  const context = { location, secret: async () => sandbox.token, log: SILENT, now: Date.now };
  return {
    create: (field: string) => createInTill(till, context, field),
    choices: async () => {
      const chance = createSurvey(till, context);
      if (!chance.ok) throw new Error(chance.trouble.words);
      const { choices } = await chance.survey();
      return choices.filter(({ field }) => FIELDS.some((known) => known === field));
    },
    ...connect(sandbox.url, { till, secret: async () => sandbox.token }),
  };
}

const DELIVERY = { address: '5 Example Street', latlon: null, fee: 2_000, instructions: '' };

function chargedOrder(menu: MenuIndex) {
  const document = orderOf(menuLines(menu), { discount: 100, tip: 500, delivery: DELIVERY });
  return saleOrder(document, { receivedAt: Date.now() });
}

describe('a website’s discount, delivery fee and tip', () => {
  it('are refused whole, each by name and amount, while the till has nothing for them', async () => {
    const sandbox = await openBare();
    const { provider, ...connected } = setUp(sandbox);
    const menu = await readIndex({ provider, ...connected });
    const order = chargedOrder(menu);
    const refusal = provider.createSale(order, menu);
    await expect(refusal).rejects.toBeInstanceOf(PosRefused);
    await expect(refusal).rejects.toMatchObject({
      trouble: {
        code: 'charge_not_set',
        words: expect.stringMatching(
          /no discount for the website’s discount \(TT\$1\.00\) and no item for the delivery fee \(TT\$20\.00\) and no item for the tip \(TT\$5\.00\)/,
        ),
      },
    });
    expect(sandbox.receipts()).toEqual([]);
  });

  it('are made in the till on request, once however often it is asked, and then booked', async () => {
    const sandbox = await openBare();
    const { create, choices, provider, ...connected } = setUp(sandbox);
    expect((await choices()).map(({ chosen, create: button }) => [chosen, button])).toEqual([
      [null, 'Create “Online discount” in Loyverse'],
      [null, 'Create “Delivery” in Loyverse'],
      [null, 'Create “Tip” in Loyverse'],
    ]);
    for (const field of FIELDS) {
      const made = await create(field);
      expect(made).toMatchObject({ ok: true });
      expect(await create(field)).toEqual(made);
    }
    expect(sandbox.account.discounts.all().filter(({ deleted_at }) => deleted_at === null)).toHaveLength(1);
    for (const choice of await choices()) {
      expect(choice.chosen).not.toBeNull();
      expect(choice).not.toHaveProperty('create');
    }
    const menu = await readIndex({ provider, ...connected });
    const order = chargedOrder(menu);
    expect(await provider.createSale(order, menu)).toMatchObject({ total: order.document.total });
    const [receipt] = sandbox.receipts();
    expect(receipt).toMatchObject({ total_discount: 1, total_discounts: [{ name: 'Online discount' }] });
    expect(receipt?.line_items.slice(-2)).toMatchObject([
      { item_name: 'Delivery', price: 20 },
      { item_name: 'Tip', price: 5 },
    ]);
  });

  it('are not made twice when the first answer was lost', async () => {
    const sandbox = await openBare();
    const { create } = setUp(sandbox);
    for (const field of FIELDS) {
      sandbox.switches.cutAfterSale = 1;
      expect(await create(field)).toMatchObject({ ok: false, words: expect.stringContaining('Test again') });
      expect(await create(field)).toMatchObject({ ok: true });
    }
    const live = sandbox.account.items.all().filter(({ deleted_at }) => deleted_at === null);
    expect(live.filter(({ item_name }) => ['Delivery', 'Tip'].includes(item_name))).toHaveLength(2);
    expect(sandbox.account.discounts.all().filter(({ deleted_at }) => deleted_at === null)).toHaveLength(1);
  });

  it('are made only after all of a long menu was looked through', async () => {
    const sandbox = await openBare({ items: 1_300 });
    const { create } = setUp(sandbox);
    expect(await create('tip_item')).toMatchObject({ ok: true });
    const asked = sandbox.requests().map(({ method, path }) => `${method} ${path}`);
    expect(asked).toEqual([...Array(6).fill('GET /items'), 'POST /items']);
  });

  it('cost the next sale no request of their own', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { provider, ...connected } = setUp(sandbox);
    const menu = await readIndex({ provider, ...connected });
    await provider.createSale(chargedOrder(menu), menu);
    const before = sandbox.requests().length;
    await provider.createSale({ ...chargedOrder(menu), reference: 'W-again' }, menu);
    expect(sandbox.requests().slice(before)).toMatchObject([{ method: 'POST', path: '/receipts' }]);
  });

  it('are made by nobody else’s name', async () => {
    const { create } = setUp(await openBare());
    expect(await create('store_id')).toMatchObject({ ok: false });
  });
});

/** One dish with a price. */
function menuLines(menu: MenuIndex): OrderLine[] {
  const found = menu.menu.items.flatMap(({ name, variants }) =>
    variants.map((variant) => ({ name, variant })),
  );
  const dish = found.find(({ variant }) => (variant.price ?? 0) > 1_000);
  if (dish === undefined) throw new Error('The till sells nothing.');
  const { variant, name } = dish;
  const plain = { sku: null, quantity: 1, modifiers: [], note: '' };
  return [{ ...plain, variant_id: variant.id, name, unit_price: variant.price ?? 0 }];
}
