import { DateTime } from 'luxon';
import { formatMoney } from './money';
import { lineTotal, type OnlineOrder, type OrderLine } from './online-order';
import type { Order } from './order';

const SERVICE_WORDS: Readonly<Record<OnlineOrder['service'], string>> = {
  pickup: 'PICKUP',
  delivery: 'DELIVERY',
  dine_in: 'TABLE',
};

type Written = Pick<Order, 'document' | 'promisedFor'>;
interface Place {
  readonly name: string;
  readonly timezone: string;
}

/** How much of each line is written. */
interface Length {
  /** The price of each line; the total is always there. */
  readonly prices: boolean;
  /** Letters of a note, and of a name; `Infinity` for all of it. */
  readonly note: number;
  readonly name: number;
}

const WHOLE: Length = { prices: true, note: Number.POSITIVE_INFINITY, name: Number.POSITIVE_INFINITY };
/** One after the other until it fits. No line is ever left out. */
const SHORTER: readonly Length[] = [
  WHOLE,
  { ...WHOLE, prices: false },
  { prices: false, note: 60, name: 40 },
  { prices: false, note: 30, name: 24 },
  { prices: false, note: 15, name: 14 },
];

/**
 * Letters of a link that every system opens: Windows takes 2,081 (Electron's `shell.openExternal`), and the host with a
 * number needs some forty of them.
 */
const LONGEST_TEXT = 2_000;

/** What WhatsApp is opened with. */
export interface WhatsappMessage {
  /** Fits into a link. */
  readonly text: string;
  /** The whole order, to be pasted by hand: no short form of it fits into a link. `null` when the text says it all. */
  readonly toPaste: string | null;
}

/** The order written out, in the longest form that fits into a link. */
export function whatsappMessage(order: Written, place: Place): WhatsappMessage {
  for (const length of SHORTER) {
    const text = whatsappText(order, place, length);
    if (encoded(text).length <= LONGEST_TEXT) return { text, toPaste: null };
  }
  const { number } = order.document;
  const text = `*Order ${number}* – ${place.name.slice(0, 80)}\n(It is long: paste it here.)`;
  return { text, toPaste: whatsappText(order, place) };
}

/**
 * The order written out so that a kitchen can cook from it.
 * `*bold*` is WhatsApp's own mark-up; what customers typed is kept as it is.
 */
export function whatsappText(order: Written, place: Place, length: Length = WHOLE): string {
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
    ...(customer.note === '' ? [] : [`Note: ${cut(customer.note, length.note)}`]),
    ...(delivery === null ? [] : [`Deliver to: ${delivery.address}`]),
    ...(delivery === null || delivery.instructions === ''
      ? []
      : [`How to find it: ${cut(delivery.instructions, length.note)}`]),
    '',
    ...document.lines.flatMap((line) => lineText(line, money, length)),
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

function lineText(line: OrderLine, money: (amount: number) => string, length: Length): string[] {
  const price = length.prices ? `  ${money(lineTotal(line))}` : '';
  return [
    `${line.quantity} × ${cut(line.name, length.name)}${price}`,
    ...line.modifiers.map(
      (m) => `   + ${m.quantity > 1 ? `${m.quantity} × ` : ''}${cut(m.name, length.name)}`,
    ),
    ...(line.note === '' ? [] : [`   ! ${cut(line.note, length.note)}`]),
  ];
}

/** By whole letters: half an emoji is none. */
function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** A lone half of an emoji cannot be encoded; it was broken before it came here. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/**
 * The link that opens WhatsApp with a message written out, as WhatsApp's help describes it: digits only, and the
 * text percent-encoded (`%20`; a `+` would be shown as a plus).
 * @param digits the number with its country code, without `+`.
 */
export function whatsappLink(digits: string, text: string): string {
  return `https://wa.me/${digits}?text=${encoded(text)}`;
}

/**
 * The same message for WhatsApp's own app on this computer, which opens without a browser in between.
 * @returns `undefined` for what is not a WhatsApp message to a number.
 */
export function whatsappAppLink(link: string): string | undefined {
  const parts = messageOf(link);
  return parts && `${WHATSAPP_APP}send?phone=${parts.digits}&text=${encoded(parts.text)}`;
}

/** The first words to a customer; staff write on. */
export function customerGreeting(
  { customer, number }: Pick<OnlineOrder, 'customer' | 'number'>,
  { name }: Pick<Place, 'name'>,
): string {
  const who = cut(customer.name.trim(), 40);
  return `Hello${who === '' ? '' : ` ${who}`}, this is ${cut(name, 80)} about your order ${number}: `;
}

/** What WhatsApp's app calls itself to the operating system. */
export const WHATSAPP_APP = 'whatsapp://';

/**
 * Takes a link apart and puts it together again, so that nothing rides along: another host, a second parameter,
 * a user name, a port.
 * @returns `undefined` for what is not a WhatsApp message to a number.
 */
export function checkedWhatsappLink(link: string): string | undefined {
  const parts = messageOf(link);
  return parts && whatsappLink(parts.digits, parts.text);
}

function messageOf(link: string): { readonly digits: string; readonly text: string } | undefined {
  const url = parsedUrl(link);
  if (url === undefined) return undefined;
  const digits = /^\/(\d{6,15})$/.exec(url.pathname)?.[1];
  const text = url.searchParams.get('text');
  const plain =
    url.protocol === 'https:' && url.host === 'wa.me' && url.username === '' && url.password === '';
  return plain && digits !== undefined && text !== null ? { digits, text } : undefined;
}

function parsedUrl(link: string): URL | undefined {
  try {
    return new URL(link);
  } catch {
    // Not a link at all; `URL.canParse` is younger than the oldest runtime.
    return undefined;
  }
}
