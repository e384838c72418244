import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, toMajor, toMinor } from '../../../main/core/money';

describe('money', () => {
  it.each([
    [9600, 'TTD', 'TT$96.00'],
    [1234567, 'TTD', 'TT$12,345.67'],
    [5, 'BBD', 'Bds$0.05'],
    [-250, 'TTD', '−TT$2.50'],
    [500, 'JPY', 'JPY 500'],
  ])('reads as people write it: %i %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency)).toBe(text);
  });

  it('does not lose a cent to binary fractions', () => {
    expect(toMinor(1.005, 2)).toBe(101);
    expect(toMinor(17.52, 2)).toBe(1752);
    expect(toMinor(-1.005, 2)).toBe(-101);
    expect(toMinor(1e-7, 2)).toBe(0);
  });

  it('goes to the till and back unchanged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 3 }),
        (amount, decimals) => {
          expect(toMinor(toMajor(amount, decimals), decimals)).toBe(amount);
        },
      ),
      { seed: 1 },
    );
  });
});
