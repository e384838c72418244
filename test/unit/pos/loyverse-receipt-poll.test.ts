import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computedTotal, type OnlineOrder, parseOnlineOrder } from '../../../main/core/online-order';
import { orderDocument } from '../../../main/pos/loyverse/receipt-poll-document';
import { readNote } from '../../../main/pos/loyverse/receipt-poll-note';
import { type PolledReceipt, polledReceiptSchema } from '../../../main/pos/loyverse/receipt-poll-rows';
import { counterReceipt, SITE, siteRow, soupRefund } from '../../support/loyverse/ordering-site';
import { CONTEXT } from '../../support/orders';

const RUNS = 50 * (process.env.TILLSIDE_LONG === undefined ? 1 : 20);
const TERMS = { currency: 'TTD', decimals: 2, timezone: 'America/Port_of_Spain', tables: CONTEXT.tables };

function documentOf(sale: PolledReceipt, refunds: readonly PolledReceipt[] = []): OnlineOrder {
  const document = orderDocument(sale, refunds, TERMS);
  if ('because' in document) throw new Error(document.because);
  return document;
}

const line = (changes: Record<string, unknown>) => ({
  item_name: 'Salmon',
  quantity: 1,
  price: 10,
  ...changes,
});

describe('a receipt of an ordering site, as an order', () => {
  it('has its dishes, options, notes and money', () => {
    const order = documentOf(siteRow());
    expect(order).toMatchObject({
      id: '1001',
      number: '1001',
      placed_at: '2026-06-18T14:40:55.000-04:00',
      service: 'delivery',
      customer: { name: 'Jane D.', phone: '1868 555 0199' },
      delivery: { address: '5 Example Street', fee: 0 },
      discount: 0,
      tax: 1611,
      tax_included: true,
      total: 16500,
      payment: { status: 'paid', method: 'Online' },
      status: 'placed',
      revision: 0,
    });
    expect(order.customer.note).toContain('DELIVERY | Jane D.');
    expect(order.lines.map(({ name, quantity, unit_price }) => [name, quantity, unit_price])).toEqual([
      ['Salmon Roll, 6 pieces', 2, 5500],
      ['Miso Soup', 1, 3000],
      ['Delivery', 1, 2000],
    ]);
    expect(order.lines[1]).toMatchObject({
      sku: '10003',
      note: 'no spring onion',
      modifiers: [{ name: 'Tofu', price: 500, quantity: 1 }],
    });
  });

  it('is called by its order name where it has one', () => {
    expect(documentOf(siteRow({ order: ' W-10482 ' })).number).toBe('W-10482');
  });

  it('has a tax that was added beside its lines, as recorded (gross 50, total 58)', () => {
    expect(documentOf(counterReceipt('1-1006'))).toMatchObject({
      tax: 800,
      tax_included: false,
      total: 5800,
    });
  });

  it('writes what was weighed as one line with its own money', () => {
    const weighed = line({ quantity: 0.35, price: 120, gross_total_money: 42 });
    const order = documentOf(siteRow({ line_items: [weighed], total_money: 42, total_taxes: [] }));
    expect(order.lines).toMatchObject([{ name: '0.35 × Salmon', quantity: 1, unit_price: 4200 }]);
  });

  it.each([
    ['inside the total', 18, [300, 500]],
    ['beside the total', 10, [0, 0]],
    ['the tip alone inside', 13, [300, 0]],
    ['the surcharge alone inside', 15, [0, 500]],
  ])('takes tip and surcharge as they add up: %s', (_name, total_money, [tip, surcharge]) => {
    const row = siteRow({ line_items: [line({})], total_taxes: [], tip: 3, surcharge: 5, total_money });
    const order = documentOf(row);
    expect(order.tip).toBe(tip);
    expect(order.lines.find(({ name }) => name === 'Surcharge')?.unit_price ?? 0).toBe(surcharge);
    expect(order.lines.some(({ name }) => name === 'Not listed on the receipt')).toBe(false);
    expect(order.total).toBe(total_money * 100);
  });

  it('shows what does not add up, and keeps the till’s total', () => {
    const more = documentOf(siteRow({ line_items: [line({})], total_taxes: [], total_money: 12.5 }));
    expect(more.lines.at(-1)).toMatchObject({ name: 'Not listed on the receipt', unit_price: 250 });
    const less = documentOf(siteRow({ line_items: [line({})], total_taxes: [], total_money: 9 }));
    expect(less).toMatchObject({ discount: 100, total: 900 });
  });

  it('is cancelled once it was voided', () => {
    const voided = documentOf(siteRow({ cancelled_at: '2026-06-18T18:50:00.000Z' }));
    expect(voided).toMatchObject({
      status: 'cancelled',
      cancel_reason: 'Voided in the till.',
      revision: 1,
      total: 16500,
    });
  });

  it('loses what was given back, and is cancelled when that is all of it', () => {
    const soup = polledReceiptSchema.parse(soupRefund());
    const part = documentOf(siteRow(), [soup]);
    expect(part).toMatchObject({ status: 'placed', revision: 1, total: 13000, discount: 0 });
    expect(part.lines.map(({ name }) => name)).toEqual(['Salmon Roll, 6 pieces', 'Delivery']);

    const { line_items } = siteRow();
    const rest = {
      ...soup,
      receipt_number: '1003',
      total_money: 130,
      line_items: [line_items[0], line_items[2]],
    };
    const all = documentOf(siteRow(), [soup, polledReceiptSchema.parse(rest)]);
    expect(all).toMatchObject({
      status: 'cancelled',
      cancel_reason: 'Given back in the till, receipt 1002, 1003.',
      revision: 2,
      total: 16500,
    });
    expect(all.lines).toHaveLength(3);
  });

  it('loses one of two when one of two was given back, with its share of an added tax', () => {
    const sale = counterReceipt('1-1006');
    const [dish] = sale.line_items;
    const half = {
      ...sale,
      receipt_type: 'REFUND',
      total_money: 29,
      total_taxes: sale.total_taxes.map((tax) => ({ ...tax, money_amount: 4 })),
      line_items: [{ ...dish, quantity: 1, gross_total_money: 25 }],
    };
    const order = documentOf(sale, [polledReceiptSchema.parse(half)]);
    expect(order).toMatchObject({
      tax: 400,
      discount: 0,
      total: 2900,
      lines: [{ quantity: 1, unit_price: 2500 }],
    });
    expect(order.lines).toHaveLength(1);
  });

  it('takes a refund back that was itself voided', () => {
    const soup = polledReceiptSchema.parse(soupRefund({ cancelled_at: '2026-06-18T19:10:00.000Z' }));
    expect(documentOf(siteRow(), [soup])).toMatchObject({ total: 16500, revision: 2, status: 'placed' });
  });
});

describe('the words of a note', () => {
  it.each([
    ['', 'Delivery', { service: 'delivery', name: null }],
    [
      'Order type: Pickup\nName: Anil R.\n+1 (868) 555-0101',
      '',
      { service: 'pickup', name: 'Anil R.', phone: '+1 (868) 555-0101' },
    ],
    ['Table 2 | Anil', 'Dine in', { service: 'dine_in', table: 'Table 2', name: 'Anil' }],
    ['Anil at the window', 'Dine in', { service: 'pickup', table: null, name: null }],
    [
      'DELIVERY | Jane D. | 5 Example Street',
      'Dine in',
      { service: 'delivery', name: 'Jane D.', address: '5 Example Street' },
    ],
    ['No onions please', '', { service: 'pickup', name: null, phone: '', address: null }],
    ['DELIVERY | Address: 7 Sea Lots | cash', '', { service: 'delivery', address: '7 Sea Lots' }],
  ])('%j with %j', (note, option, expected) => {
    expect(readNote(note, option, '', CONTEXT.tables)).toMatchObject(expected);
  });

  it('leaves the site’s name where there is no customer’s', () => {
    const order = documentOf(siteRow({ note: null, dining_option: 'Takeaway' }));
    expect(order).toMatchObject({ service: 'pickup', customer: { name: SITE, note: 'Takeaway' } });
  });
});

describe('any receipt', () => {
  const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 400 }), { nil: null });
  const money = fc.option(
    fc.integer({ min: -100_00, max: 1_000_00 }).map((cents) => cents / 100),
    { nil: null },
  );
  const anyLine = fc.record({
    id: text,
    variant_id: text,
    item_name: text,
    variant_name: text,
    quantity: fc.oneof(fc.integer({ min: -2, max: 20 }), fc.double({ min: 0, max: 50, noNaN: true })),
    price: money,
    gross_total_money: money,
    line_note: text,
    line_modifiers: fc.array(
      fc.oneof(fc.constant(null), fc.record({ name: text, option: text, price: money })),
      {
        maxLength: 130,
      },
    ),
  });
  const anyReceipt = fc.record({
    receipt_number: fc.string({ minLength: 1, maxLength: 20 }),
    receipt_type: fc.constant('SALE'),
    store_id: fc.constant('store'),
    created_at: fc.constant('2026-06-18T18:41:07.000Z'),
    receipt_date: fc.constantFrom(null, 'soon', '2026-06-18T18:41:07.000Z'),
    order: text,
    note: text,
    source: text,
    dining_option: fc.constantFrom(null, 'Dine in', 'Delivery', 'Takeaway', 'Table 1'),
    cancelled_at: fc.constantFrom(null, '2026-06-18T18:50:00.000Z'),
    total_money: fc.integer({ min: 0, max: 5_000_00 }).map((cents) => cents / 100),
    total_discount: money,
    tip: money,
    surcharge: money,
    total_taxes: fc.array(
      fc.record({ type: fc.constantFrom('ADDED', 'INCLUDED', 'NEW'), money_amount: money }),
    ),
    line_items: fc.oneof(
      fc.array(anyLine, { maxLength: 8 }),
      fc.array(anyLine, { minLength: 1, maxLength: 1 }).map(([one]) => Array(600).fill(one)),
    ),
    payments: fc.array(fc.record({ name: text }), { maxLength: 3 }),
  });

  it('is an order that adds up to the till’s total, whatever was given back of it', () => {
    fc.assert(
      fc.property(anyReceipt, fc.array(anyReceipt, { maxLength: 2 }), (sale, given) => {
        const row = polledReceiptSchema.parse(sale);
        const order = documentOf(
          row,
          given.map((refund) => polledReceiptSchema.parse({ ...refund, receipt_type: 'REFUND' })),
        );
        expect(parseOnlineOrder(order, CONTEXT)).toMatchObject({ ok: true });
        expect(computedTotal(order)).toBe(order.total);
        if (given.length === 0) expect(order.total).toBe(Math.round(row.total_money * 100));
      }),
      { seed: 5, numRuns: RUNS },
    );
  });
});
