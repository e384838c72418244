import type { Ms } from './order';

/** The longest that anything is put off after a try: five minutes and their spread, or what a till asks for. */
export const LONGEST_PUT_OFF_MS: Ms = 15 * 60_000;

/**
 * When something that was put off until `at` is due. A time further ahead than anything is put off was written by a clock
 * that was wrong, and has been put right since: whoever waited for it would wait for as long as it had been ahead.
 */
export function dueFrom(at: Ms, now: Ms): Ms {
  return at - now > LONGEST_PUT_OFF_MS ? now : at;
}
