import type { OrderCard } from '../../../preload/contract';
import { attentionOf } from '../../core/attention';
import type { MenuIndex } from '../../core/menu';
import { unreachable } from '../../core/never';
import { itemCount, lineTotal, type OrderLine } from '../../core/online-order';
import {
  type Diversion,
  hasOpenBill,
  isOpen,
  isPaidAtHandover,
  isUnanswered,
  type Order,
  posStatus,
  type Sale,
} from '../../core/order';
import { dueTime } from '../../core/promise';
import { isTestOrder } from '../../core/test-order';
import { birthTill } from '../../core/till-order';
import { copyView, refundView } from './refund';

/** An order as the screen needs it. `menu` marks the lines that the till does not know; without it none is marked. */
export function orderCard(order: Order, menu: MenuIndex | undefined): OrderCard {
  const { document, diversion } = order;
  return {
    key: order.key,
    number: document.number,
    channel: order.key.channel,
    sender: birthTill(order.key) === undefined ? 'website' : 'till',
    test: isTestOrder(order.key),
    status: order.status,
    service: document.service,
    table: document.table,
    requestedFor: document.requested_for === null ? null : Date.parse(document.requested_for),
    customer: document.customer,
    delivery: document.delivery,
    itemCount: itemCount(document),
    lines: document.lines.map((line) => lineView(line, menu)),
    discount: document.discount,
    tip: document.tip,
    total: document.total,
    currency: document.currency,
    paid: document.payment.status === 'paid',
    paymentMethod: document.payment.method,
    paidAtHandover: isPaidAtHandover(order) && isOpen(order) && receiptOf(order) === null,
    receivedAt: order.receivedAt,
    promisedFor: order.promisedFor,
    readyAt: order.readyAt,
    dueAt: isPaidAtHandover(order) ? dueTime(document, order.receivedAt) : order.dueAt,
    unanswered: isUnanswered(order),
    changed: order.changed,
    acceptedBy: order.acceptedBy,
    pos: {
      status: posStatus(order),
      receipt: receiptOf(order),
      billOpen: hasOpenBill(order),
      words: posWords(order),
    },
    diversion:
      diversion === null
        ? null
        : {
            status: diversion.status,
            words: diversionWords(diversion),
          },
    refund: refundView(order),
    copy: copyView(order),
    attention: attentionOf(order),
    closing: order.closing,
  };
}

function lineView(line: OrderLine, menu: MenuIndex | undefined): OrderCard['lines'][number] {
  const found = menu?.variant(line);
  return {
    name: line.name,
    quantity: line.quantity,
    modifiers: line.modifiers.map((wanted) => ({
      name: wanted.name,
      quantity: wanted.quantity,
      mapped: found === undefined || menu?.option(found.item, wanted) !== undefined,
    })),
    note: line.note,
    total: lineTotal(line),
    mapped: menu === undefined || found !== undefined,
  };
}

function posWords({ dueAt, injection, document }: Order): string | null {
  switch (injection.status) {
    case 'waiting':
      return dueAt === null ? null : (injection.trouble?.words ?? null);
    case 'injecting':
      return 'On its way to the till.';
    case 'unknown':
    case 'failed':
      return injection.trouble.words;
    case 'injected':
      return inTillWords(injection.sale, document);
    default:
      return unreachable(injection);
  }
}

function inTillWords({ number, state }: Sale, { payment }: Order['document']): string {
  switch (state) {
    case 'open':
      return `Bill ${number} is open in the till. Take the payment there.`;
    case 'called_off':
      return `Bill ${number} was called off in the till.`;
    case 'paid':
    case undefined:
      // What came paid goes into the till as paid: only of the other it is news.
      return payment.status === 'unpaid' && state === 'paid'
        ? `Paid in the till: receipt ${number}.`
        : `In the till as receipt ${number}.`;
    default:
      return unreachable(state);
  }
}

function diversionWords(diversion: Diversion): string | null {
  switch (diversion.status) {
    case 'queued':
      return diversion.trouble?.words ?? null;
    case 'opened':
      return diversion.toPaste ? 'It is long and was copied: paste it into WhatsApp. Sent?' : null;
    case 'sent':
    case 'released':
    case 'entered':
      return null;
    default:
      return unreachable(diversion);
  }
}

function receiptOf({ injection, diversion }: Order): string | null {
  if (injection.status === 'injected') return injection.sale.number;
  return diversion?.status === 'entered' ? diversion.receipt : null;
}
