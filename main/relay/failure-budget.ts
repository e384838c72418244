import type { Ms } from '../core/order';
import { type Answer, comeAgain } from './answer';
import { SlidingWindow } from './sliding-window';

const FAILURES_A_MINUTE = 60;

/**
 * Counts callers without a valid proof, by whom they claim to be.
 * It is apart from the channels' budgets: whoever empties it shuts out forgers, never a signed message.
 */
export class FailureBudget {
  readonly #now: () => Ms;
  readonly #windows = new Map<string, SlidingWindow>();

  constructor(now: () => Ms) {
    this.#now = now;
  }

  /** @returns `answer`, or `429` once there were too many. */
  charge(claimed: string, answer: Answer): Answer {
    const window = this.#windows.get(claimed) ?? new SlidingWindow(FAILURES_A_MINUTE);
    this.#windows.set(claimed, window);
    const waitMs = window.charge(this.#now());
    return waitMs > 0 ? comeAgain(429, 'Too many requests without a valid proof.', waitMs) : answer;
  }
}
