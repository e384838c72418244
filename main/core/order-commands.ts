import { unreachable } from './never';
import type { CounterPayment, Ms, Order, RejectReason } from './order';
import { isHeldBack, isOpen, isPaidAtHandover } from './order';
import type { OrderEvent } from './order-events';
import { refundObstacle } from './refund-policy';
import { copyObstacle, refundEventOf } from './sale-copy';

/** What a person (or the automatic acceptance) may ask of an order. */
export type OrderCommand =
  | {
      readonly type: 'accept';
      readonly by: 'staff' | 'auto';
      readonly promisedFor: Ms;
      /** `null`: it goes into the till once it is paid at the counter. */
      readonly dueAt: Ms | null;
    }
  | { readonly type: 'reject' | 'cancel'; readonly reason: RejectReason; readonly text: string }
  | { readonly type: 'prepare' | 'ready' | 'see' }
  /** `paidBy`: what the customer paid with just now; `null` when nobody had to ask. */
  | { readonly type: 'complete'; readonly paidBy: CounterPayment | null }
  | { readonly type: 'open_whatsapp' | 'confirm_sent' | 'enter_in_till' | 'retry' | 'refund' }
  | { readonly type: 'entered_by_hand'; readonly receipt: string | null }
  /** About the order's copy in another till. */
  | { readonly type: 'refund_copy' | 'copy_given_back'; readonly till: string };

export type CommandResult =
  | { readonly ok: true; readonly events: readonly OrderEvent[] }
  /** Not possible now; one sentence for the person who asked. */
  | { readonly ok: false; readonly words: string };

const done = (...events: readonly OrderEvent[]): CommandResult => ({ ok: true, events });
const refuse = (words: string): CommandResult => ({ ok: false, words });

/** Decides; changes nothing. Two people who tap at once get one event, and the second a sentence. */
export function decideCommand(order: Order, command: OrderCommand): CommandResult {
  switch (command.type) {
    case 'accept':
      if (order.status !== 'new') return refuse(alreadyAnswered(order));
      return done({
        type: 'accepted',
        by: command.by,
        promisedFor: command.promisedFor,
        dueAt: command.dueAt,
      });
    case 'reject':
      if (order.status !== 'new') return refuse(alreadyAnswered(order));
      return done({ type: 'rejected', reason: command.reason, text: command.text });
    case 'cancel':
      if (!isOpen(order)) return refuse('This order is closed already.');
      return done({ type: 'cancelled', by: 'staff', reason: command.reason, text: command.text });
    case 'prepare':
      return order.status === 'accepted' ? done({ type: 'preparing' }) : refuse(notNow(order));
    case 'ready':
      return order.status === 'accepted' || order.status === 'preparing'
        ? done({ type: 'ready' })
        : refuse(notNow(order));
    case 'complete':
      return complete(order, command.paidBy);
    case 'see':
      return order.seen && !order.changed ? done() : done({ type: 'seen' });
    case 'open_whatsapp':
      return openWhatsapp(order);
    case 'confirm_sent':
      if (order.diversion?.status !== 'opened') return refuse('WhatsApp was not opened for this order.');
      return done({ type: 'whatsapp_sent' });
    case 'enter_in_till':
      if (order.diversion === null || !isHeldBack(order)) return refuse('It goes to the till by itself.');
      if (inTill(order)) return refuse('It is in the till already.');
      return done({ type: 'entry_released' });
    case 'entered_by_hand':
      if (inTill(order)) return refuse('It is in the till already.');
      if (order.injection.status === 'injecting') return refuse('It is on its way to the till right now.');
      return done({ type: 'entered_by_hand', receipt: command.receipt });
    case 'retry':
      if (inTill(order)) return refuse('It is in the till already.');
      if (isHeldBack(order)) return refuse('It went another way. Choose “Enter in till” instead.');
      if (order.injection.status === 'injecting') return done();
      if (isPaidAtHandover(order)) return refuse('It goes into the till when it is handed over.');
      return done({ type: 'retry_requested' });
    case 'refund': {
      const obstacle = refundObstacle(order);
      return obstacle === null ? done({ type: 'refund_requested' }) : refuse(obstacle);
    }
    case 'refund_copy': {
      const { till } = command;
      const obstacle = copyObstacle(order, till);
      return obstacle === null ? done(refundEventOf(till, { type: 'refund_requested' })) : refuse(obstacle);
    }
    case 'copy_given_back': {
      const obstacle = copyObstacle(order, command.till);
      return obstacle === null
        ? done({ type: 'copy_given_back_by_hand', till: command.till })
        : refuse(obstacle);
    }
    default:
      return unreachable(command);
  }
}

function complete(order: Order, paidBy: CounterPayment | null): CommandResult {
  if (order.status !== 'ready') return refuse(notNow(order));
  if (!isPaidAtHandover(order) || inTill(order)) return done({ type: 'completed' });
  if (paidBy === null) return refuse('First say how it was paid: in cash or by card.');
  return done({ type: 'paid_at_counter', by: paidBy }, { type: 'completed' });
}

function openWhatsapp(order: Order): CommandResult {
  if (inTill(order)) return refuse('It is in the till already.');
  if (order.injection.status === 'injecting') return refuse('It is on its way to the till right now.');
  if (order.diversion === null || order.diversion.status === 'released') {
    return done({ type: 'diverted' }, { type: 'whatsapp_opened' });
  }
  return done({ type: 'whatsapp_opened' });
}

function inTill(order: Order): boolean {
  return order.injection.status === 'injected' || order.diversion?.status === 'entered';
}

function alreadyAnswered(order: Order): string {
  switch (order.status) {
    case 'rejected':
      return 'This order was rejected already.';
    case 'cancelled':
      return 'This order was cancelled.';
    default:
      return 'This order was accepted already.';
  }
}

function notNow(order: Order): string {
  switch (order.status) {
    case 'new':
      return 'Accept the order first.';
    case 'cancelled':
      return 'This order was cancelled.';
    case 'rejected':
      return 'This order was rejected.';
    default:
      return 'Somebody has done that already.';
  }
}
