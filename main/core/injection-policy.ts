import { unreachable } from './never';
import { isHeldBack, type Ms, type Order } from './order';
import { dueFrom } from './put-off';

/** What is done next with one order at its till. */
export type TillStep =
  | { readonly kind: 'none' }
  /** Nothing to do before `at`. */
  | { readonly kind: 'wait'; readonly at: Ms }
  | { readonly kind: 'send' }
  | { readonly kind: 'look' };

/**
 * After an ambiguous outcome the till is asked at once, after 5 s and after another 15 s: its lists may lag behind
 * what it stored. Only three complete "not there" answers let the sale be sent again.
 */
export const LOOKS_AFTER_MS: readonly number[] = [5_000, 15_000];

/** For so long after it became due an order is no part of a backlog. */
const FRESH_MS: Ms = 60_000;

/**
 * Whether an order has only just become due. While a backlog is worked off such a one goes first, and some of what the
 * till allows is kept for it: its customer has been told a time that can still be met.
 */
export function isFresh({ dueAt }: Pick<Order, 'dueAt'>, now: Ms): boolean {
  return dueAt !== null && now - dueAt < FRESH_MS;
}

/** Not reached: 10, 20, 40, 80, 160 s, then every five minutes. */
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 300_000;

/**
 * @param tillBackAt when a till that had been away answered again: what waited for it need not wait longer.
 */
export function injectionStep(order: Order, now: Ms, tillBackAt: Ms): TillStep {
  const { injection } = order;
  switch (injection.status) {
    case 'waiting': {
      if (order.dueAt === null || isHeldBack(order)) return { kind: 'none' };
      const eager = injection.trouble !== null && order.updatedAt <= tillBackAt;
      const at = Math.max(dueTimeOf(order, order.dueAt, now), eager ? 0 : dueFrom(injection.nextAt, now));
      return at <= now ? { kind: 'send' } : { kind: 'wait', at };
    }
    case 'unknown': {
      // It could not be asked while it was away; a pause between two looks is none of that.
      const eager = order.tries > 0 && order.updatedAt <= tillBackAt;
      const at = dueFrom(injection.nextAt, now);
      return at <= now || eager ? { kind: 'look' } : { kind: 'wait', at };
    }
    case 'injecting':
    case 'injected':
    case 'failed':
      return { kind: 'none' };
    default:
      return unreachable(injection);
  }
}

/** An order for later waits for its time; any other was due when it was accepted, whatever the clock says since. */
function dueTimeOf({ document }: Order, dueAt: Ms, now: Ms): Ms {
  return document.requested_for === null ? Math.min(dueAt, now) : dueAt;
}

/**
 * How long to wait before the next try, in milliseconds, spread by ±20 % so that stores do not come back in step.
 * Written here and not taken from a library because the count is the journal's: it survives a restart.
 * @param attempt 1 for the first retry. It counts what did not reach the till, not what was sent.
 * @param random from 0 up to 1.
 */
export function retryDelay(attempt: number, random: number): number {
  const base = Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, Math.min(attempt, 20) - 1), LONGEST_RETRY_MS);
  return Math.round(base * (0.8 + 0.4 * random));
}

/** When an order may leave for WhatsApp, or `undefined` if it may not. */
export function diversionTime(order: Order, fallbackAfterMs: number): Ms | undefined {
  if (order.dueAt === null || order.diversion !== null || isHeldBack(order)) return undefined;
  // The customer has the meal and has paid: only the till must hear of it, and it will.
  if (order.paidBy !== null) return undefined;
  const { status } = order.injection;
  return status === 'waiting' || status === 'unknown' ? order.dueAt + fallbackAfterMs : undefined;
}
