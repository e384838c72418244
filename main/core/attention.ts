import { lateArrival } from './late-arrival';
import { formatMoney } from './money';
import { unreachable } from './never';
import type { OnlineOrder } from './online-order';
import type { Order, Refund, Sale } from './order';
import { isOpen } from './order';
import { copyAttention } from './sale-copy';
import { isTestOrder } from './test-order';
import { birthTill } from './till-order';

const CHANGED_AFTER_ARCHIVE =
  'This order was closed long ago and has changed since. Do not make it. Look at it on the website, and put the till right.';

/** The one sentence why a person must act on this order now, or `null`. The first that applies is said. */
export function attentionOf(order: Order): string | null {
  const copy = copyAttention(order);
  // Of an order that nobody gets, its own sale is given back first.
  return isOpen(order) || order.status === 'completed'
    ? (copy ?? ownAttention(order))
    : (ownAttention(order) ?? copy);
}

function ownAttention(order: Order): string | null {
  const { injection, diversion, refund, status, document } = order;
  if (order.archivedAt !== undefined && order.changed) return CHANGED_AFTER_ARCHIVE;
  const closedWithoutMeal = status === 'cancelled' || status === 'rejected';
  if (injection.status === 'injected') {
    const { sale } = injection;
    const fromTill = birthTill(order.key) !== undefined;
    if (fromTill && order.closing?.by === 'website') {
      return order.seen ? null : `${order.closing.text} Do not make it.`;
    }
    if (refund !== null) return refundAttention(refund, order, sale);
    const doubles = sale.doubles ?? [];
    const numbers = [sale.number, ...doubles].join(' and ');
    if (closedWithoutMeal && sale.state === 'called_off') return null;
    if (closedWithoutMeal && !order.seen) {
      return doubles.length === 0
        ? `Cancelled, but it is in the till as receipt ${sale.number}. Tap “Refund in the till”.`
        : `Cancelled, but it is in the till more than once: receipts ${numbers}. Refund them there.`;
    }
    if (diversion?.status === 'entered') {
      return `It is in the till twice: as receipt ${sale.number} and entered by hand. Refund one of them.`;
    }
    if (doubles.length > 0 && !closedWithoutMeal) {
      return `It is in the till more than once: receipts ${numbers}. Refund all but one there.`;
    }
    if (sale.state === 'called_off' && !closedWithoutMeal && !fromTill) {
      return `The bill ${sale.number} was called off in the till. Reject the order, or enter it there again.`;
    }
    if (sale.state === 'open' && status === 'completed') {
      return `The bill ${sale.number} is still open in the till. Take the payment there, or call it off.`;
    }
    if (sale.otherDishes && !closedWithoutMeal) {
      return `Receipt ${sale.number} bears this order’s number, but has other dishes. Correct it in the till.`;
    }
    if (sale.total !== document.total && !isRounding(sale, document) && !isSettledInTill(sale, document)) {
      return differenceWords(sale, document);
    }
    if (order.changed && !closedWithoutMeal && !fromTill) {
      return `Changed after it went into the till. Correct receipt ${sale.number} there.`;
    }
    if (!isTestOrder(order.key) || status === 'completed') return null;
    return sale.state === 'open'
      ? `The test worked. Tap “Refund in the till” to call off bill ${sale.number}; then “Ready” and “Completed”.`
      : `The test worked. Refund receipt ${sale.number} in the till; then tap “Ready” and “Completed”.`;
  }
  if (closedWithoutMeal) {
    return diversion?.status === 'entered' && !order.seen
      ? 'Cancelled, but it was entered in the till by hand. Refund it there.'
      : null;
  }
  if (diversion?.status === 'entered') return null;
  if (injection.status === 'failed') return injection.trouble.words;
  if (diversion?.status === 'queued' && diversion.trouble !== null) return diversion.trouble.words;
  return status === 'new' ? lateArrival(order) : null;
}

/** A coin that the till's own rounding of taxes makes, and that was seen coming: nobody can do anything about it. */
function isRounding({ total, expected }: Sale, document: OnlineOrder): boolean {
  return expected === total && Math.abs(total - document.total) <= 1;
}

/** Staff took the money in the till, and saw there what for: what they changed on the bill they know. */
function isSettledInTill({ state }: Sale, { payment }: OnlineOrder): boolean {
  return state === 'paid' && payment.status === 'unpaid';
}

/** What the till says against what the customer was told, and why, where we saw it coming. */
function differenceWords(
  { number, total, expected }: Sale,
  { currency, total: ordered }: OnlineOrder,
): string {
  const words = `The till says ${formatMoney(total, currency)}, the order says ${formatMoney(ordered, currency)}`;
  const why = expected === total && total > ordered ? ': the till adds its taxes' : '';
  return `${words}${why}. Check receipt ${number}.`;
}

/** Said until somebody has read it. While it is under way, and when all went well, nobody must act. */
function refundAttention(refund: Refund, order: Order, sale: Sale): string | null {
  if (!isOpen(order) && order.seen) return null;
  switch (refund.status) {
    case 'waiting':
    case 'refunding':
    case 'unknown':
      return null;
    case 'failed':
      return refund.trouble.words;
    case 'refunded': {
      const { number, total, calledOff } = refund.refund;
      if (calledOff) return null;
      if (total !== sale.total) {
        const given = formatMoney(total, order.document.currency);
        const sold = formatMoney(sale.total, order.document.currency);
        return `Given back as receipt ${number}: ${given} of ${sold}. Put it right in the till.`;
      }
      return isTestOrder(order.key) && isOpen(order)
        ? `The test worked, and receipt ${sale.number} is given back. Tap “Ready” and “Completed”.`
        : null;
    }
    default:
      return unreachable(refund);
  }
}
