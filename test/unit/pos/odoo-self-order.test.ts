import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computedTotal, type OnlineOrder } from '../../../main/core/online-order';
import { presetRowSchema } from '../../../main/pos/odoo/register-rows';
import { type SelfOrder, selfOrderDocument } from '../../../main/pos/odoo/self-order-document';
import {
  type SelfOrderNames,
  selfOrderLineSchema,
  selfOrderSchema,
  tableSchema,
} from '../../../main/pos/odoo/self-order-rows';
import type { PosOrder } from '../../../main/pos/provider';
import recorded from '../../support/odoo-self-orders/recorded.json';
import { CONTEXT } from '../../support/orders';

const RUNS = 50 * (process.env.TILLSIDE_LONG === undefined ? 1 : 20);
const LOCATION = { currency: 'TTD', timezone: 'America/Port_of_Spain', orderingTables: CONTEXT.tables };
const PRESETS = recorded.presets.map((preset) => presetRowSchema.parse(preset));
const NOTHING: SelfOrderNames = { values: new Map(), tables: new Map(), guests: new Map() };
const GARDEN = tableSchema.parse({ id: 5, table_number: 2, floor_id: [3, 'Garden'] });

type Values = Readonly<Record<string, unknown>>;

const rowOf = (major: 18 | 19, changes: Values = {}) =>
  selfOrderSchema.parse({ ...recorded[major].order, ...changes });

/** The recorded answers name a product by its bare id; a read of lines names it in full. */
const linesOf = (rows: readonly Values[], product = '[FUN1] Funghi') =>
  rows.map((row) => selfOrderLineSchema.parse({ ...row, product_id: [row.product_id, product] }));

type Changes = Partial<SelfOrder & SelfOrder['charge']>;

function made(changes: Changes = {}, orderingTables = CONTEXT.tables): PosOrder {
  const { lines = linesOf(recorded[19].lines), other = null, ...order } = changes;
  const known = { row: rowOf(19), names: NOTHING, presets: PRESETS, doubles: [], ...order };
  const document = selfOrderDocument(
    { ...known, charge: { lines, other } },
    { location: { ...LOCATION, orderingTables }, decimals: 2 },
  );
  if ('because' in document) throw new Error(document.because);
  return document;
}

const documentOf = (changes: Changes = {}): OnlineOrder => made(changes).document;
const dishesOf = ({ lines }: OnlineOrder) =>
  lines.map(({ name, quantity, unit_price }) => [name, quantity, unit_price]);

describe('an order of a guest in Odoo, as an order to cook', () => {
  it('has its dishes, guest, time and money (19, as recorded)', () => {
    const { document, sale } = made();
    expect(document).toMatchObject({
      id: '591f7d79-9d1a-42db-be19-d4f2fb6ab7b2',
      number: 'S301',
      placed_at: '2026-11-22T18:23:47.000-04:00',
      requested_for: '2026-11-22T18:53:00.000-04:00',
      service: 'pickup',
      customer: { name: 'Self Anil', phone: '+18685550101', note: '' },
      tax: 243,
      tax_included: false,
      discount: 0,
      total: 1863,
      payment: { status: 'unpaid' },
      status: 'placed',
      revision: 0,
    });
    expect(dishesOf(document)).toEqual([
      ['Funghi', 2, 700],
      ['Coca-Cola', 1, 220],
    ]);
    expect(document.lines[0]?.variant_id).toBe('166');
    expect(sale).toEqual({ number: '260-4-000301', total: 1863, state: 'open' });
  });

  it('has no float noise, and a name where the guest gave none (18, as recorded)', () => {
    const { document, sale } = made({ row: rowOf(18), lines: linesOf(recorded[18].lines) });
    expect(document).toMatchObject({
      number: '501',
      service: 'pickup',
      customer: { name: 'QR order', phone: '', note: '' },
      total: 1863,
    });
    expect(sale.number).toBe('Self-Order 00005-004-0001');
    const kiosk = rowOf(18, { pos_reference: 'Kiosk 00005-004-0002' });
    expect(documentOf({ row: kiosk }).customer.name).toBe('Kiosk order');
  });

  it.each([
    ['draft', 'open', 'unpaid', 'placed', 0],
    ['paid', 'paid', 'paid', 'placed', 1],
    ['done', 'paid', 'paid', 'placed', 1],
    ['invoiced', 'paid', 'paid', 'placed', 1],
    ['cancel', 'called_off', 'unpaid', 'cancelled', 2],
  ])('is followed: %s', (state, sale, payment, status, revision) => {
    const order = made({ row: rowOf(19, { state }) });
    expect(order.sale.state).toBe(sale);
    expect(order.document).toMatchObject({ payment: { status: payment }, status, revision });
  });

  it.each([
    ['Self-Order T 112', 'QR order'],
    ['Self-Order 301', 'QR order'],
    ['Kiosk 7', 'QR order'],
    ['Selfie Anna', 'Selfie Anna'],
  ])('called “%s” in the till is called “%s” here', (floating_order_name, name) => {
    expect(documentOf({ row: rowOf(19, { floating_order_name }) }).customer.name).toBe(name);
  });

  it('is for the customer whom the till knows', () => {
    const guests = new Map([
      [
        9,
        {
          id: 9,
          name: 'Jane D.',
          phone: '868 555 0199',
          mobile: null,
          street: '5 Example St',
          street2: null,
          city: 'Port of Spain',
        },
      ],
    ]);
    const row = rowOf(19, {
      preset_id: [3, 'Delivery'],
      partner_id: [9, 'Jane D.'],
      floating_order_name: false,
      mobile: '',
    });
    expect(documentOf({ row, names: { ...NOTHING, guests } })).toMatchObject({
      service: 'delivery',
      customer: { name: 'Jane D.', phone: '868 555 0199' },
      delivery: { address: '5 Example St, Port of Spain', fee: 0 },
    });
    expect(documentOf({ row }).delivery?.address).toBe('No address in the till: ask the guest.');
  });

  it('is brought to the table that the location calls by that number', () => {
    const names = { ...NOTHING, tables: new Map([[5, GARDEN]]) };
    const seated = { preset_id: [1, 'Dine In'], self_ordering_table_id: [5, 'Garden, 2'] };
    const document = documentOf({ row: rowOf(19, seated), names });
    expect(document).toMatchObject({ service: 'dine_in', table: 'Table 2' });
    expect(document.customer.note).toBe('Table 2, Garden');
    const patio = ['Table 2', 'Garden 02', 'Garden 12'];
    expect(made({ row: rowOf(19, seated), names }, patio).document.table).toBe('Garden 02');
    // Before 19 there are no presets: a table without the mark for take-away says it.
    expect(documentOf({ row: rowOf(18, { takeaway: false, table_id: 5 }), names })).toMatchObject({
      service: 'dine_in',
      table: 'Table 2',
    });
    expect(documentOf({ row: rowOf(18, { takeaway: true, table_id: 5 }), names }).service).toBe('pickup');
  });

  it('is called out when the location does not know its table, and says where it goes', () => {
    const names = { ...NOTHING, tables: new Map([[5, { ...GARDEN, table_number: 112 }]]) };
    const row = rowOf(19, {
      preset_id: [1, 'Dine In'],
      self_ordering_table_id: 5,
      general_customer_note: 'Hi',
    });
    expect(documentOf({ row, names })).toMatchObject({
      service: 'pickup',
      table: null,
      customer: { note: 'Table 112, Garden | Hi' },
    });
    const stand = rowOf(19, { preset_id: [1, 'Dine In'], table_stand_number: '17' });
    expect(documentOf({ row: stand }).customer.note).toBe('Eat in | Table stand 17');
  });

  it('is understood by the name of a preset that the register offers no more', () => {
    const service = (name: string) =>
      documentOf({ row: rowOf(19, { preset_id: [77, name] }), presets: [] }).service;
    expect(['Home delivery', 'Take away', 'Counter'].map(service)).toEqual(['delivery', 'pickup', 'pickup']);
  });
});

describe('a guest’s dishes', () => {
  const values = new Map([[79, 'Belgian fresh homemade fries']]);

  it('have their options apart from their names (as recorded)', () => {
    const lines = linesOf(recorded[19].modifier);
    const row = rowOf(19, { amount_total: 17.83, amount_tax: 2.33 });
    expect(documentOf({ row, lines, names: { ...NOTHING, values } }).lines).toMatchObject([
      {
        name: 'Bacon Burger',
        unit_price: 1550,
        modifiers: [{ name: 'Belgian fresh homemade fries', price: 0, quantity: 1 }],
      },
    ]);
    // The option's name could not be read: the dish's own name says it.
    expect(documentOf({ row, lines }).lines).toMatchObject([
      { name: 'Bacon Burger (Belgian fresh homemade fries)', modifiers: [] },
    ]);
  });

  it('keep what else stands in their brackets', () => {
    const [line] = recorded[19].modifier;
    const named = (full_product_name: string | false, product?: string) =>
      documentOf({
        lines: linesOf([{ ...line, full_product_name }], product),
        names: { ...NOTHING, values },
      }).lines[0];
    expect(named('Burger (Large, Belgian fresh homemade fries)')).toMatchObject({
      name: 'Burger (Large)',
      modifiers: [{ name: 'Belgian fresh homemade fries' }],
    });
    expect(named('Burger (Belgian fresh homemade fries: well done)')).toMatchObject({
      name: 'Burger (Belgian fresh homemade fries: well done)',
      modifiers: [],
    });
    expect(named(false, '[BB1] Burger (Large)')).toMatchObject({
      name: 'Burger (Large)',
      modifiers: [{ name: 'Belgian fresh homemade fries' }],
    });
  });

  it.each([18, 19] as const)(
    'of a combo are one dish with what was chosen in it (%s, as recorded)',
    (major) => {
      const lines = linesOf(recorded[major].combo, '[X] Chosen');
      const row = rowOf(major, { amount_total: 11.5, amount_tax: 1.5 });
      const [dish, ...others] = documentOf({ row, lines }).lines;
      expect(others).toEqual([]);
      expect(dish).toMatchObject({ name: 'Burger Menu Combo', quantity: 1, unit_price: 1000 });
      expect(dish?.modifiers.map(({ name }) => name)).toEqual(
        major === 19 ? ['Cheese Burger', 'Coca-Cola'] : ['Chosen', 'Chosen'],
      );
    },
  );

  it('of two combos are counted for each', () => {
    const [parent, burger, drink] = recorded[19].combo;
    const lines = linesOf([
      { ...parent, qty: 2 },
      { ...burger, qty: 4, customer_note: 'rare' },
      { ...drink, qty: 2 },
    ]);
    expect(documentOf({ lines }).lines[0]).toMatchObject({
      quantity: 2,
      note: 'rare',
      modifiers: [
        { name: 'Cheese Burger', quantity: 2 },
        { name: 'Coca-Cola', quantity: 1 },
      ],
    });
  });

  it('have the guest’s words and the kitchen’s, which are JSON since 19', () => {
    const [line] = recorded[19].lines;
    const note = (changes: Values) =>
      documentOf({ lines: linesOf([{ ...line, ...changes }]) }).lines[0]?.note;
    expect(note({ customer_note: ' no onion ', note: '[{"text":"allergy","colorIndex":0}]' })).toBe(
      'no onion | allergy',
    );
    expect(note({ note: '[sic] plain' })).toBe('[sic] plain');
    expect(note({ note: 'well done' })).toBe('well done');
  });

  it('show their prices as the till does: with their taxes where it includes them', () => {
    const line = { ...recorded[19].lines[0], price_unit: 45, price_subtotal: 80, price_subtotal_incl: 90 };
    const row = rowOf(19, { amount_total: 90, amount_tax: 10 });
    const document = documentOf({ row, lines: linesOf([line]) });
    expect(document).toMatchObject({ tax: 1000, tax_included: true, total: 9000 });
    expect(dishesOf(document)).toEqual([['Funghi', 2, 4500]]);
  });

  it('that were weighed are one line with its own money', () => {
    const line = {
      ...recorded[19].lines[0],
      qty: 0.35,
      price_unit: 120,
      price_subtotal: 42,
      price_subtotal_incl: 48.3,
    };
    const row = rowOf(19, { amount_total: 48.3, amount_tax: 6.3 });
    expect(dishesOf(documentOf({ row, lines: linesOf([line]) }))).toEqual([['0.35 × Funghi', 1, 4200]]);
  });

  it('lose what a reward takes off', () => {
    const reward = {
      ...recorded[19].lines[1],
      full_product_name: '5 off',
      price_unit: -5,
      price_subtotal: -5,
      price_subtotal_incl: -5.75,
    };
    const [dish] = recorded[19].lines;
    const row = rowOf(19, { amount_total: 10.35, amount_tax: 1.35 });
    expect(documentOf({ row, lines: linesOf([dish ?? {}, reward]) })).toMatchObject({
      discount: 500,
      tax: 135,
      total: 1035,
    });
  });

  it('are fewer than the total says: the rest is a line of its own, or a discount', () => {
    const more = documentOf({ row: rowOf(19, { amount_total: 30 }) });
    expect(more.lines.at(-1)).toMatchObject({ name: 'Not listed on the order', unit_price: 1137 });
    expect(documentOf({ row: rowOf(19, { amount_total: 10 }) })).toMatchObject({
      discount: 863,
      total: 1000,
    });
  });

  it('take up the cent that rounding the taxes of the whole order makes', () => {
    const document = documentOf({ row: rowOf(19, { amount_total: 18.64 }) });
    expect(document).toMatchObject({ tax: 244, discount: 0, total: 1864 });
    expect(document.lines).toHaveLength(2);
  });

  it('are charged otherwise than the guest saw: both are said', () => {
    const document = documentOf({ other: { total: 3.68, tax: 0.48 } });
    expect(document.total).toBe(368);
    expect(document.customer.note).toBe(
      'The guest saw TT$18.63, the till charges TT$3.68. Check the prices before you take the money.',
    );
  });

  it('add up, whatever they are, and are a valid order', () => {
    const money = fc.integer({ min: -5_000, max: 50_000 }).map((cents) => cents / 100);
    const line = fc.record({
      id: fc.integer({ min: 1, max: 9 }),
      qty: fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(0.35, 1e-9, 2.5)),
      price_unit: money,
      price_subtotal: money,
      price_subtotal_incl: money,
      discount: fc.constantFrom(0, 10, 33.33),
      combo_parent_id: fc.option(fc.integer({ min: 1, max: 9 }), { nil: false }),
      full_product_name: fc.option(fc.string({ maxLength: 400 }), { nil: false }),
      customer_note: fc.option(fc.string(), { nil: false }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { maxLength: 9, selector: ({ id }) => id }),
        fc.nat(90_000),
        fc.integer({ min: -100, max: 9_000 }),
        (rows, total, tax) => {
          const lines = linesOf(rows.map((row) => ({ ...row, order_id: 328, product_id: 1 })));
          const row = rowOf(19, { amount_total: total / 100 + 3e-15, amount_tax: tax / 100 });
          const document = documentOf({ row, lines });
          expect(computedTotal(document)).toBe(total);
        },
      ),
      { numRuns: RUNS, seed: 6 },
    );
  });

  it('are at most as many as a document may have', () => {
    const [line] = recorded[19].lines;
    const rows = Array.from({ length: 700 }, (_, id) => ({ ...line, id: id + 1 }));
    const document = documentOf({
      row: rowOf(19, { amount_total: 700 * 16.1, amount_tax: 1470 }),
      lines: linesOf(rows),
    });
    expect(document.lines).toHaveLength(499);
    expect(document.lines.at(-1)?.name).toBe('202 more lines: look into the till');
  });
});
