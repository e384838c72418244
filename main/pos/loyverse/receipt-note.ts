import { DateTime } from 'luxon';
import type { OnlineOrder } from '../../core/online-order';
import type { SaleOrder } from '../provider';

/**
 * The note on the receipt: what staff need when they find the sale in the till, most needed first, since the end
 * may be cut off. Loyverse has no field of its own for any of it.
 */
export function receiptNote(order: Pick<SaleOrder, 'document' | 'promisedFor'>, timezone: string): string {
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
    document.payment.status === 'paid' ? 'paid online' : `to pay: ${document.payment.method}`,
    delivery?.address ?? '',
    delivery?.instructions ?? '',
    customer.note,
  ]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' | ');
}

/** At most `length` characters, with an ellipsis where something is missing; never half a character. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const half = cut.charCodeAt(cut.length - 1);
  return `${half >= 0xd800 && half <= 0xdbff ? cut.slice(0, -1) : cut}…`;
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
