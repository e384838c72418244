import { isUnanswered, type Ms, type Order } from './order';

export interface Ring {
  /** Since when somebody should have answered. */
  readonly since: Ms;
  readonly orders: number;
  readonly louder: boolean;
}

/** After so long without an answer the ring gets louder. */
export const LOUDER_AFTER_MS = 20_000;

/** Whether it rings, for how many, and how loud; `null` when everything is answered. */
export function ringOf(orders: readonly Order[], now: Ms): Ring | null {
  // That a sale was given back is to be read, not to be answered.
  const unanswered = orders.filter((order) => isUnanswered(order) && order.refund?.status !== 'refunded');
  if (unanswered.length === 0) return null;
  const since = Math.min(...unanswered.map((order) => (order.changed ? order.updatedAt : order.receivedAt)));
  // Either way: a clock that was put back must not keep it quiet for as long.
  return { since, orders: unanswered.length, louder: Math.abs(now - since) >= LOUDER_AFTER_MS };
}
