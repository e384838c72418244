import type { OrderCard } from '../../../preload/contract';
import { attentionOf } from '../../core/attention';
import type { MenuIndex } from '../../core/menu';
import { unreachable } from '../../core/never';
import { itemCount, lineTotal } from '../../core/online-order';
import { isUnanswered, type Order, posStatus } from '../../core/order';
import { isTestOrder } from '../../core/test-order';

/** An order as the screen needs it. `menu` marks the lines that the till does not know; without it none is marked. */
export function orderCard(order: Order, menu: MenuIndex | undefined): OrderCard {
  const { document, diversion } = order;
  return {
    key: order.key,
    number: document.number,
    channel: order.key.channel,
    test: isTestOrder(order.key),
    status: order.status,
    service: document.service,
    table: document.table,
    requestedFor: document.requested_for === null ? null : Date.parse(document.requested_for),
    customer: document.customer,
    delivery: document.delivery,
    itemCount: itemCount(document),
    lines: document.lines.map((line) => ({
      name: line.name,
      quantity: line.quantity,
      modifiers: line.modifiers.map(({ name, quantity }) => ({ name, quantity })),
      note: line.note,
      total: lineTotal(line),
      mapped: menu === undefined || menu.variant(line) !== undefined,
    })),
    discount: document.discount,
    tip: document.tip,
    total: document.total,
    currency: document.currency,
    paid: document.payment.status === 'paid',
    paymentMethod: document.payment.method,
    receivedAt: order.receivedAt,
    promisedFor: order.promisedFor,
    readyAt: order.readyAt,
    dueAt: order.dueAt,
    unanswered: isUnanswered(order),
    changed: order.changed,
    acceptedBy: order.acceptedBy,
    pos: {
      status: posStatus(order),
      receipt: receiptOf(order),
      words: posWords(order),
    },
    diversion:
      diversion === null
        ? null
        : {
            status: diversion.status,
            words: diversion.status === 'queued' ? (diversion.trouble?.words ?? null) : null,
          },
    attention: attentionOf(order),
    closing: order.closing,
  };
}

function posWords({ dueAt, injection }: Order): string | null {
  switch (injection.status) {
    case 'waiting':
      return dueAt === null ? null : (injection.trouble?.words ?? null);
    case 'injecting':
      return 'On its way to the till.';
    case 'unknown':
    case 'failed':
      return injection.trouble.words;
    case 'injected':
      return `In the till as receipt ${injection.sale.number}.`;
    default:
      return unreachable(injection);
  }
}

function receiptOf({ injection, diversion }: Order): string | null {
  if (injection.status === 'injected') return injection.sale.number;
  return diversion?.status === 'entered' ? diversion.receipt : null;
}
