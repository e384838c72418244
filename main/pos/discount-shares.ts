import type { Minor } from '../core/money';

/**
 * What each line bears of an order's discount: in proportion, rounded to the smallest coin, and what rounding left over
 * on the dearest line. Together exactly the discount, or all there is if that is less.
 * @param gross the lines' amounts
 */
export function discountShares(gross: readonly Minor[], discount: Minor): readonly Minor[] {
  const sum = gross.reduce((all, amount) => all + amount, 0);
  const wanted = Math.min(discount, sum);
  const shares = gross.map((amount) => (sum === 0 ? 0 : Math.round((amount / sum) * wanted)));
  // At most half a coin a line is over or missing; a line of a few coins may not be able to bear all of it.
  let over = shares.reduce((all, share) => all + share, 0) - wanted;
  const dearestFirst = gross.map((_, index) => index).sort((a, b) => (gross[b] ?? 0) - (gross[a] ?? 0));
  for (const index of dearestFirst) {
    const before = shares[index] ?? 0;
    const after = Math.max(0, Math.min(before - over, gross[index] ?? 0));
    shares[index] = after;
    over -= before - after;
  }
  return shares;
}
