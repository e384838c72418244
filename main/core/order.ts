import type { Minor } from './money';
import type { OnlineOrder } from './online-order';

/** Milliseconds since 1970, UTC. */
export type Ms = number;

/** What makes one order one order, however often and by whichever way it arrives. */
export interface OrderKey {
  readonly location: string;
  readonly channel: string;
  readonly id: string;
}

export type OrderStatus = 'new' | 'accepted' | 'preparing' | 'ready' | 'completed' | 'rejected' | 'cancelled';

export const REJECT_REASONS = [
  'too_busy',
  'item_finished',
  'closed',
  'out_of_reach',
  'payment',
  'other',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What a customer pays with at the counter. */
export type CounterPayment = 'cash' | 'card';

/** Why something did not work, for the log (`code`) and for the cashier (`words`, one sentence). */
export interface Trouble {
  readonly code: string;
  readonly words: string;
}

/** A sale as the POS reports it. */
export interface Sale {
  /** The receipt number that staff can look up in the till. */
  readonly number: string;
  /** The till's total, in minor units. */
  readonly total: Minor;
  /** What we computed that the till would make of it, where that is not its total or not the order's. */
  readonly expected?: Minor;
  /** Other receipts under the same reference: it was booked more than once. */
  readonly doubles?: readonly string[];
  /** It bears the order's reference, and was found to be made of other dishes. */
  readonly otherDishes?: true;
  /** Absent where the till knows no other than `paid`. */
  readonly state?: SaleState;
}

/** `open`: a bill in the till for which staff still take the money. `called_off`: staff threw it away there. */
export type SaleState = 'open' | 'paid' | 'called_off';

/** A sale that was given back, as the POS reports it. */
export interface SaleRefund {
  readonly number: string;
  /** What was given back, in minor units. */
  readonly total: Minor;
  /** It was an open bill: nobody had paid, so that no money goes back. */
  readonly calledOff?: true;
}

/** How far the giving back of an order's sale is. `tries`: how often the till did not let us through in a row. */
export type Refund =
  /** To be sent at `nextAt`. */
  | {
      readonly status: 'waiting';
      readonly tries: number;
      readonly nextAt: Ms;
      readonly trouble: Trouble | null;
    }
  /** A request is under way, or was when the app died. */
  | { readonly status: 'refunding'; readonly tries: number; readonly startedAt: Ms }
  /** Nobody knows whether the till took it: it is asked before anything is sent again. */
  | {
      readonly status: 'unknown';
      readonly tries: number;
      readonly looks: number;
      readonly nextAt: Ms;
      readonly trouble: Trouble;
    }
  | { readonly status: 'refunded'; readonly refund: SaleRefund }
  /** The till refused: a person must act there. */
  | { readonly status: 'failed'; readonly trouble: Trouble };

/** The same order in another till as well: nobody sold it twice, so one of the two has to be given back. */
export interface SaleCopy {
  /** The other till's key, and what staff call it. */
  readonly till: string;
  readonly name: string;
  readonly sale: Sale;
  readonly refund: Refund | null;
}

/** How far an order is on its way into the POS. */
export type Injection =
  /** To be sent at `nextAt`, once `dueAt` of the order is set and reached. */
  | { readonly status: 'waiting'; readonly nextAt: Ms; readonly trouble: Trouble | null }
  /** A request is under way, or was when the app died. */
  | { readonly status: 'injecting'; readonly provider: string; readonly startedAt: Ms }
  /** Nobody knows whether `provider` took it: it is asked before anything is sent again. */
  | {
      readonly status: 'unknown';
      readonly provider: string;
      readonly looks: number;
      readonly nextAt: Ms;
      readonly trouble: Trouble;
    }
  | { readonly status: 'injected'; readonly provider: string; readonly sale: Sale }
  /** The POS refused this order: a person must act. */
  | { readonly status: 'failed'; readonly provider: string; readonly trouble: Trouble };

/** The way by WhatsApp, tracked beside the injection. */
export type Diversion =
  | { readonly status: 'queued'; readonly trouble: Trouble | null }
  /** WhatsApp was opened; nobody has said yet that the message was sent. */
  | {
      readonly status: 'opened';
      readonly at: Ms;
      /** The order was too long for the link: it is on the clipboard. */
      readonly toPaste?: true;
    }
  | { readonly status: 'sent'; readonly at: Ms }
  /** Staff let the app put it into the till. */
  | { readonly status: 'released' }
  /** Staff typed it into the till themselves. */
  | { readonly status: 'entered'; readonly receipt: string | null };

export interface Order {
  readonly key: OrderKey;
  /** The `order` reference in the POS: chosen at receipt, the same for ever. */
  readonly reference: string;
  readonly document: OnlineOrder;
  readonly status: OrderStatus;
  readonly receivedAt: Ms;
  readonly updatedAt: Ms;
  /** Somebody at the counter has answered or seen it; until then it rings. */
  readonly seen: boolean;
  /** The document changed after staff had seen it. */
  readonly changed: boolean;
  readonly acceptedBy: 'staff' | 'auto' | null;
  /** When it was accepted or rejected; `null` until then, and of orders from before this was written down. */
  readonly answeredAt: Ms | null;
  readonly promisedFor: Ms | null;
  readonly readyAt: Ms | null;
  readonly closing: {
    readonly reason: RejectReason;
    readonly text: string;
    readonly by: 'staff' | 'website';
  } | null;
  /** When it should go into the POS; `null` until it is accepted. */
  readonly dueAt: Ms | null;
  /** Times something was sent to a POS. */
  readonly attempts: number;
  /** How often in a row no till could be reached about it; what was sent and refused is none of these. */
  readonly tries: number;
  readonly injection: Injection;
  readonly diversion: Diversion | null;
  /** How an order that came unpaid was paid when it was handed over; `null` until somebody says so. */
  readonly paidBy: CounterPayment | null;
  /** `null` until somebody wants the sale given back. */
  readonly refund: Refund | null;
  /** When its customer was forgotten (`retention.ts`); absent while they are known. */
  readonly archivedAt?: Ms;
  /** In other tills than its own, one in each. */
  readonly copies: readonly SaleCopy[];
}

/** What the design calls the POS status: the injection, or how staff got round it. */
export type PosStatus = Injection['status'] | 'diverted' | 'entered';

export function posStatus(order: Pick<Order, 'injection' | 'diversion'>): PosStatus {
  const { injection, diversion } = order;
  if (injection.status === 'injected') return 'injected';
  if (diversion?.status === 'entered') return 'entered';
  if (diversion !== null && diversion.status !== 'released') return 'diverted';
  return injection.status;
}

/** Still somebody's work: on the board. */
export function isOpen(order: Pick<Order, 'status'>): boolean {
  return order.status !== 'completed' && order.status !== 'rejected' && order.status !== 'cancelled';
}

/** The order must not be sent to a POS: it is closed without a meal, or staff have it in hand. */
export function isHeldBack(order: Pick<Order, 'status' | 'diversion'>): boolean {
  if (order.status === 'rejected' || order.status === 'cancelled') return true;
  return order.diversion !== null && order.diversion.status !== 'released';
}

/** Accepted, and it goes into the till only once the customer has come and paid. */
export function isPaidAtHandover({ acceptedBy, dueAt }: Pick<Order, 'acceptedBy' | 'dueAt'>): boolean {
  return acceptedBy !== null && dueAt === null;
}

/** Nobody at the counter has answered or seen it, or it changed since: it rings. */
export function isUnanswered(order: Pick<Order, 'seen' | 'changed'>): boolean {
  return !order.seen || order.changed;
}

/** In the till as a bill for which staff still take the money there. */
export function hasOpenBill({ injection }: Pick<Order, 'injection'>): boolean {
  return injection.status === 'injected' && injection.sale.state === 'open';
}

/** Somebody wants the sale given back, and the till has not said the last word yet. */
export function isRefundUnderWay({ refund }: Pick<Order, 'refund'>): boolean {
  return refund !== null && refund.status !== 'refunded' && refund.status !== 'failed';
}

/** The first copy that was not given back yet. */
export function standingCopy({ copies }: Pick<Order, 'copies'>): SaleCopy | undefined {
  return copies.find(({ refund }) => refund?.status !== 'refunded');
}

/** One key as text, for maps and for the screen's element ids. */
export function keyText(key: OrderKey): string {
  return `${key.location}/${key.channel}/${key.id}`;
}

/**
 * Whether it is still somebody's work: on the board, ringing, being given back, in two tills, not known to be in the
 * till, or not paid there yet.
 * What is not active is history.
 */
export function isActive(order: Order): boolean {
  if (isOpen(order) || isUnanswered(order) || isRefundUnderWay(order)) return true;
  if (standingCopy(order) !== undefined) return true;
  const { injection, diversion, status } = order;
  if (injection.status === 'injecting' || injection.status === 'unknown') return true;
  if (status !== 'completed') return false;
  if (hasOpenBill(order)) return true;
  return injection.status !== 'injected' && diversion?.status !== 'entered';
}
