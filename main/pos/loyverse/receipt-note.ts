import { DateTime } from 'luxon';
import type { OnlineOrder } from '../../core/online-order';
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

/**
 * A customer's text without what no till can print or store: control characters become spaces, half characters the
 * usual sign for them. What only turns the direction of writing goes, since it would turn what stands behind it, too.
 * Letters of all scripts, emoji and line breaks stay.
 */
export function printable(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** At most `length` characters, with an ellipsis where something is missing; never half a character. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const half = cut.charCodeAt(cut.length - 1);
  return `${half >= 0xd800 && half <= 0xdbff ? cut.slice(0, -1) : cut}…`;
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
