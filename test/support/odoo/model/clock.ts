import type { Micros } from './row';

/** The server's clock. Never stands still: two moments are never the same microsecond. */
export class Clock {
  readonly #offsetMs: () => number;
  #last: Micros = 0;

  /** @param offsetMs how far it is ahead of this computer's */
  constructor(offsetMs: () => number) {
    this.#offsetMs = offsetMs;
  }

  now(): Micros {
    const now = (Date.now() + this.#offsetMs()) * 1_000;
    this.#last = now > this.#last || this.#last - now > 1_000_000 ? now : this.#last + 1;
    return this.#last;
  }
}
