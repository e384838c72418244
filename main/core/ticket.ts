import { DateTime } from 'luxon';
import { formatMoney } from './money';
import { itemCount, type OnlineOrder, type OrderLine } from './online-order';
import { isOpen, type Ms, type Order, posStatus } from './order';
import { isTestOrder } from './test-order';
import { type NotePiece, notePieces } from './ticket-allergy';
import {
  bannerRows,
  EMPTY_ROW,
  largeRows,
  type Piece,
  pairRows,
  type Row,
  ruleRow,
  textRows,
} from './ticket-layout';
import { printableLine, printableText } from './ticket-text';

/** What a ticket says beside the order itself. */
export interface TicketFacts {
  /** IANA. */
  readonly timezone: string;
  readonly now: Ms;
  /** 0 for the first one; n for the n-th that was printed after it. */
  readonly duplicate: number;
  readonly copy: number;
  readonly copies: number;
  /** It was meant for this printer, which another one stands in for; `null` when it is where it belongs. */
  readonly standsInFor: string | null;
}

const SERVICE_WORDS: Readonly<Record<OnlineOrder['service'], string>> = {
  pickup: 'PICKUP',
  delivery: 'DELIVERY',
  dine_in: 'TABLE',
};

/** A longer note is cut, with a word that it goes on: a metre of paper is read by nobody. One that warns is not. */
const LONGEST_NOTE = 1_000;

/** Whether the till should have this order by now and does not: the kitchen's ticket says so. */
export function isNotInTill(order: Order, now: Ms): boolean {
  if (order.acceptedBy === null || !isOpen(order)) return false;
  const status = posStatus(order);
  return order.dueAt !== null && order.dueAt <= now && status !== 'injected' && status !== 'entered';
}

/** The kitchen's ticket. What customers typed is printable, and no command, whatever it was. */
export function kitchenTicket(order: Order, facts: TicketFacts, columns: number): readonly Row[] {
  const { document } = order;
  return [
    ...banners(order, facts).flatMap((words) => bannerRows(words, columns)),
    ...largeRows(document.number, columns, { centred: true, bold: true }),
    ...largeWords(placeWords(document), columns),
    ...timeRows(order, facts, columns),
    ruleRow(columns),
    ...guestRows(document, columns),
    ruleRow(columns),
    ...document.lines.flatMap((line) => lineRows(line, columns)),
    ruleRow(columns),
    ...pairRows(`${itemCount(document)} items`, paymentWords(document), columns, { bold: true }),
    ...pairRows(
      printedWords(facts),
      facts.copies > 1 ? `copy ${facts.copy} of ${facts.copies}` : '',
      columns,
    ),
  ];
}

/** A sheet that shows whether a printer is set up well. */
export function testTicket(name: string, clock: string, columns: number): readonly Row[] {
  return [
    ...bannerRows('TEST', columns),
    ...largeRows('12345', columns, { centred: true, bold: true }),
    ...textRows([{ text: printableLine(name) }], columns, { centred: true, bold: true }),
    ruleRow(columns),
    ...textRows([{ text: '2 x Spicy tuna roll' }], columns, { size: 2, bold: true }),
    ...textRows([{ text: 'Extra wasabi' }], columns, { lead: '  + ', bold: true }),
    ...noteRows('no sesame, please', columns),
    ruleRow(columns),
    ...textRows(
      [
        {
          text: printableText(
            'Can you read this? José, Zoë, Ñandú, £, ½, ×.\nThe words before that warn are white on black.',
          ),
        },
      ],
      columns,
    ),
    ...textRows([{ text: `Printed ${clock}` }], columns),
  ];
}

/** Between half a ticket and the next one on the same piece of paper. */
export function unfinishedAbove(columns: number): readonly Row[] {
  return [EMPTY_ROW, ...bannerRows('UNFINISHED ABOVE', columns), EMPTY_ROW];
}

function banners(order: Order, { now, duplicate, standsInFor }: TicketFacts): readonly string[] {
  return [
    ...(isTestOrder(order.key) ? ['TEST: DO NOT COOK'] : []),
    ...(order.status === 'cancelled' || order.status === 'rejected' ? ['CANCELLED'] : []),
    ...(order.changed ? ['CHANGED'] : []),
    ...(duplicate > 0 ? [`DUPLICATE ${duplicate}`] : []),
    ...(isNotInTill(order, now) ? ['NOT IN TILL'] : []),
    ...(order.status === 'new' ? ['NEW: NOT ACCEPTED'] : []),
    ...(standsInFor === null ? [] : [`FOR ${standsInFor}`]),
  ];
}

function placeWords({ service, table }: OnlineOrder): string {
  // Most are called “Table 5” already.
  return service === 'dine_in' && table !== null ? table : SERVICE_WORDS[service];
}

function timeRows(order: Order, facts: TicketFacts, columns: number): readonly Row[] {
  const { requested_for: requested, placed_at: placed } = order.document;
  const { promisedFor } = order;
  const clock = clockOf(facts);
  return [
    ...(promisedFor === null ? [] : largeWords(`Ready by ${clock(promisedFor)}`, columns)),
    ...(requested === null
      ? []
      : textRows([{ text: `Asked for ${clock(Date.parse(requested))}` }], columns, {
          bold: true,
          centred: true,
        })),
    ...textRows([{ text: `Ordered ${clock(Date.parse(placed))}` }], columns, { centred: true }),
  ];
}

/** The hour; with its day when that is not the day of printing. */
function clockOf({ timezone, now }: Pick<TicketFacts, 'timezone' | 'now'>): (at: Ms) => string {
  const today = DateTime.fromMillis(now, { zone: timezone });
  return (at) => {
    const then = DateTime.fromMillis(at, { zone: timezone });
    return then.toFormat(then.hasSame(today, 'day') ? 'HH:mm' : 'ccc d LLL HH:mm', { locale: 'en' });
  };
}

function guestRows({ customer, delivery }: OnlineOrder, columns: number): readonly Row[] {
  return [
    ...textRows([{ text: printableLine(customer.name) }], columns, { bold: true, size: 2 }),
    ...(customer.phone === '' ? [] : textRows([{ text: printableLine(customer.phone) }], columns)),
    ...noteRows(customer.note, columns),
    ...(delivery === null
      ? []
      : textRows([{ text: printableText(delivery.address) }], columns, { lead: 'To: ' })),
    ...noteRows(delivery?.instructions ?? '', columns),
  ];
}

function lineRows(line: OrderLine, columns: number): readonly Row[] {
  return [
    ...textRows([{ text: printableLine(line.name) }], columns, {
      size: 2,
      bold: true,
      lead: `${line.quantity} x `,
    }),
    ...line.modifiers.flatMap(({ name, quantity }) =>
      textRows(
        notePieces(`${quantity > 1 ? `${quantity} x ` : ''}${printableLine(name)}`).map(warningPiece),
        columns,
        {
          lead: '  + ',
          bold: true,
        },
      ),
    ),
    ...noteRows(line.note, columns),
    EMPTY_ROW,
  ];
}

/** What the customer wrote, behind a mark, the words that warn in reverse. */
function noteRows(note: string, columns: number): readonly Row[] {
  const text = printableText(note);
  if (text === '') return [];
  const pieces = notePieces(text);
  const style = { lead: '  ! ', bold: true };
  if (!pieces.some((piece) => piece.warns)) {
    const cut = text.length > LONGEST_NOTE;
    return textRows(
      [{ text: cut ? `${text.slice(0, LONGEST_NOTE)}... (more on the screen)` : text }],
      columns,
      style,
    );
  }
  const alarm = /allerg/i.test(text) ? [] : [{ text: 'ALLERGY?', reverse: true }, { text: ' ' }];
  return textRows([...alarm, ...pieces.map(warningPiece)], columns, style);
}

function warningPiece({ text, warns }: NotePiece): Piece {
  return warns ? { text: text.toUpperCase(), reverse: true } : { text };
}

function largeWords(text: string, columns: number): readonly Row[] {
  const line = printableLine(text);
  return textRows([{ text: line }], columns, {
    size: line.length * 2 <= columns ? 2 : 1,
    centred: true,
    bold: true,
  });
}

function paymentWords({ payment, total, currency }: OnlineOrder): string {
  const money = formatMoney(total, currency).replace('−', '-');
  return payment.status === 'paid' ? 'PAID' : `NOT PAID: ${money}`;
}

function printedWords(facts: TicketFacts): string {
  return `Printed ${clockOf(facts)(facts.now)}`;
}
