import type { Order } from './order';
import type { OrderEvent } from './order-events';
import { isTestOrder } from './test-order';
import { birthTill } from './till-order';

/** What a website is told of one of its orders; `data` is what the message says beside which order it is about. */
export interface OrderNews {
  readonly type: `order.${'accepted' | 'preparing' | 'ready' | 'completed' | 'rejected' | 'cancelled'}`;
  readonly data: Readonly<Record<string, string>>;
}

/**
 * What an event means to the website that sent the order; `null` when it is nothing to it: what it said itself, how the
 * till stands to it, an order that was born in a till or made by the set-up.
 */
export function orderNews({ key }: Pick<Order, 'key'>, event: OrderEvent): OrderNews | null {
  if (birthTill(key) !== undefined || isTestOrder(key)) return null;
  switch (event.type) {
    case 'accepted':
      return { type: 'order.accepted', data: { promised_for: new Date(event.promisedFor).toISOString() } };
    case 'preparing':
    case 'ready':
    case 'completed':
      return { type: `order.${event.type}`, data: {} };
    case 'rejected':
      return { type: 'order.rejected', data: reason(event) };
    case 'cancelled':
      return event.by === 'staff' ? { type: 'order.cancelled', data: reason(event) } : null;
    default:
      return null;
  }
}

function reason({
  reason: code,
  text,
}: {
  readonly reason: string;
  readonly text: string;
}): OrderNews['data'] {
  return text === '' ? { reason: code } : { reason: code, text };
}
