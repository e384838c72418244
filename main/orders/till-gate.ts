import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import type { Ms } from '../core/order';
import { LONGEST_PUT_OFF_MS } from '../core/put-off';
import { PosOutcomeUnknown, PosUnreachable } from '../pos/provider';

/** So many failures in a row say more about the till than about the orders. */
const FAILURES = 3;
/** Then one order in so many milliseconds tries whether it is back. */
const PROBE_AFTER_MS = 10_000;

/** The circuit breaker of one till: while it is away, orders do not queue up behind its time-outs. */
export class TillGate {
  #breaker: CircuitBreakerPolicy = newBreaker();
  #openedAt: number | undefined;
  #heldUntil = Number.NEGATIVE_INFINITY;

  /** Whether a request would be turned away without being sent. */
  isClosed(): boolean {
    return this.#breaker.state === CircuitState.Open && !this.#probeIsDue();
  }

  /** How long the till asked to be left alone, in milliseconds; 0 when it did not, or has been. */
  heldForMs(): number {
    return Math.max(0, this.#heldUntil - performance.now());
  }

  /** @throws what `request` throws, or cockatiel's `BrokenCircuitError` when nothing was sent. */
  async pass<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await this.#breaker.execute(request);
    } catch (error) {
      if (asksForTime(error))
        this.#heldUntil = performance.now() + Math.min(error.retryAfterMs, LONGEST_PUT_OFF_MS);
      throw error;
    } finally {
      if (this.#breaker.state === CircuitState.Open) this.#openedAt ??= performance.now();
      else this.#openedAt = undefined;
    }
  }

  /** The till was heard from by another way. */
  reset(): void {
    this.#breaker = newBreaker();
    this.#openedAt = undefined;
    this.#heldUntil = Number.NEGATIVE_INFINITY;
  }

  #probeIsDue(): boolean {
    return this.#openedAt !== undefined && performance.now() - this.#openedAt >= PROBE_AFTER_MS;
  }
}

/** It is not away: it is busy, or has been asked too much, and says when to come again. */
export function asksForTime(error: unknown): error is PosUnreachable & { readonly retryAfterMs: Ms } {
  return error instanceof PosUnreachable && error.retryAfterMs !== null;
}

function newBreaker(): CircuitBreakerPolicy {
  return circuitBreaker(
    handleWhen(
      (error) =>
        (error instanceof PosUnreachable && !asksForTime(error)) || error instanceof PosOutcomeUnknown,
    ),
    { halfOpenAfter: PROBE_AFTER_MS, breaker: new ConsecutiveBreaker(FAILURES) },
  );
}
