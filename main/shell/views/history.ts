import type { HistoryRow } from '../../../preload/contract';
import { itemCount } from '../../core/online-order';
import { type Order, posStatus } from '../../core/order';
import { isTestOrder } from '../../core/test-order';

/** An order as one line. */
export function historyRow(order: Order): HistoryRow {
  const { key, document, receivedAt, status } = order;
  return {
    key,
    number: document.number,
    receivedAt,
    name: document.customer.name,
    phone: document.customer.phone,
    items: itemCount(document),
    total: document.total,
    currency: document.currency,
    status,
    till: tillWords(order),
    test: isTestOrder(key),
  };
}

function tillWords(order: Order): string {
  const { injection, diversion, refund, status } = order;
  if (refund?.status === 'refunded') return `Given back: ${refund.refund.number}`;
  if (injection.status === 'injected') return injection.sale.number;
  if (diversion?.status === 'entered') return diversion.receipt ?? 'Entered by hand';
  if (status === 'rejected' || status === 'cancelled') return '';
  return posStatus(order) === 'diverted' ? 'By WhatsApp' : 'Not in the till';
}
