import type { Minor } from '../core/money';

/**
 * Spreads an amount over lines in proportion to what they cost. How Loyverse does it is not known; assumed is:
 *
 * 1. No more is taken off than the lines cost together.
 * 2. Each line's share is `amount × line ÷ sum of the lines`, rounded to the smallest coin, halves up.
 * 3. What rounding leaves over, or took too much, goes to the line that costs most (of equals, the first), so that the
 *    shares are the amount exactly. What that line cannot take without falling below zero, or give, goes to the next.
 *
 * @param lines what is to be paid for each, not below zero
 * @returns a share for each line, never more than the line costs
 */
export function spread(amount: Minor, lines: readonly Minor[]): Minor[] {
  const sum = lines.reduce((total, line) => total + line, 0);
  const wanted = Math.min(amount, sum);
  const shares = lines.map((line) => (sum === 0 ? 0 : Math.round((wanted * line) / sum)));
  let left = wanted - shares.reduce((total, share) => total + share, 0);
  const dearestFirst = lines.map((line, index) => ({ line, index })).sort((a, b) => b.line - a.line);
  for (const { line, index } of dearestFirst) {
    const share = shares[index] ?? 0;
    const moved = Math.min(Math.max(share + left, 0), line);
    left -= moved - share;
    shares[index] = moved;
  }
  return shares;
}
