import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../../../main/training/discount-spread';

const RUNS = { seed: 31, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 };
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('an amount that is taken off a receipt', () => {
  it.each([
    ['in proportion', 1_000, [3_000, 1_000], [750, 250]],
    ['what rounding leaves goes to the dearest', 100, [333, 333, 334], [33, 33, 34]],
    ['of equals, to the first', 100, [500, 500, 500], [34, 33, 33]],
    ['what rounding took too much comes from the dearest', 50, [51, 49, 100], [13, 12, 25]],
    ['nothing is taken off what costs nothing', 100, [0, 500], [0, 100]],
    ['no more than there is', 900, [300, 200], [300, 200]],
    ['a coin less than there is', 9, Array(10).fill(1), [0, ...Array(9).fill(1)]],
    ['little over many small lines', 4, Array(10).fill(1), [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]],
    ['of free lines', 100, [0, 0], [0, 0]],
    ['of no lines', 100, [], []],
  ] as const)('is spread: %s', (_, amount, lines, shares) => {
    expect(spread(amount, lines)).toEqual(shares);
  });

  it('adds up to the coin, and no line falls below zero', () => {
    const money = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(money, fc.array(money, { maxLength: 12 }), (amount, lines) => {
        const shares = spread(amount, lines);
        expect(sum(shares)).toBe(Math.min(amount, sum(lines)));
        shares.forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(lines[index] ?? 0);
        });
      }),
      RUNS,
    );
  });
});
