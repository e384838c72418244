import { setTimeout as sleep } from 'node:timers/promises';
import type { Ms } from '../../core/order';
import { PosUnreachable } from '../provider';

/** How long a read that is well under way waits for Loyverse to catch its breath. */
export interface Patience {
  /** The most that one request may wait in all; 0 gives up at the first failure. */
  readonly longestMs: Ms;
  /** Resolves after so long; rejects when the signal aborts. */
  readonly pause: (ms: Ms, signal: AbortSignal) => Promise<unknown>;
  /** From 0 to 1: installs that were all refused at once shall not come back all at once. */
  readonly random: () => number;
}

/** Long enough for a whole window of Loyverse's limit, 300 s, to pass. */
export const PATIENT: Patience = {
  longestMs: 330_000,
  pause: (ms, signal) => sleep(ms, undefined, { signal }),
  random: Math.random,
};

export interface Wait {
  readonly ms: Ms;
  /** Why: the failure's code. */
  readonly code: string;
}

const FIRST_MS = 1_000;
const LONGEST_STEP_MS = 60_000;

/** What passes by itself. Wrong tokens, plans and sign-in pages need a person, whom the failure must reach. */
const PASSING = new Set([
  'rate_limited',
  'server',
  'timeout',
  'cut',
  'no_connection',
  'no_internet',
  'unreadable',
]);

/**
 * Repeats one request until it is answered: after what `Retry-After` asks, else after 1, 2, 4 … 60 seconds, give or take.
 * @throws {PosUnreachable} the last failure, when patience runs out or waiting cannot help; or when the signal aborts.
 */
export async function withPatience<T>(
  request: () => Promise<T>,
  { longestMs, pause, random }: Patience,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: (wait: Wait) => void },
): Promise<T> {
  let left = longestMs;
  for (let step = FIRST_MS; ; step = Math.min(step * 2, LONGEST_STEP_MS)) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof PosUnreachable) || !PASSING.has(error.trouble.code) || signal.aborted)
        throw error;
      const ms = Math.max(error.retryAfterMs ?? 0, Math.round(step * (0.5 + random() / 2)));
      if (ms > left) throw error;
      left -= ms;
      onWait({ ms, code: error.trouble.code });
      // What ended the waiting is a stop; the failure before it says more.
      await pause(ms, signal).catch(() => undefined);
      if (signal.aborted) throw error;
    }
  }
}
