import { DateTime } from 'luxon';
import { formatMoney } from './money';
import { lineTotal, type OnlineOrder, type OrderLine } from './online-order';
import type { Order } from './order';

const SERVICE_WORDS: Readonly<Record<OnlineOrder['service'], string>> = {
  pickup: 'PICKUP',
  delivery: 'DELIVERY',
  dine_in: 'TABLE',
};

/**
 * The order written out so that a kitchen can cook from it.
 * `*bold*` is WhatsApp's own mark-up; what customers typed is kept as it is.
 */
export function whatsappText(
  order: Pick<Order, 'document' | 'promisedFor'>,
  place: { readonly name: string; readonly timezone: string },
): string {
  const { document } = order;
  const money = (amount: number): string => formatMoney(amount, document.currency);
  const clock = (at: number): string => DateTime.fromMillis(at, { zone: place.timezone }).toFormat('HH:mm');
  const { customer, delivery } = document;
  const where = document.service === 'dine_in' ? ` ${document.table ?? ''}` : '';
  return [
    `*Order ${document.number}* – ${SERVICE_WORDS[document.service]}${where}`,
    place.name,
    `Ordered ${clock(Date.parse(document.placed_at))}`,
    ...(order.promisedFor === null ? [] : [`*Ready by ${clock(order.promisedFor)}*`]),
    [customer.name, customer.phone].filter((part) => part !== '').join(', '),
    ...(customer.note === '' ? [] : [`Note: ${customer.note}`]),
    ...(delivery === null ? [] : [`Deliver to: ${delivery.address}`]),
    ...(delivery === null || delivery.instructions === ''
      ? []
      : [`How to find it: ${delivery.instructions}`]),
    '',
    ...document.lines.flatMap((line) => lineText(line, money)),
    '',
    ...(document.discount === 0 ? [] : [`Discount −${money(document.discount)}`]),
    ...(delivery === null || delivery.fee === 0 ? [] : [`Delivery ${money(delivery.fee)}`]),
    ...(document.tip === 0 ? [] : [`Tip ${money(document.tip)}`]),
    `*Total ${money(document.total)}*`,
    document.payment.status === 'paid'
      ? `PAID (${document.payment.method})`
      : `NOT PAID – take ${money(document.total)} (${document.payment.method})`,
  ].join('\n');
}

function lineText(line: OrderLine, money: (amount: number) => string): string[] {
  return [
    `${line.quantity} × ${line.name}  ${money(lineTotal(line))}`,
    ...line.modifiers.map((m) => `   + ${m.quantity > 1 ? `${m.quantity} × ` : ''}${m.name}`),
    ...(line.note === '' ? [] : [`   ! ${line.note}`]),
  ];
}

/**
 * The link that opens WhatsApp with a message written out, as WhatsApp's help describes it: digits only, and the
 * text percent-encoded (`%20`; a `+` would be shown as a plus).
 * @param digits the number with its country code, without `+`.
 */
export function whatsappLink(digits: string, text: string): string {
  // A lone half of an emoji cannot be encoded; it was broken before it came here.
  return `https://wa.me/${digits}?text=${encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))}`;
}

/**
 * Takes a link apart and puts it together again, so that nothing rides along: another host, a second parameter,
 * a user name, a port.
 * @returns `undefined` for what is not a WhatsApp message to a number.
 */
export function checkedWhatsappLink(link: string): string | undefined {
  const url = parsedUrl(link);
  if (url === undefined) return undefined;
  const digits = /^\/(\d{6,15})$/.exec(url.pathname)?.[1];
  const text = url.searchParams.get('text');
  const plain =
    url.protocol === 'https:' && url.host === 'wa.me' && url.username === '' && url.password === '';
  return plain && digits !== undefined && text !== null ? whatsappLink(digits, text) : undefined;
}

function parsedUrl(link: string): URL | undefined {
  try {
    return new URL(link);
  } catch {
    // Not a link at all; `URL.canParse` is younger than the oldest runtime.
    return undefined;
  }
}
