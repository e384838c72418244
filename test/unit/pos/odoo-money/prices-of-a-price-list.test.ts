import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ListedProduct,
  listPrice,
  nextPriceChange,
  type PriceRule,
} from '../../../../main/pos/odoo/money/price-list';
import { aPrice, RUNS, rule } from './examples';

const NOW = Date.UTC(2026, 10, 22, 22, 0, 0);
const HOUR = 3_600_000;
const ROLL: ListedProduct = { variantId: 11, templateId: 1, categoryIds: [6, 5, 4], listPrice: 40 };
const FORMULA = { kind: 'formula', discount: 0, surcharge: 0, round: 0, minMargin: 0, maxMargin: 0 } as const;

const fixed = (amount: number) => ({ kind: 'fixed', amount }) as const;
const off = (percent: number) => ({ kind: 'percentage', off: percent }) as const;

function priceBy(rules: readonly PriceRule[], quantity = 1, product = ROLL): number | null {
  return listPrice(product, 1, new Map([[1, rules]]), NOW, quantity);
}

describe('a price list', () => {
  it('leaves the price where no rule fits, and where the list is unknown', () => {
    expect(priceBy([])).toBe(40);
    expect(listPrice(ROLL, 99, new Map(), NOW)).toBe(40);
  });

  it.each<[string, PriceRule['price'], number]>([
    ['a price of its own', fixed(35), 35],
    ['a percentage off', off(25), 30],
    ['a percentage on top', off(-10), 44],
    ['a percentage off by formula', { ...FORMULA, discount: 15 }, 34],
    ['rounded to tens, less a cent', { ...FORMULA, discount: 15, round: 10, surcharge: -0.01 }, 29.99],
    ['at least so much more', { ...FORMULA, discount: 50, minMargin: 5 }, 45],
    ['at most so much more', { ...FORMULA, surcharge: 20, maxMargin: 3 }, 43],
    ['nothing at all', FORMULA, 40],
  ])('gives %s', (_, price, expected) => {
    expect(priceBy([rule(1, price)])).toBeCloseTo(expected, 9);
  });

  it('goes from the variant over the dish and the nearer category to all', () => {
    const rules = [
      rule(9, fixed(1)),
      rule(8, fixed(2), { appliesTo: { kind: 'category', id: 4 }, minQuantity: 1 }),
      rule(7, fixed(3), { appliesTo: { kind: 'category', id: 5 }, minQuantity: 1 }),
      rule(6, fixed(4), { appliesTo: { kind: 'template', id: 1 } }),
      rule(5, fixed(5), { appliesTo: { kind: 'variant', id: 11 } }),
      rule(4, fixed(6), { appliesTo: { kind: 'variant', id: 12 } }),
    ];
    const prices = [5, 4, 3, 2, 1].map((count) => priceBy(rules.slice(0, count)));
    expect(prices).toEqual([5, 4, 3, 2, 1]);
  });

  it('prefers the higher minimum quantity that is reached, then the newer rule', () => {
    const rules = [
      rule(1, fixed(30), { minQuantity: 2 }),
      rule(2, fixed(20), { minQuantity: 10 }),
      rule(3, fixed(38)),
      rule(4, fixed(39)),
    ];
    expect([1, 2, 9, 10].map((quantity) => priceBy(rules, quantity))).toEqual([39, 30, 30, 20]);
  });

  it('counts a rule from its first to its last moment', () => {
    const at = (from: number | null, until: number | null) => priceBy([rule(1, fixed(1), { from, until })]);
    expect(at(NOW, NOW)).toBe(1);
    expect(at(NOW + 1, null)).toBe(40);
    expect(at(null, NOW - 1)).toBe(40);
  });

  it('stands on another list, and cannot be told where it stands on the cost', () => {
    const lists = new Map([
      [1, [rule(1, off(10), { base: { list: 2 } })]],
      [2, [rule(2, fixed(20))]],
      [3, [rule(3, off(10), { base: 'standard_price' })]],
      [4, [rule(4, { ...FORMULA, surcharge: 1 }, { base: { list: 3 } })]],
      [5, [rule(5, fixed(9), { base: 'standard_price' })]],
    ]);
    expect([1, 2, 3, 4, 5].map((list) => listPrice(ROLL, list, lists, NOW))).toEqual([18, 20, null, null, 9]);
  });

  it('ends where lists stand on one another in a circle', () => {
    const lists = new Map([
      [1, [rule(1, off(0), { base: { list: 2 } })]],
      [2, [rule(2, off(0), { base: { list: 1 } })]],
    ]);
    expect(listPrice(ROLL, 1, lists, NOW)).toBe(40);
  });

  it('keeps a formula between its margins, and on its grid where nothing is added', () => {
    fc.assert(
      fc.property(
        aPrice,
        fc.integer({ min: -50, max: 100 }),
        fc.constantFrom(0.05, 1, 5),
        fc.integer({ min: 1, max: 5 }),
        (price, discount, round, margin) => {
          const product = { ...ROLL, listPrice: price };
          const one = (more: object) =>
            priceBy([rule(1, { ...FORMULA, discount, round, ...more })], 1, product) ?? -1;
          const steps = one({}) / round;
          expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
          expect(one({ minMargin: margin })).toBeGreaterThanOrEqual(price + margin);
          expect(one({ maxMargin: margin })).toBeLessThanOrEqual(price + margin);
        },
      ),
      { seed: 71, numRuns: RUNS },
    );
  });
});

describe('the next change of prices', () => {
  it('is when a rule begins, or just after its last moment', () => {
    const next = (...rules: PriceRule[]) => nextPriceChange(new Map([[1, rules]]), NOW);
    expect(next()).toBeNull();
    expect(next(rule(1, fixed(1), { from: NOW - HOUR }))).toBeNull();
    expect(next(rule(1, fixed(1), { from: NOW + HOUR, until: NOW + 2 * HOUR }))).toBe(NOW + HOUR);
    expect(next(rule(1, fixed(1), { from: NOW - HOUR, until: NOW }))).toBe(NOW + 1);
  });

  it('is a moment at which the price is another', () => {
    const rules = [rule(1, fixed(30), { from: NOW - HOUR, until: NOW + HOUR })];
    const lists = new Map([[1, rules]]);
    const next = nextPriceChange(lists, NOW) ?? 0;
    expect([NOW, next - 1, next].map((at) => listPrice(ROLL, 1, lists, at))).toEqual([30, 30, 40]);
    expect(nextPriceChange(lists, next)).toBeNull();
  });
});
