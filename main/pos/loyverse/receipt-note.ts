import { DateTime } from 'luxon';
import type { OnlineOrder } from '../../core/online-order';
import { printable } from '../printable-text';
import type { SaleOrder } from '../provider';

/**
 * The note on the receipt: what staff need when they find the sale in the till, most needed first, since the end
 * may be cut off. Loyverse has no field of its own for any of it.
 */
export function receiptNote(
  order: Pick<SaleOrder, 'document' | 'promisedFor' | 'paidBy'>,
  timezone: string,
): string {
  const { document, promisedFor } = order;
  const { customer, delivery } = document;
  return [
    serviceText(document),
    `#${document.number}`,
    customer.name,
    customer.phone,
    promisedFor === null
      ? ''
      : `for ${DateTime.fromMillis(promisedFor, { zone: timezone }).toFormat('HH:mm')}`,
    paymentText(order),
    delivery?.address ?? '',
    delivery?.instructions ?? '',
    customer.note,
  ]
    .map((part) => printable(part).replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' | ');
}

function paymentText({ document, paidBy }: Pick<SaleOrder, 'document' | 'paidBy'>): string {
  if (document.payment.status === 'paid') return 'paid online';
  return paidBy === null ? `to pay: ${document.payment.method}` : `paid at the counter: ${paidBy}`;
}

function serviceText({ service, table }: OnlineOrder): string {
  switch (service) {
    case 'pickup':
      return 'PICK-UP';
    case 'delivery':
      return 'DELIVERY';
    case 'dine_in':
      return (table ?? 'DINE IN').toUpperCase();
  }
}
