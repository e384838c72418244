import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOnlineOrder } from '../../../main/core/online-order';
import { anyOrder, CONTEXT, sampleDocument } from '../../support/orders';

function problemsOf(changes: Record<string, unknown>): string[] {
  const parsed = parseOnlineOrder(sampleDocument(changes), CONTEXT);
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
}

describe('the order document', () => {
  it('fills in every default', () => {
    const parsed = parseOnlineOrder(sampleDocument({ number: undefined }), CONTEXT);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.order).toMatchObject({
      number: 'web-10042',
      table: null,
      delivery: null,
      discount: 0,
      tip: 0,
      tax_included: true,
      status: 'placed',
      revision: 0,
    });
  });

  it.each([
    ['id', { id: '' }],
    ['placed_at', { placed_at: 'yesterday' }],
    ['currency', { currency: 'USD' }],
    ['service', { service: 'drone' }],
    ['customer.name', { customer: { name: '' } }],
    ['lines', { lines: [] }],
    ['lines[0].quantity', { lines: [{ name: 'Roll', quantity: 0, unit_price: 100 }] }],
    ['lines[0].unit_price', { lines: [{ name: 'Roll', quantity: 1, unit_price: 1.5 }] }],
    ['table', { service: 'dine_in', table: 'Table 99' }],
    ['delivery', { service: 'delivery' }],
    ['total', { total: 9601 }],
    ['total', { discount: 100 }],
    ['payment.status', { payment: { status: 'perhaps' } }],
  ])('names the failing path %s', (path, changes) => {
    expect(problemsOf(changes)).toEqual([path]);
  });

  it('names all failing paths at once', () => {
    expect(problemsOf({ id: '', service: 'drone' })).toEqual(['id', 'service']);
  });

  it('adds fee, tip and a tax that is not included', () => {
    const delivery = { address: '12 Example Avenue', fee: 1500 };
    expect(
      problemsOf({ service: 'delivery', delivery, tip: 200, tax: 300, tax_included: false, total: 11600 }),
    ).toEqual([]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(parseOnlineOrder(input, CONTEXT).ok).toBe(false);
      }),
      { seed: 2 },
    );
  });

  it('parses what it has parsed to the same', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        expect(parseOnlineOrder(order, CONTEXT)).toEqual({ ok: true, order });
      }),
      { seed: 3 },
    );
  });
});
