import { DateTime } from 'luxon';
import type { Link } from '../../../preload/contract';
import type { Ms } from '../../core/order';
import type { Untold } from '../../orders/outbox';
import type { PollState } from '../../orders/poll-state';

/** Shorter than this a website may be busy. */
const UNTOLD_MS: Ms = 120_000;

export interface WebsiteWays {
  readonly name: string;
  /** How asking it for orders goes. */
  readonly poll: PollState;
  /** When its signed messages last reached us; `null` before that. */
  readonly hookAt: Ms | null;
  readonly timezone: string;
  readonly now: Ms;
  /** What it could not be told so far; `null` when there is nothing. */
  readonly untold: Untold | null;
}

/** A website as the screen shows it: which of the two ways brings its orders here, and when each was last proven. */
export function websiteLink({ name, poll, hookAt, timezone, now, untold }: WebsiteWays): Link {
  const { status, lastProofAt, latencyMs } = poll;
  const clock: Clock = (at) => clockOnDay(at, now, timezone);
  const words = websiteWords(poll, hookAt, clock);
  const isUntoldLong = untold !== null && now - untold.since > UNTOLD_MS;
  const proof = Math.max(lastProofAt ?? 0, hookAt ?? 0);
  return {
    // A website that is never asked and sends by itself is heard as well as any.
    status: isUntoldLong ? 'trying' : status === 'off' && hookAt !== null ? 'ok' : status,
    name,
    words: isUntoldLong ? `${words} ${untoldWords(untold, clock)}` : words,
    lastProofAt: proof === 0 ? null : proof,
    latencyMs,
  };
}

function websiteWords({ status, words, lastProofAt }: PollState, hookAt: Ms | null, clock: Clock): string {
  const webhook = hookAt === null ? null : `by webhook (last ${clock(hookAt)})`;
  if (status === 'ok' && lastProofAt !== null) {
    const asking = `by asking (last ${clock(lastProofAt)})`;
    return `Orders come ${webhook === null ? '' : `${webhook} and `}${asking}.`;
  }
  if (webhook === null) return words;
  return status === 'off' ? `Orders come ${webhook}.` : `${words} Its orders come ${webhook}.`;
}

/** The customer waits for an answer that the website does not have. */
function untoldWords({ orders, since }: Untold, clock: Clock): string {
  const what =
    orders === 0 ? 'how this store is' : `what happened to ${orders} ${orders === 1 ? 'order' : 'orders'}`;
  return `It was not told ${what} since ${clock(since)}. We keep trying.`;
}

type Clock = (at: Ms) => string;

/** `18:42` today, `Fri 18:42` before. */
function clockOnDay(at: Ms, now: Ms, zone: string): string {
  const then = DateTime.fromMillis(at, { zone, locale: 'en' });
  return then.toFormat(then.hasSame(DateTime.fromMillis(now, { zone }), 'day') ? 'HH:mm' : 'ccc HH:mm');
}
