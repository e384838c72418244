import type { OrderCard } from '../../../preload/contract';
import { unreachable } from '../../core/never';
import { type Order, type Refund, type Sale, standingCopy } from '../../core/order';
import { offersRefund } from '../../core/refund-policy';

/** How far the giving back of the order's sale is; `null` where it is neither under way nor to be offered. */
export function refundView(order: Order): OrderCard['refund'] {
  const { injection, refund } = order;
  if (injection.status !== 'injected') return null;
  const { sale } = injection;
  const view = { receipt: sale.number, amount: sale.total, bill: sale.state === 'open' };
  if (refund !== null) return { ...view, status: refund.status, words: wordsOf(refund, sale) };
  return offersRefund(order) ? { ...view, status: 'offered', words: null } : null;
}

/** The same of the order's copy in another till; `null` when there is none, or none any more. */
export function copyView(order: Order): OrderCard['copy'] {
  const copy = standingCopy(order);
  if (copy === undefined) return null;
  const { till, name, sale, refund } = copy;
  const view = { till, name, receipt: sale.number, amount: sale.total, bill: sale.state === 'open' };
  if (refund === null) return { ...view, status: 'offered', words: null };
  return { ...view, status: refund.status, words: `${name}: ${wordsOf(refund, sale)}` };
}

function wordsOf(refund: Refund, sale: Sale): string {
  const isBill = sale.state === 'open';
  const giving = isBill ? `Calling off bill ${sale.number} …` : `Giving back receipt ${sale.number} …`;
  switch (refund.status) {
    case 'waiting':
      return refund.trouble?.words ?? giving;
    case 'refunding':
      return giving;
    case 'unknown':
    case 'failed':
      return refund.trouble.words;
    case 'refunded':
      if (refund.refund.calledOff) return `Bill ${sale.number} was called off in the till.`;
      // A sale that was voided has no receipt of its own for that.
      return refund.refund.number === sale.number
        ? `Receipt ${sale.number} was voided in the till.`
        : `Given back as receipt ${refund.refund.number}.`;
    default:
      return unreachable(refund);
  }
}
