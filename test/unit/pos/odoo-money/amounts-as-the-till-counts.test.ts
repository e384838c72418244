import { describe, expect, it } from 'vitest';
import { orderAmounts } from '../../../../main/pos/odoo/money/order-amounts';
import type { OdooTax } from '../../../../main/pos/odoo/money/taxes';
import { byId, CENTS, line, tax } from './examples';

/** Those of the recorded servers: 15 % on top, 12.5 % in the price. */
const RECORDED = byId(tax(1, 15), tax(53, 12.5, { priceInclude: true }));

const FUNGHI = line(7, 2, [1]);
const COLA = line(2.2, 1, [1]);

describe('amounts of an order', () => {
  // Lines, their amounts before and with tax, the order's total and tax.
  it.each([
    [
      'two lines',
      [FUNGHI, COLA],
      [
        [14, 16.1],
        [2.2, 2.53],
      ],
      18.63,
      2.43,
    ],
    [
      'take-away',
      [line(7, 1, [1]), line(2.2, 2, [1])],
      [
        [7, 8.05],
        [4.4, 5.06],
      ],
      13.11,
      1.71,
    ],
    ['one line', [line(7, 1, [1])], [[7, 8.05]], 8.05, 1.05],
    ['one drink', [COLA], [[2.2, 2.53]], 2.53, 0.33],
    ['a modifier', [line(15.5, 1, [1])], [[15.5, 17.83]], 17.83, 2.33],
    ['a price of one’s own', [line(1, 1, [1])], [[1, 1.15]], 1.15, 0.15],
    ['tax in the price', [line(45, 2, [53])], [[80, 90]], 90, 10],
    [
      'a combo',
      [line(0, 1, []), line(8.55, 1, [1]), line(1.45, 1, [1])],
      [
        [0, 0],
        [8.55, 9.83],
        [1.45, 1.67],
      ],
      11.5,
      1.5,
    ],
  ])('are those of the recorded calls: %s', (_, lines, expected, total, taxes) => {
    for (const major of [18, 19]) {
      for (const method of ['round_per_line', 'round_globally'] as const) {
        const amounts = orderAmounts(lines, RECORDED, CENTS, method, major);
        expect(amounts.lines.map(({ subtotal, subtotalIncl }) => [subtotal, subtotalIncl])).toEqual(expected);
        expect(amounts).toMatchObject({ total, tax: taxes });
      }
    }
  });

  const service = tax(1, 10, { includeBaseAmount: true });
  // Taxes, price, quantity; what remains before tax, with tax.
  it.each<[string, readonly OdooTax[], number, number, number, number]>([
    ['percent on top', [tax(1, 15)], 3.33, 3, 9.99, 11.49],
    ['percent in the price', [tax(1, 12.5, { priceInclude: true })], 90, 1, 80, 90],
    ['a sum for each piece', [tax(1, 0.25, { amountType: 'fixed' })], 2, 3, 6, 6.75],
    ['a sum for each piece of a refund', [tax(1, 0.25, { amountType: 'fixed' })], 2, -3, -6, -6.75],
    [
      'a sum for each piece, in the price',
      [tax(1, 0.25, { amountType: 'fixed', priceInclude: true })],
      2,
      3,
      5.25,
      6,
    ],
    [
      'a share of the whole, in the price',
      [tax(1, 20, { amountType: 'division', priceInclude: true })],
      100,
      1,
      80,
      100,
    ],
    ['a share of the whole, on top', [tax(1, 20, { amountType: 'division' })], 80, 1, 80, 100],
    ['two side by side', [tax(1, 5), tax(2, 10)], 20, 1, 20, 23],
    [
      'two in the price side by side',
      [5, 10].map((rate) => tax(rate, rate, { priceInclude: true })),
      115,
      1,
      100,
      115,
    ],
    ['a tax on the service charge', [service, tax(2, 12.5)], 100, 1, 100, 123.75],
    [
      'a tax that leaves the service charge out',
      [service, tax(2, 12.5, { isBaseAffected: false })],
      100,
      1,
      100,
      122.5,
    ],
    [
      'a tax on the service charge, all in the price',
      [tax(1, 10, { includeBaseAmount: true, priceInclude: true }), tax(2, 12.5, { priceInclude: true })],
      123.75,
      1,
      100,
      123.75,
    ],
    [
      'a deposit and a tax in the price',
      [tax(1, 0.25, { amountType: 'fixed', priceInclude: true }), tax(2, 12.5, { priceInclude: true })],
      11.5,
      1,
      10,
      11.5,
    ],
    ['one in the price, one on top', [tax(1, 12.5, { priceInclude: true }), tax(2, 10)], 9, 1, 8, 9.8],
    ['no tax at all', [], 9.99, 2, 19.98, 19.98],
  ])('follow each kind of tax: %s', (_, taxes, price, quantity, subtotal, subtotalIncl) => {
    const ids = taxes.map(({ id }) => id);
    for (const method of ['round_per_line', 'round_globally'] as const) {
      const amounts = orderAmounts([line(price, quantity, ids)], byId(...taxes), CENTS, method);
      expect(amounts.lines).toEqual([{ subtotal, subtotalIncl }]);
      expect(amounts.total).toBe(subtotalIncl);
      expect(amounts.tax).toBeCloseTo(subtotalIncl - subtotal, 9);
    }
  });

  it('open a group as its children in their own order', () => {
    const group = tax(9, 0, { amountType: 'group', children: [2, 1] });
    const taxes = byId(service, tax(2, 12.5), group);
    expect(orderAmounts([line(100, 1, [9])], taxes, CENTS, 'round_per_line').total).toBe(123.75);
  });

  it('take a line’s discount off before tax', () => {
    const amounts = orderAmounts([line(40, 2, [53], 12.5)], RECORDED, CENTS, 'round_per_line');
    expect(amounts).toEqual({ lines: [{ subtotal: 62.22, subtotalIncl: 70 }], total: 70, tax: 7.78 });
  });

  describe('rounded', () => {
    const dimes = [1, 2, 3].map(() => line(0.1, 1, [1]));

    it('per line are the sum of the lines', () => {
      const amounts = orderAmounts(dimes, RECORDED, CENTS, 'round_per_line');
      expect(amounts.lines.map(({ subtotalIncl }) => subtotalIncl)).toEqual([0.12, 0.12, 0.12]);
      expect(amounts).toMatchObject({ total: 0.36, tax: 0.06 });
    });

    it('globally round each tax once, so that the total is a coin off the lines', () => {
      const amounts = orderAmounts(dimes, RECORDED, CENTS, 'round_globally');
      expect(amounts.lines.map(({ subtotalIncl }) => subtotalIncl)).toEqual([0.12, 0.12, 0.12]);
      expect(amounts).toMatchObject({ total: 0.35, tax: 0.05 });
    });

    // From here on the numbers are those that the code of Odoo 18.0 (2025) and 19.0 gave.
    it('globally keep the price with tax since 19, and not before', () => {
      const taxes = byId(tax(1, 12.5, { priceInclude: true }), tax(2, 10, { priceInclude: true }));
      const amounts = (major: number) =>
        orderAmounts([line(1.02, 1, [1, 2])], taxes, CENTS, 'round_globally', major);
      expect(amounts(19)).toEqual({
        lines: [{ subtotal: 0.83, subtotalIncl: 1.01 }],
        total: 1.02,
        tax: 0.18,
      });
      expect(amounts(18)).toEqual({
        lines: [{ subtotal: 0.83, subtotalIncl: 1.02 }],
        total: 1.01,
        tax: 0.18,
      });
    });

    it('globally round a line’s taxes one by one since 19, and not before', () => {
      const taxes = byId(tax(1, 12.5), tax(2, 10));
      const incl = (major: number) =>
        orderAmounts([line(0.05, 1, [1, 2])], taxes, CENTS, 'round_globally', major).lines[0]?.subtotalIncl;
      expect([incl(18), incl(19)]).toEqual([0.06, 0.07]);
    });

    it('globally add up what the lines show before tax in 17, and round their sum in 18', () => {
      const lines = [1, 2].map(() => line(0.5, 1.25, [1]));
      const total = (major: number) =>
        orderAmounts(lines, byId(tax(1, 10)), CENTS, 'round_globally', major).total;
      // 0.625 and 0.625 before tax, and 0.125 of tax.
      expect([total(17), total(18)]).toEqual([1.39, 1.38]);
    });

    it('globally count what is given back for itself since 19', () => {
      const lines = [line(0.02, 2, [1]), line(0.99, -1, [1])];
      const total = (major: number) =>
        orderAmounts(lines, byId(tax(1, 12.5)), CENTS, 'round_globally', major).total;
      expect([total(18), total(19)]).toEqual([-1.07, -1.06]);
    });

    it('to coins of five where no smaller ones are', () => {
      const amounts = orderAmounts([line(1.02, 1, [1])], RECORDED, { rounding: 0.05 }, 'round_per_line');
      expect(amounts).toEqual({ lines: [{ subtotal: 1, subtotalIncl: 1.15 }], total: 1.15, tax: 0.15 });
    });

    it('to whole units in a currency without cents', () => {
      const amounts = orderAmounts([line(333, 1, [1])], RECORDED, { rounding: 1 }, 'round_per_line');
      expect(amounts).toEqual({ lines: [{ subtotal: 333, subtotalIncl: 383 }], total: 383, tax: 50 });
    });
  });
});
