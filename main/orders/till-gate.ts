import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { PosOutcomeUnknown, PosUnreachable } from '../pos/provider';

/** So many failures in a row say more about the till than about the orders. */
const FAILURES = 3;
/** Then one order in so many milliseconds tries whether it is back. */
const PROBE_AFTER_MS = 10_000;

/** The circuit breaker of one till: while it is away, orders do not queue up behind its time-outs. */
export class TillGate {
  #breaker: CircuitBreakerPolicy = newBreaker();
  #openedAt: number | undefined;

  /** Whether a request would be turned away without being sent. */
  isClosed(): boolean {
    return this.#breaker.state === CircuitState.Open && !this.#probeIsDue();
  }

  /** @throws what `request` throws, or cockatiel's `BrokenCircuitError` when nothing was sent. */
  async pass<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await this.#breaker.execute(request);
    } finally {
      if (this.#breaker.state === CircuitState.Open) this.#openedAt ??= performance.now();
      else this.#openedAt = undefined;
    }
  }

  /** The till was heard from by another way. */
  reset(): void {
    this.#breaker = newBreaker();
    this.#openedAt = undefined;
  }

  #probeIsDue(): boolean {
    return this.#openedAt !== undefined && performance.now() - this.#openedAt >= PROBE_AFTER_MS;
  }
}

function newBreaker(): CircuitBreakerPolicy {
  return circuitBreaker(
    handleWhen((error) => error instanceof PosUnreachable || error instanceof PosOutcomeUnknown),
    { halfOpenAfter: PROBE_AFTER_MS, breaker: new ConsecutiveBreaker(FAILURES) },
  );
}
