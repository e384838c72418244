import { describe, expect, it, onTestFinished } from 'vitest';
import { indexMenu } from '../../../main/core/menu';
import type { OnlineOrder } from '../../../main/core/online-order';
import { createOdooProvider } from '../../../main/pos/odoo/provider';
import { PosOutcomeUnknown, PosRefused, PosUnreachable, type SaleOrder } from '../../../main/pos/provider';
import { odooTillAt } from '../../contract/odoo-till';
import { line, memoryLog, orderOf, saleOrder } from '../../support/loyverse/fixtures';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';

type Version = Parameters<typeof startOdooModel>[0]['version'];

async function open(version: Version, changes: Parameters<typeof odooTillAt>[1] = {}) {
  const odoo = await startOdooModel({ version });
  onTestFinished(() => odoo.close());
  const log = memoryLog();
  const provider = createOdooProvider({
    till: odooTillAt({ ...odoo, currency: 'USD' }, changes),
    location: { id: 'ARIAPITA', currency: 'USD', timezone: 'America/Port_of_Spain' },
    secret: async () => odoo.key,
    log,
    now: Date.now,
    timeouts: { readMs: 2_000, writeMs: 2_000 },
  });
  const [register] = odoo.rows('pos.config').filter(({ id }) => id === odoo.registerId);
  const taxId = odoo.create('account.tax', {
    name: 'VAT 12.5 %',
    amount: 12.5,
    amount_type: 'percent',
    type_tax_use: 'sale',
    company_id: 1,
    price_include_override: 'tax_included',
  });
  const templateId = odoo.create('product.template', {
    name: 'Salmon roll',
    list_price: 45,
    available_in_pos: true,
    taxes_id: [[6, 0, [taxId]]],
    pos_categ_ids: [[6, 0, register?.iface_available_categ_ids ?? []]],
  });
  const [variant] = odoo.rows('product.product').filter((row) => row.product_tmpl_id === templateId);
  const variantId = String(variant?.id);
  const item = {
    id: String(templateId),
    name: 'Salmon roll',
    category: '',
    categoryId: null,
    variants: [{ id: variantId, sku: '', label: '', price: 4_500, available: true }],
    modifierIds: [],
    taxIds: [String(taxId)],
    imageUrl: null,
  };
  const menu = indexMenu({ items: [item], modifiers: [], taxes: [] });
  const order = (changes: Partial<OnlineOrder> = {}, reference = 'K-1'): SaleOrder => {
    const two = line({ variant_id: variantId, name: 'Salmon roll', quantity: 2, unit_price: 4_500 });
    const now = Date.now();
    const document = { ...orderOf([two]), currency: 'USD', ...changes };
    return saleOrder(document, { reference, receivedAt: now, firstAttemptAt: now });
  };
  return { odoo, provider, menu, order, log, templateId, taxId, registerCategories: register };
}

const paid = { status: 'paid', method: 'card', reference: null } as const;
const unpaid = { status: 'unpaid', method: 'cash', reference: null } as const;
const requestsOf = (odoo: OdooModel, method: string) =>
  odoo.requests().filter((request) => request.method === method);

describe.each(['18a', '18b', '19'] as const)('an order in Odoo %s', (version) => {
  it('is an open bill while it is not paid, and a sale when it is', async () => {
    const { odoo, provider, menu, order } = await open(version);
    expect(await provider.createSale(order({ payment: unpaid }), menu)).toMatchObject({
      total: 9_000,
      state: 'open',
    });
    expect(await provider.createSale(order({ payment: paid }, 'K-2'), menu)).toMatchObject({
      total: 9_000,
      state: 'paid',
    });
    const [bill, sale] = odoo.orders();
    expect([bill?.payments.length, sale?.payments.length]).toEqual([0, 1]);
    expect(sale?.payments[0]).toMatchObject({ amount: 90 });
    expect(bill?.lines[0]).toMatchObject({ price_unit: 45, price_subtotal: 80, price_subtotal_incl: 90 });
    expect(bill?.row.amount_tax).toBe(10);
  });

  it('is one request once the register is known to be open', async () => {
    const { odoo, provider, menu, order } = await open(version);
    await provider.createSale(order(), menu);
    const before = odoo.requests().length;
    await provider.createSale(order({}, 'K-2'), menu);
    expect(odoo.requests().length - before).toBe(1);
  });

  it('carries what staff need, and nothing that breaks a till', async () => {
    const { odoo, provider, menu, order } = await open(version);
    const given = order({ payment: unpaid, service: 'pickup' });
    await provider.createSale(
      { ...given, key: { ...given.key, channel: 'web' }, promisedFor: Date.now() + 3_600_000 },
      menu,
    );
    const [bill] = odoo.orders();
    expect(bill?.row.floating_order_name).toMatch(/^WEB /);
    expect(String(bill?.row.general_customer_note ?? bill?.row.general_note)).toContain('PICK-UP | for ');
    // Without a reference a till of 18 does not start; plain text in these turns one of 19 white.
    expect(bill?.row.pos_reference).toBeTruthy();
    expect(bill?.row.internal_note ?? false).toBe(false);
    expect(bill?.lines[0]?.note ?? false).toBe(false);
    expect(bill?.row.table_id ?? false).toBe(false);
  });

  it('waits while the register is closed, and goes in once somebody opened it', async () => {
    const { odoo, provider, menu, order } = await open(version);
    odoo.closeSession();
    const closed = await provider.createSale(order(), menu).catch((error: unknown) => error);
    expect(closed).toBeInstanceOf(PosUnreachable);
    expect(closed).toMatchObject({ trouble: { code: 'register_closed' } });
    expect((await provider.check()).trouble?.code).toBe('register_closed');
    odoo.openSession();
    expect((await provider.createSale(order(), menu)).total).toBe(9_000);
  });

  it('opens the register where the restaurant wants that, once', async () => {
    const { odoo, provider, menu, order } = await open(version, { openRegister: true });
    odoo.closeSession();
    await Promise.all([provider.createSale(order(), menu), provider.createSale(order({}, 'K-2'), menu)]);
    const open1 = odoo.rows('pos.session').filter(({ state }) => state === 'opened');
    expect(open1).toHaveLength(1);
    expect(requestsOf(odoo, 'set_opening_control')).toHaveLength(1);
  });

  it('goes into the next session when the one that was known is closed meanwhile', async () => {
    const { odoo, provider, menu, order } = await open(version);
    await provider.createSale(order({ payment: paid }), menu);
    odoo.closeSession();
    const session = odoo.openSession();
    await provider.createSale(order({ payment: paid }, 'K-2'), menu);
    expect(odoo.orders()[1]?.row.session_id).toBe(session);
    odoo.closeSession();
    await expect(provider.createSale(order({}, 'K-3'), menu)).rejects.toMatchObject({
      trouble: { code: 'register_closed' },
    });
    expect(odoo.orders()).toHaveLength(2);
  });

  it('that is sent again finds itself, with its lines once', async () => {
    const { odoo, provider, menu, order } = await open(version);
    const wanted = order({ payment: unpaid });
    const first = await provider.createSale(wanted, menu);
    expect(await provider.createSale(wanted, menu)).toMatchObject({ number: first.number });
    expect(odoo.orders()).toHaveLength(1);
    expect(odoo.orders()[0]?.lines).toHaveLength(1);
  });

  it.each(['lose', 'gateway502', 'loseLate'] as const)(
    'with an unclear outcome is unknown, and found (%s)',
    async (fault) => {
      const { odoo, provider, menu, order } = await open(version);
      await provider.createSale(order(), menu);
      Object.assign(odoo.switches, { about: 'writes', [fault]: 1, commitAfterMs: 30 });
      const wanted = order({}, 'K-2');
      await expect(provider.createSale(wanted, menu)).rejects.toBeInstanceOf(PosOutcomeUnknown);
      await expect.poll(() => odoo.orders().length).toBe(2);
      expect(await provider.findSale(wanted)).toMatchObject({ total: 9_000 });
    },
  );

  it.each([
    ['refuse', PosUnreachable],
    ['503', PosUnreachable],
  ] as const)('of a server that restarts is for later (%s)', async (restarting, kind) => {
    const { odoo, provider, menu, order } = await open(version);
    odoo.switches.restarting = restarting;
    await expect(provider.createSale(order(), menu)).rejects.toBeInstanceOf(kind);
    odoo.switches.restarting = false;
    expect((await provider.createSale(order(), menu)).total).toBe(9_000);
  });

  it('that Odoo refuses says so without a word of Odoo’s own', async () => {
    const { odoo, provider, menu, order, log, taxId } = await open(version);
    await provider.createSale(order(), menu);
    odoo.unlink('account.tax', taxId);
    const refused = await provider.createSale(order({}, 'K-2'), menu).catch((error: unknown) => error);
    // The tax is gone: without it the same price is another amount, which Odoo takes.
    const seen = JSON.stringify([refused instanceof Error ? [refused.message, refused.cause] : refused, log]);
    expect(seen).not.toMatch(/Traceback|secret\.py/);
    expect(odoo.orders()).toHaveLength(2);
  });

  it('that is paid is given back by an order of its own, once', async () => {
    const { odoo, provider, menu, order } = await open(version);
    const wanted = order({ payment: paid });
    const sale = await provider.createSale(wanted, menu);
    const refund = { sale, reference: wanted.reference, soldSince: wanted.firstAttemptAt };
    const given = await provider.refundSale(refund);
    expect(given.total).toBe(9_000);
    const [, back] = odoo.orders();
    expect(back?.lines[0]).toMatchObject({ qty: -2, price_subtotal_incl: -90 });
    expect(back?.payments[0]).toMatchObject({ amount: -90 });
    expect(await provider.findRefund(refund)).toMatchObject({ number: given.number });
    await expect(provider.refundSale(refund)).rejects.toBeInstanceOf(PosRefused);
    expect(odoo.orders()).toHaveLength(2);
  });

  it('whose bill was paid at the till in the meantime is not called off', async () => {
    const { odoo, provider, menu, order } = await open(version);
    const wanted = order({ payment: unpaid });
    const sale = await provider.createSale(wanted, menu);
    odoo.payAtTill(odoo.orders()[0]?.id ?? 0);
    const [followed] = (await provider.followSales?.([{ reference: wanted.reference, sale }])) ?? [];
    expect(followed?.sale.state).toBe('paid');
  });
});

describe('an order for a table', () => {
  it.each(['18b', '19'] as const)(
    'is put on the table only while nothing is open there (%s)',
    async (version) => {
      const { odoo, provider, menu, order } = await open(version, { useTables: true });
      const floors = odoo.rows('pos.config').find(({ id }) => id === odoo.registerId)?.floor_ids;
      const [tableId] = odoo
        .rows('restaurant.table')
        .filter((row) => Array.isArray(floors) && floors.includes(row.floor_id))
        .filter((row, _, all) => all.filter((other) => other.table_number === row.table_number).length === 1);
      const table = `Table ${tableId?.table_number}`;
      const atTable = { payment: unpaid, service: 'dine_in', table } as const;
      await provider.createSale(order(atTable), menu);
      await provider.createSale(order(atTable, 'K-2'), menu);
      expect(odoo.orders().map(({ row }) => row.table_id ?? false)).toEqual([tableId?.id, false]);
      expect(odoo.orders().map(({ lines }) => lines.length)).toEqual([1, 1]);
    },
  );
});

it('a server that was upgraded overnight gets orders in its own form', async () => {
  const { odoo, provider, menu, order } = await open('18b');
  await provider.createSale(order({ payment: paid }), menu);
  odoo.upgradeTo19();
  const sale = await provider.createSale(order({ payment: paid }, 'K-2'), menu);
  expect(sale.total).toBe(9_000);
  expect(odoo.orders()[1]?.row.general_customer_note).toBeTruthy();
});

it('an answer of 100 MB is not read to its end', async () => {
  const { odoo, provider, menu, order } = await open('19');
  await provider.createSale(order(), menu);
  Object.assign(odoo.switches, { huge: 1, about: 'writes' });
  await expect(provider.createSale(order({}, 'K-2'), menu)).rejects.toBeInstanceOf(PosOutcomeUnknown);
});

it('a key that Odoo does not take any more is said by the check, and keeps orders waiting', async () => {
  const { odoo, provider, menu, order } = await open('19');
  await provider.createSale(order(), menu);
  const [key] = odoo.rows('res.users.apikeys').filter(({ user_id: user }) => user === odoo.userId);
  odoo.write('res.users.apikeys', key?.id ?? 0, { expiration_date: '2020-01-01 00:00:00' });
  expect(await provider.check()).toMatchObject({ status: 'down', trouble: { code: 'credentials' } });
  await expect(provider.createSale(order({}, 'K-2'), menu)).rejects.toMatchObject({
    name: 'PosUnreachable',
    trouble: { code: 'credentials' },
  });
});

it('a key that ends soon is said before it ends', async () => {
  const { odoo, provider } = await open('19');
  const [key] = odoo.rows('res.users.apikeys').filter(({ user_id: user }) => user === odoo.userId);
  const inNineDays = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
  odoo.write('res.users.apikeys', key?.id ?? 0, { expiration_date: inNineDays });
  expect(await provider.check()).toMatchObject({ status: 'degraded', trouble: { code: 'key_expires' } });
});

it.each([
  ['18a', true],
  ['18b', false],
  ['19', false],
] as const)('whether an open till hears of new orders is said of %s', async (version, isDeaf) => {
  const { provider } = await open(version);
  const facts = (await provider.check()).facts?.join(' ') ?? '';
  expect(facts.includes('does not tell an open till')).toBe(isDeaf);
});

it('a register of another company is no till of this restaurant', async () => {
  const { provider, menu, order } = await open('19', { companyId: '2' });
  expect((await provider.check()).status).toBe('down');
  await expect(provider.createSale(order(), menu)).rejects.toBeInstanceOf(PosUnreachable);
});
