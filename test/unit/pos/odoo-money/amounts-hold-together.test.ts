import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderAmounts } from '../../../../main/pos/odoo/money/order-amounts';
import { roundTo } from '../../../../main/pos/odoo/money/rounding';
import { aPrice, byId, CENTS, line, RUNS, someLines, someTaxes, tax } from './examples';

const METHODS = ['round_per_line', 'round_globally'] as const;
const aMethod = fc.constantFrom(...METHODS);
const aMajor = fc.constantFrom(17, 18, 19);
const aRate = fc.constantFrom(0.5, 5, 7, 8.25, 10, 12.5, 15, 20, 21);

/** In the smallest coins; not a whole number when an amount is off the grid. */
const coins = (amount: number) => Number((amount * 100).toPrecision(12));

describe('amounts of any order', () => {
  it('are whole coins, and tax is what the total has over the lines before tax', () => {
    fc.assert(
      fc.property(someTaxes, someLines, aMethod, aMajor, (taxes, lines, method, major) => {
        const amounts = orderAmounts(lines, taxes, CENTS, method, major);
        const all = amounts.lines.flatMap(({ subtotal, subtotalIncl }) => [subtotal, subtotalIncl]);
        for (const amount of [...all, amounts.total, amounts.tax]) {
          expect(coins(amount)).toBe(Math.round(coins(amount)));
        }
        const net = amounts.lines.reduce((sum, { subtotal }) => sum + subtotal, 0);
        const off = Math.round(Math.abs(coins(amounts.total - amounts.tax - net)));
        // Rounded globally, each line may be half a coin off, and each tax.
        expect(off).toBeLessThanOrEqual(method === 'round_per_line' ? 0 : lines.length / 2 + 3);
      }),
      { seed: 61, numRuns: RUNS },
    );
  });

  it('add up line by line when they are rounded per line', () => {
    fc.assert(
      fc.property(someTaxes, someLines, (taxes, lines) => {
        const whole = orderAmounts(lines, taxes, CENTS, 'round_per_line');
        const parts = lines.map((one) => orderAmounts([one], taxes, CENTS, 'round_per_line'));
        expect(whole.total).toBe(
          roundTo(
            parts.reduce((sum, { total }) => sum + total, 0),
            0.01,
          ),
        );
        expect(whole.lines).toEqual(parts.flatMap((part) => part.lines));
      }),
      { seed: 62, numRuns: RUNS },
    );
  });

  it('are the same in whatever order lines and their taxes are listed', () => {
    fc.assert(
      fc.property(someTaxes, someLines, aMethod, aMajor, (taxes, lines, method, major) => {
        const turned = [...lines].reverse().map((one) => ({ ...one, taxIds: [...one.taxIds].reverse() }));
        const [straight, other] = [lines, turned].map((those) =>
          orderAmounts(those, taxes, CENTS, method, major),
        );
        expect(other?.total).toBe(straight?.total);
        expect(other?.tax).toBe(straight?.tax);
        expect([...(other?.lines ?? [])].reverse()).toEqual(straight?.lines);
      }),
      { seed: 63, numRuns: RUNS },
    );
  });

  it('leave a price that contains its tax as it is', () => {
    fc.assert(
      fc.property(aPrice, fc.integer({ min: 1, max: 9 }), aRate, aMethod, (price, quantity, rate, method) => {
        const taxes = byId(tax(1, rate, { priceInclude: true }));
        const amounts = orderAmounts([line(price, quantity, [1])], taxes, CENTS, method);
        expect(amounts.total).toBe(roundTo(price * quantity, 0.01));
        // Rounded globally, what a line shows may be a coin more: its two parts are rounded each.
        if (method === 'round_per_line') expect(amounts.lines[0]?.subtotalIncl).toBe(amounts.total);
      }),
      { seed: 64, numRuns: RUNS },
    );
  });

  it('leave any order of such prices at their sum when 19 rounds globally', () => {
    fc.assert(
      fc.property(fc.array(aPrice, { minLength: 1, maxLength: 8 }), aRate, aRate, (prices, one, other) => {
        const taxes = byId(tax(1, one, { priceInclude: true }), tax(2, other, { priceInclude: true }));
        const lines = prices.map((price) => line(price, 1, [1, 2]));
        const sum = roundTo(
          prices.reduce((total, price) => total + price, 0),
          0.01,
        );
        expect(orderAmounts(lines, taxes, CENTS, 'round_globally', 19).total).toBe(sum);
      }),
      { seed: 65, numRuns: RUNS },
    );
  });

  it('come back when a tax on top is put into the price, for both ways of writing a rate', () => {
    fc.assert(
      fc.property(aPrice, aRate, fc.constantFrom('percent', 'division'), (price, rate, amountType) => {
        const onTop = orderAmounts(
          [line(price, 1, [1])],
          byId(tax(1, rate, { amountType })),
          CENTS,
          'round_per_line',
        );
        const inPrice = orderAmounts(
          [line(onTop.total, 1, [1])],
          byId(tax(1, rate, { amountType, priceInclude: true })),
          CENTS,
          'round_per_line',
        );
        expect(inPrice.total).toBe(onTop.total);
        expect(Math.abs(coins(inPrice.tax - onTop.tax))).toBeLessThanOrEqual(1);
      }),
      { seed: 66, numRuns: RUNS },
    );
  });

  it('are those of a group’s children', () => {
    fc.assert(
      fc.property(someTaxes, someLines, aMethod, (taxes, lines, method) => {
        const grouped = new Map(taxes).set(9, tax(9, 0, { amountType: 'group', children: [1, 2, 3] }));
        const [group, children] = [[9], [1, 2, 3]].map((taxIds) =>
          orderAmounts(
            lines.map((one) => ({ ...one, taxIds })),
            grouped,
            CENTS,
            method,
          ),
        );
        expect(group).toEqual(children);
      }),
      { seed: 67, numRuns: RUNS },
    );
  });

  it('are given back in full', () => {
    fc.assert(
      fc.property(someTaxes, someLines, aMethod, (taxes, lines, method) => {
        const sold = lines.filter(({ priceUnit, discount }) => priceUnit > 0 && discount < 100);
        const back = sold.map((one) => ({ ...one, quantity: -one.quantity }));
        const [sale, refund] = [sold, back].map((those) => orderAmounts(those, taxes, CENTS, method));
        expect(refund?.total).toBeCloseTo(-(sale?.total ?? 0), 9);
        expect(refund?.tax).toBeCloseTo(-(sale?.tax ?? 0), 9);
      }),
      { seed: 68, numRuns: RUNS },
    );
  });
});

describe('rounding', () => {
  it.each([
    [1.005, 0.01, 1.01],
    [-1.005, 0.01, -1.01],
    [2.675, 0.01, 2.68],
    [0.125 * 1.1, 0.01, 0.14],
    [18.630000000000003, 0.01, 18.63],
    [0.30000000000000004, 0.1, 0.3],
    [1.025, 0.05, 1.05],
    [12.5, 1, 13],
    [44, 10, 40],
    [45, 10, 50],
    [-0.004, 0.01, 0],
    [7.123, 0, 7.123],
  ])('%d to steps of %d is %d, halves away from zero', (amount, step, expected) => {
    expect(roundTo(amount, step)).toBe(expected);
  });

  it('leaves what is on the grid, and moves nothing by more than half a step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom(0.01, 0.05, 0.1, 1, 5),
        (steps, step) => {
          const amount = steps / 1000;
          const rounded = roundTo(amount, step);
          expect(roundTo(rounded, step)).toBe(rounded);
          expect(Math.abs(rounded - amount)).toBeLessThanOrEqual(step / 2 + 1e-9);
          expect(roundTo(-amount, step)).toBe(rounded === 0 ? 0 : -rounded);
        },
      ),
      { seed: 69, numRuns: RUNS },
    );
  });
});
