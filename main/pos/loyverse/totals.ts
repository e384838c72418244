import type { Minor } from '../../core/money';
import { discountShares } from '../discount-shares';

/** A line of a receipt as far as its money goes. */
export interface PricedLine {
  readonly quantity: number;
  /** Of one piece with all its modifiers. */
  readonly each: Minor;
  /** Percentages of the taxes that come on top. Included ones do not move a total. */
  readonly addedRates: readonly number[];
}

/**
 * The total that Loyverse will make of a receipt (contract 5.1): quantity × (price + modifiers), less the receipt's
 * discount, plus each added tax on what is left, rounded to the smallest coin for each line and tax. Assumed is how a
 * discount of the whole receipt is shared out, which matters only to added taxes: in proportion to the lines, each
 * share rounded, and what rounding left over on the dearest line.
 * @param discount never takes off more than there is
 */
export function receiptTotal(lines: readonly PricedLine[], discount: Minor): Minor {
  const gross = lines.map(({ quantity, each }) => quantity * each);
  const shares = discountShares(gross, discount);
  return lines.reduce((total, { addedRates }, index) => {
    const net = (gross[index] ?? 0) - (shares[index] ?? 0);
    return total + net + addedRates.reduce((sum, rate) => sum + Math.round((net * rate) / 100), 0);
  }, 0);
}
