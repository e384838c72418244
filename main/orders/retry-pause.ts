import { retryDelay } from '../core/injection-policy';
import { LONGEST_PUT_OFF_MS } from '../core/put-off';
import { PosUnreachable } from '../pos/provider';

/**
 * How long to leave a till alone after it could not be reached, in milliseconds: what it asked for, if that is longer,
 * though no more than a quarter of an hour.
 * @param tries how often in a row that was, this time included. @param random from 0 up to 1
 */
export function retryPause(error: unknown, tries: number, random: number): number {
  const asked = error instanceof PosUnreachable ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(Math.min(asked, LONGEST_PUT_OFF_MS), retryDelay(tries, random));
}
