import { DateTime } from 'luxon';
import type { Link } from '../../../preload/contract';
import type { Ms } from '../../core/order';
import type { PollState } from '../../orders/poll-state';

export interface WebsiteWays {
  readonly name: string;
  /** How asking it for orders goes. */
  readonly poll: PollState;
  /** When its signed messages last reached us; `null` before that. */
  readonly hookAt: Ms | null;
  readonly timezone: string;
  readonly now: Ms;
}

/** A website as the screen shows it: which of the two ways brings its orders here, and when each was last proven. */
export function websiteLink({ name, poll, hookAt, timezone, now }: WebsiteWays): Link {
  const { status, lastProofAt, latencyMs } = poll;
  const proof = Math.max(lastProofAt ?? 0, hookAt ?? 0);
  return {
    // A website that is never asked and sends by itself is heard as well as any.
    status: status === 'off' && hookAt !== null ? 'ok' : status,
    name,
    words: websiteWords(poll, hookAt, (at) => clockOnDay(at, now, timezone)),
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

type Clock = (at: Ms) => string;

/** `18:42` today, `Fri 18:42` before. */
function clockOnDay(at: Ms, now: Ms, zone: string): string {
  const then = DateTime.fromMillis(at, { zone, locale: 'en' });
  return then.toFormat(then.hasSame(DateTime.fromMillis(now, { zone }), 'day') ? 'HH:mm' : 'ccc HH:mm');
}
