import type { Ms } from '../core/order';
import type { SandboxSwitches } from './switches';

/** Counts an account's requests over a sliding window. Refused ones do not count. */
export class RateLimit {
  readonly #admitted: Ms[] = [];

  admit(limit: NonNullable<SandboxSwitches['rateLimit']>, now: Ms): boolean {
    const windowBegan = now - limit.perSeconds * 1000;
    while ((this.#admitted[0] ?? now) < windowBegan) this.#admitted.shift();
    if (this.#admitted.length >= limit.requests) return false;
    this.#admitted.push(now);
    return true;
  }
}
