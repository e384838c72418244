import type { StoreView } from '../../../preload/contract';
import { hasOpenBill, type Ms, type Order } from '../../core/order';

/** So long before closing time there is still somebody to take the money. */
const BEFORE_CLOSING_MS: Ms = 45 * 60_000;
/** As many as fit on the bar. */
const NAMED = 6;

/**
 * Bills that must be settled before staff can close the register (contract section 5): said from shortly before closing
 * time on, and while closed. `null` when there is nothing to say.
 */
export function openBillsWords(
  orders: readonly Order[],
  { open, until }: StoreView['hours'],
  now: Ms,
): string | null {
  const isLate = !open || (until !== null && until - now < BEFORE_CLOSING_MS);
  const bills = isLate ? orders.filter(hasOpenBill) : [];
  if (bills.length === 0) return null;
  const numbers = bills.map(({ document }) => document.number);
  const more = numbers.length > NAMED ? ` and ${numbers.length - NAMED} more` : '';
  const named = `${numbers.slice(0, NAMED).join(', ')}${more}`;
  return bills.length === 1
    ? `The bill of order ${named} is still open in the till. Take the payment or call it off there, or the register cannot be closed.`
    : `${bills.length} bills are still open in the till: orders ${named}. Take the payments or call them off there, or the register cannot be closed.`;
}
