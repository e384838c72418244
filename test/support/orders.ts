import fc from 'fast-check';
import { computedTotal, type OnlineOrder, parseOnlineOrder } from '../../main/core/online-order';

export const CONTEXT = { currency: 'TTD', tables: ['Table 1', 'Table 2'] };

/** A plain pickup order of two rolls, in the form that a website sends. */
export function sampleDocument(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'web-10042',
    number: '10042',
    placed_at: '2026-11-22T18:05:00-04:00',
    currency: 'TTD',
    service: 'pickup',
    customer: { name: 'Anil R.', phone: '+18685550101', note: '' },
    lines: [
      {
        sku: 'ROLL-SPICY-TUNA',
        name: 'Spicy tuna roll',
        quantity: 2,
        unit_price: 4500,
        modifiers: [{ name: 'Extra wasabi', price: 300, quantity: 1 }],
        note: 'no sesame',
      },
    ],
    total: 9600,
    payment: { status: 'unpaid', method: 'cash' },
    ...changes,
  };
}

export function sampleOrder(changes: Record<string, unknown> = {}): OnlineOrder {
  const parsed = parseOnlineOrder(sampleDocument(changes), CONTEXT);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.order;
}

/** Any order that a website may send to this location: everything valid, the total right. */
export const anyOrder: fc.Arbitrary<OnlineOrder> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    revision: fc.integer({ min: 0, max: 3 }),
    status: fc.constantFrom('placed' as const, 'placed' as const, 'placed' as const, 'cancelled' as const),
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    discount: fc.integer({ min: 0, max: 100 }),
    lines: fc.array(
      fc.record({
        name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        quantity: fc.integer({ min: 1, max: 9 }),
        unit_price: fc.integer({ min: 100, max: 20_000 }),
        modifiers: fc.array(
          fc.record({
            name: fc.constantFrom('Extra wasabi', 'Brown rice'),
            price: fc.integer({ min: 0, max: 1_000 }),
            quantity: fc.integer({ min: 1, max: 3 }),
          }),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ name, lines, discount, ...rest }) => {
    const filled = sampleOrder();
    const order = { ...filled, ...rest, discount, customer: { ...filled.customer, name } };
    const withLines = {
      ...order,
      lines: lines.map((line) => ({ ...line, variant_id: null, sku: null, note: '' })),
    };
    return { ...withLines, total: computedTotal(withLines) };
  });
