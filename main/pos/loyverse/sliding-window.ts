import type { Ms } from '../../core/order';

/**
 * The requests of the last so many milliseconds, by any clock that only goes forward. By hand, since Bottleneck fills
 * its reservoir up in steps, which lets twice the number through around each of them.
 */
export class SlidingWindow {
  readonly #lengthMs: Ms;
  /** Oldest first. */
  #times: Ms[] = [];

  constructor(lengthMs: Ms) {
    this.#lengthMs = lengthMs;
  }

  add(now: Ms): void {
    this.count(now);
    this.#times.push(now);
  }

  /** It was not one after all. */
  remove(time: Ms): void {
    const at = this.#times.lastIndexOf(time);
    if (at !== -1) this.#times.splice(at, 1);
  }

  /** Forgets what has left the window. */
  count(now: Ms): number {
    const oldest = now - this.#lengthMs;
    const gone = this.#times.findIndex((time) => time > oldest);
    if (gone === -1) this.#times = [];
    else if (gone > 0) this.#times.splice(0, gone);
    return this.#times.length;
  }

  /** How long until there is room for one more below the limit; 0 when there is. */
  waitFor(limit: number, now: Ms): Ms {
    const count = this.count(now);
    if (count < limit) return 0;
    // When this one is gone, `limit - 1` are left.
    const last = this.#times[count - limit];
    return last === undefined ? this.#lengthMs : last + this.#lengthMs - now;
  }

  /** Counts the other's requests, too. */
  absorb(other: SlidingWindow): void {
    this.#times = [...this.#times, ...other.#times].sort((a, b) => a - b);
  }
}
