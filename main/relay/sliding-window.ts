const MINUTE_MS = 60_000;

/**
 * At most `limit` requests in any stretch of a minute, wherever it begins; one burst may use all of it.
 * Refused requests cost nothing, so a sender that keeps knocking gets in as soon as there is room.
 */
export class SlidingWindow {
  readonly #limit: number;
  /** A ring of the last `limit` admissions; `#oldest` is where the next one goes. */
  readonly #admissions: number[] = [];
  #oldest = 0;
  #latest = Number.NEGATIVE_INFINITY;

  /** @param limit requests a minute; 0 for no limit. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Charges one request. @returns 0 when it is admitted, otherwise how many milliseconds to wait for room. */
  charge(now: number): number {
    if (this.#limit === 0) return 0;
    // The computer's clock was set back: what was noted lies in the future and would lock senders out until then.
    if (now < this.#latest) this.#forget();
    const oldest = this.#admissions[this.#oldest];
    if (oldest !== undefined && now - oldest < MINUTE_MS) return oldest + MINUTE_MS - now;
    this.#admissions[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#limit;
    this.#latest = now;
    return 0;
  }

  #forget(): void {
    this.#admissions.length = 0;
    this.#oldest = 0;
  }
}
