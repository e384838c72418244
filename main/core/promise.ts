import type { OnlineOrder } from './online-order';
import type { Ms } from './order';

const MINUTE_MS = 60_000;
/** An order asked for more than this ahead waits its turn before it goes into the till. */
const AHEAD_MS = 60 * MINUTE_MS;
/** How long the kitchen needs for an order that is asked for later. */
const PREPARATION_MS = 30 * MINUTE_MS;

/** What staff promise when nobody chose. */
export const DEFAULT_PROMISE_MINUTES = 20;

/**
 * When an order accepted now goes into the till: at once, or, when it is asked for more than an hour ahead,
 * the preparation time before that.
 */
export function dueTime(document: Pick<OnlineOrder, 'requested_for'>, now: Ms): Ms {
  if (document.requested_for === null) return now;
  const requested = Date.parse(document.requested_for);
  return requested - now > AHEAD_MS ? requested - PREPARATION_MS : now;
}

/** The time promised to the customer: what they asked for if it is later than the kitchen's own promise. */
export function promiseTime(document: Pick<OnlineOrder, 'requested_for'>, minutes: number, now: Ms): Ms {
  const kitchen = now + minutes * MINUTE_MS;
  return document.requested_for === null ? kitchen : Math.max(kitchen, Date.parse(document.requested_for));
}
