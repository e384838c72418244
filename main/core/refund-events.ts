import { unreachable } from './never';
import { isOpen, type Ms, type Order, type Refund, type SaleRefund, type Trouble } from './order';

/** What can happen while a sale is given back. Stored for ever: a member may be added, never changed. */
export type RefundEvent =
  /** `by: 'app'`: nobody asked, since no money moves; see `callsOffBill`. */
  | { readonly type: 'refund_requested'; readonly by?: 'app' }
  | { readonly type: 'refund_started' }
  | { readonly type: 'refunded'; readonly refund: SaleRefund; readonly found: boolean }
  /** Nothing was written in the POS: try again at `nextAt`. */
  | { readonly type: 'refund_postponed'; readonly trouble: Trouble; readonly nextAt: Ms }
  | { readonly type: 'refund_unknown'; readonly trouble: Trouble; readonly nextAt: Ms }
  /** Asked, and the answer was complete: no such refund (yet). */
  | { readonly type: 'refund_not_found'; readonly nextAt: Ms }
  | { readonly type: 'refund_search_failed'; readonly trouble: Trouble; readonly nextAt: Ms }
  /** Looked often enough: the POS does not have it, it may be sent again. */
  | { readonly type: 'refund_absent'; readonly nextAt: Ms }
  | { readonly type: 'refund_refused'; readonly trouble: Trouble };

/** The order after one more step of its refund. */
export function applyRefundEvent(order: Order, at: Ms, event: RefundEvent): Order {
  switch (event.type) {
    case 'refund_requested':
      // Whoever asks for it has seen the order.
      return {
        ...order,
        seen: event.by === 'app' ? order.seen : true,
        refund: { status: 'waiting', tries: 0, nextAt: at, trouble: null },
      };
    case 'refund_started':
      return { ...order, refund: { status: 'refunding', tries: triesOf(order), startedAt: at } };
    case 'refunded': {
      // That a bill is gone which nobody had paid is as expected.
      const told = event.refund.calledOff ? order : unreadWhenClosed(order);
      return { ...told, refund: { status: 'refunded', refund: event.refund } };
    }
    case 'refund_postponed':
      return {
        ...order,
        refund: {
          status: 'waiting',
          tries: triesOf(order) + 1,
          nextAt: event.nextAt,
          trouble: event.trouble,
        },
      };
    case 'refund_unknown':
      return {
        ...order,
        refund: {
          status: 'unknown',
          tries: 0,
          looks: 0,
          nextAt: event.nextAt,
          trouble: event.trouble,
        },
      };
    case 'refund_not_found':
      return mapUnknown(order, (unknown) => ({
        ...unknown,
        tries: 0,
        looks: unknown.looks + 1,
        nextAt: event.nextAt,
      }));
    case 'refund_search_failed':
      return mapUnknown(order, (unknown) => ({
        ...unknown,
        tries: unknown.tries + 1,
        nextAt: event.nextAt,
        trouble: event.trouble,
      }));
    case 'refund_absent':
      return { ...order, refund: { status: 'waiting', tries: 0, nextAt: event.nextAt, trouble: null } };
    case 'refund_refused':
      return { ...unreadWhenClosed(order), refund: { status: 'failed', trouble: event.trouble } };
    default:
      return unreachable(event);
  }
}

function mapUnknown(
  order: Order,
  change: (unknown: Extract<Refund, { status: 'unknown' }>) => Refund,
): Order {
  return order.refund?.status === 'unknown' ? { ...order, refund: change(order.refund) } : order;
}

function triesOf({ refund }: Order): number {
  return refund !== null && 'tries' in refund ? refund.tries : 0;
}

/** What came of a refund is news: a closed order stays on the board until somebody has read it. */
function unreadWhenClosed(order: Order): Order {
  return isOpen(order) ? order : { ...order, seen: false };
}
