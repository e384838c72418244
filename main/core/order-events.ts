import { unreachable } from './never';
import type { OnlineOrder } from './online-order';
import type { CounterPayment, Injection, Ms, Order, OrderKey, RejectReason, Sale, Trouble } from './order';
import { isPaidAtHandover } from './order';
import { applyRefundEvent, type RefundEvent } from './refund-events';
import { applyCopyEvent } from './sale-copy';
import { birthTill } from './till-order';

export type IntakeVia = 'webhook' | 'poll' | 'pos';

/** Everything that can happen to an order. Stored for ever: a member may be added, never changed. */
export type OrderEvent =
  | {
      readonly type: 'received';
      readonly document: OnlineOrder;
      readonly via: IntakeVia;
      readonly reference: string;
    }
  | { readonly type: 'updated'; readonly document: OnlineOrder; readonly via: IntakeVia }
  /** An older revision that arrived late: kept as history, not applied. */
  | { readonly type: 'superseded'; readonly document: OnlineOrder; readonly via: IntakeVia }
  /**
   * Who ordered is forgotten, and so is all that happened before: `order` is what is left. It is written down once
   * something happens to it again; until then it would only be the state once more.
   */
  | { readonly type: 'archived'; readonly order?: Order }
  /** A newer revision of an archived order. What was booked stays as it was; a person must look at it. */
  | { readonly type: 'changed_after_archive'; readonly document: OnlineOrder; readonly via: IntakeVia }
  | { readonly type: 'seen' }
  | {
      readonly type: 'accepted';
      readonly by: 'staff' | 'auto';
      readonly promisedFor: Ms;
      /** `null`: it goes into the till once it is paid at the counter. */
      readonly dueAt: Ms | null;
    }
  | { readonly type: 'preparing' }
  | { readonly type: 'ready' }
  | { readonly type: 'completed' }
  | { readonly type: 'rejected'; readonly reason: RejectReason; readonly text: string }
  | {
      readonly type: 'cancelled';
      readonly by: 'staff' | 'website';
      readonly reason: RejectReason;
      readonly text: string;
    }
  | { readonly type: 'injection_started'; readonly provider: string }
  | { readonly type: 'injected'; readonly provider: string; readonly sale: Sale; readonly found: boolean }
  /** The till knows more of the sale than before: it was paid, called off, or something of it was given back. */
  | { readonly type: 'sale_changed'; readonly sale: Sale }
  /** Nothing was written in the POS: try again at `nextAt`. */
  | {
      readonly type: 'injection_postponed';
      readonly trouble: Trouble;
      readonly nextAt: Ms;
      /** Which time in a row that was; absent while the next till may still take it. */
      readonly tries?: number;
    }
  | {
      readonly type: 'injection_unknown';
      readonly provider: string;
      readonly trouble: Trouble;
      readonly nextAt: Ms;
    }
  /** Asked, and the answer was complete: no such sale (yet). */
  | { readonly type: 'sale_not_found'; readonly nextAt: Ms }
  /** Asked, and no usable answer came. */
  | {
      readonly type: 'sale_search_failed';
      readonly trouble: Trouble;
      readonly nextAt: Ms;
      readonly tries?: number;
    }
  /** Looked often enough: the POS does not have it, it may be sent again. */
  | { readonly type: 'sale_absent'; readonly nextAt: Ms }
  | { readonly type: 'injection_refused'; readonly provider: string; readonly trouble: Trouble }
  | { readonly type: 'retry_requested' }
  | { readonly type: 'diverted' }
  | { readonly type: 'whatsapp_opened' }
  /** The order was too long for the link, and is on the clipboard. */
  | { readonly type: 'whatsapp_to_paste' }
  | { readonly type: 'whatsapp_failed'; readonly trouble: Trouble }
  | { readonly type: 'whatsapp_sent' }
  | { readonly type: 'entry_released' }
  | { readonly type: 'entered_by_hand'; readonly receipt: string | null }
  /** The customer paid at the counter; an order that waited for that is due in the till from now on. */
  | { readonly type: 'paid_at_counter'; readonly by: CounterPayment }
  /** It turned up in another till as well. */
  | { readonly type: 'copy_found'; readonly till: string; readonly name: string; readonly sale: Sale }
  /** One step of giving that one back. */
  | { readonly type: 'copy_refund'; readonly till: string; readonly step: RefundEvent }
  /** Staff gave it back in that till themselves. */
  | { readonly type: 'copy_given_back_by_hand'; readonly till: string }
  | RefundEvent;

export interface RecordedEvent {
  readonly at: Ms;
  readonly event: OrderEvent;
}

/** The first event makes the order. */
export function startOrder(key: OrderKey, at: Ms, event: Extract<OrderEvent, { type: 'received' }>): Order {
  const { document } = event;
  return {
    key,
    reference: event.reference,
    document,
    status: document.status === 'cancelled' ? 'cancelled' : 'new',
    receivedAt: at,
    updatedAt: at,
    // An order that arrives cancelled was never anybody's work.
    seen: document.status === 'cancelled',
    changed: false,
    acceptedBy: null,
    answeredAt: null,
    promisedFor: null,
    readyAt: null,
    closing:
      document.status === 'cancelled'
        ? { reason: 'other', text: document.cancel_reason ?? '', by: 'website' }
        : null,
    dueAt: null,
    attempts: 0,
    tries: 0,
    injection: { status: 'waiting', nextAt: at, trouble: null },
    diversion: null,
    paidBy: null,
    refund: null,
    copies: [],
  };
}

/** The state after one more event. Pure; the journal stores what it returns beside the event. */
export function applyEvent(order: Order, { at, event }: RecordedEvent): Order {
  const next = { ...order, updatedAt: at };
  switch (event.type) {
    case 'received':
    case 'superseded':
      return order;
    case 'archived':
      return event.order ?? order;
    case 'changed_after_archive':
      return {
        ...next,
        // Only how new it is: the figures of that day are of what was sold.
        document: { ...order.document, revision: event.document.revision },
        changed: true,
      };
    case 'updated':
      return {
        ...next,
        document: event.document,
        changed: order.changed || !isPaymentAlone(order, event.document),
        // Paid online after all: nothing is left to wait for.
        dueAt: isPaidAtHandover(order) && event.document.payment.status === 'paid' ? at : order.dueAt,
      };
    case 'seen':
      return { ...next, seen: true, changed: false };
    case 'accepted':
      return {
        ...next,
        status: 'accepted',
        seen: event.by === 'staff' ? true : order.seen,
        changed: event.by === 'staff' ? false : order.changed,
        acceptedBy: event.by,
        answeredAt: at,
        promisedFor: event.promisedFor,
        dueAt: event.dueAt,
        injection: order.injection.status === 'waiting' ? waiting(event.dueAt ?? at) : order.injection,
      };
    case 'preparing':
      return { ...next, status: 'preparing', seen: true };
    case 'ready':
      return { ...next, status: 'ready', seen: true, readyAt: at };
    case 'completed':
      return { ...next, status: 'completed', seen: true };
    case 'rejected':
      return {
        ...next,
        status: 'rejected',
        answeredAt: at,
        seen: !mayBeInTill(order),
        changed: false,
        closing: { reason: event.reason, text: event.text, by: 'staff' },
      };
    case 'cancelled':
      return {
        ...next,
        status: 'cancelled',
        seen: event.by === 'staff' && !mayBeInTill(order),
        changed: false,
        closing: { reason: event.reason, text: event.text, by: event.by },
      };
    case 'injection_started':
      return {
        ...next,
        attempts: order.attempts + 1,
        injection: { status: 'injecting', provider: event.provider, startedAt: at },
      };
    case 'injected':
      return {
        ...next,
        // A sale that turns up after the order was closed is news: somebody must refund it.
        // Unless the till is where it came from.
        seen: isClosedWithoutMeal(order) && birthTill(order.key) === undefined ? false : order.seen,
        tries: 0,
        injection: { status: 'injected', provider: event.provider, sale: event.sale },
      };
    case 'sale_changed':
      return order.injection.status === 'injected'
        ? { ...next, injection: { ...order.injection, sale: event.sale } }
        : order;
    case 'injection_postponed':
      return {
        ...next,
        tries: event.tries ?? order.tries,
        injection: waiting(event.nextAt, event.trouble),
      };
    case 'injection_unknown':
      return {
        ...next,
        injection: {
          status: 'unknown',
          provider: event.provider,
          looks: 0,
          nextAt: event.nextAt,
          trouble: event.trouble,
        },
      };
    case 'sale_not_found':
      return mapUnknown({ ...next, tries: 0 }, (unknown) => ({
        ...unknown,
        looks: unknown.looks + 1,
        nextAt: event.nextAt,
      }));
    case 'sale_search_failed':
      return mapUnknown({ ...next, tries: event.tries ?? order.tries }, (unknown) => ({
        ...unknown,
        nextAt: event.nextAt,
        trouble: event.trouble,
      }));
    case 'sale_absent':
      return { ...next, tries: 0, injection: waiting(event.nextAt) };
    case 'injection_refused':
      return {
        ...next,
        injection: { status: 'failed', provider: event.provider, trouble: event.trouble },
      };
    case 'retry_requested':
      return retryNow(next, at);
    case 'diverted':
      return { ...next, diversion: { status: 'queued', trouble: null } };
    case 'whatsapp_opened':
      return { ...next, diversion: { status: 'opened', at } };
    case 'whatsapp_to_paste':
      return order.diversion?.status === 'opened'
        ? { ...next, diversion: { ...order.diversion, toPaste: true } }
        : order;
    case 'whatsapp_failed':
      return { ...next, diversion: { status: 'queued', trouble: event.trouble } };
    case 'whatsapp_sent':
      return { ...next, diversion: { status: 'sent', at } };
    case 'entry_released':
      return { ...retryNow(next, at), diversion: { status: 'released' } };
    case 'entered_by_hand':
      return { ...next, diversion: { status: 'entered', receipt: event.receipt } };
    case 'paid_at_counter':
      return { ...next, paidBy: event.by, dueAt: order.dueAt ?? at };
    case 'refund_requested':
    case 'refund_started':
    case 'refunded':
    case 'refund_postponed':
    case 'refund_unknown':
    case 'refund_not_found':
    case 'refund_search_failed':
    case 'refund_absent':
    case 'refund_refused':
      return applyRefundEvent(next, at, event);
    case 'copy_found':
    case 'copy_refund':
    case 'copy_given_back_by_hand':
      return applyCopyEvent(next, at, event);
    default:
      return unreachable(event);
  }
}

/**
 * The history as it can be replayed. Of an archived order nothing may be written down but that it is archived: then it
 * begins with what is left, which is its state.
 */
export function withArchive(history: readonly RecordedEvent[], state: Order): readonly RecordedEvent[] {
  const [first, ...rest] = history;
  if (first?.event.type !== 'archived' || first.event.order !== undefined) return history;
  return rest.length > 0 ? rest : [{ at: first.at, event: { type: 'archived', order: state } }];
}

/** Replays a whole history. The first event must be `received`, or what was left of the order by `archived`. */
export function foldEvents(key: OrderKey, history: readonly RecordedEvent[]): Order {
  const [first, ...rest] = history;
  if (first?.event.type === 'archived' && first.event.order !== undefined) {
    return rest.reduce(applyEvent, first.event.order);
  }
  if (first?.event.type !== 'received') throw new Error('An order begins with "received".');
  return rest.reduce(applyEvent, startOrder(key, first.at, first.event));
}

function waiting(nextAt: Ms, trouble: Trouble | null = null): Injection {
  return { status: 'waiting', nextAt, trouble };
}

function mapUnknown(
  order: Order,
  change: (unknown: Extract<Injection, { status: 'unknown' }>) => Injection,
): Order {
  return order.injection.status === 'unknown' ? { ...order, injection: change(order.injection) } : order;
}

/** Staff took the money in the till that the order was born in: nobody need look at it again for that. */
function isPaymentAlone({ key, document }: Order, changed: OnlineOrder): boolean {
  if (birthTill(key) === undefined) return false;
  const { payment, revision } = changed;
  return JSON.stringify({ ...document, payment, revision }) === JSON.stringify(changed);
}

function isClosedWithoutMeal({ status }: Order): boolean {
  return status === 'cancelled' || status === 'rejected';
}

/** A cancelled order that the till may hold stays on the board until somebody has read what to do about it. */
function mayBeInTill({ injection, diversion }: Order): boolean {
  if (diversion?.status === 'entered') return true;
  return injection.status !== 'waiting' && injection.status !== 'failed';
}

/** A person wants it now. What is unknown stays unknown: it is asked first, at once. */
function retryNow(order: Order, at: Ms): Order {
  const { injection } = order;
  switch (injection.status) {
    case 'waiting':
    case 'failed':
      return { ...order, tries: 0, injection: waiting(at) };
    case 'unknown':
      return { ...order, tries: 0, injection: { ...injection, nextAt: at } };
    case 'injecting':
    case 'injected':
      return order;
    default:
      return unreachable(injection);
  }
}
