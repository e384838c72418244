import { type Minor, toMinor } from '../../core/money';

/**
 * Loyverse's amount in major units to minor units. Cut to six decimals first, more than any currency has: a
 * leftover of floating-point sums such as 1e-7 is no amount.
 */
export function toCents(amount: number, decimals: number): Minor {
  return toMinor(Number(amount.toFixed(6)), decimals);
}
