import { formatMoney } from './money';
import type { Order } from './order';
import { isTestOrder } from './test-order';

/** The one sentence why a person must act on this order now, or `null`. The first that applies is said. */
export function attentionOf(order: Order): string | null {
  const { injection, diversion, status, document } = order;
  const closedWithoutMeal = status === 'cancelled' || status === 'rejected';
  if (injection.status === 'injected') {
    const { sale } = injection;
    if (closedWithoutMeal && !order.seen) {
      return `Cancelled, but it is in the till as receipt ${sale.number}. Refund it there.`;
    }
    if (diversion?.status === 'entered') {
      return `It is in the till twice: as receipt ${sale.number} and entered by hand. Refund one of them.`;
    }
    if (sale.total !== document.total) {
      const till = formatMoney(sale.total, document.currency);
      const ours = formatMoney(document.total, document.currency);
      return `The till says ${till}, the order says ${ours}. Check receipt ${sale.number}.`;
    }
    if (order.changed && !closedWithoutMeal) {
      return `Changed after it went into the till. Correct receipt ${sale.number} there.`;
    }
    return isTestOrder(order.key) && status !== 'completed'
      ? `The test worked. Refund receipt ${sale.number} in the till; then tap “Ready” and “Completed”.`
      : null;
  }
  if (closedWithoutMeal) {
    return diversion?.status === 'entered' && !order.seen
      ? 'Cancelled, but it was entered in the till by hand. Refund it there.'
      : null;
  }
  if (diversion?.status === 'entered') return null;
  if (injection.status === 'failed') return injection.trouble.words;
  if (diversion?.status === 'queued' && diversion.trouble !== null) return diversion.trouble.words;
  return null;
}
