import type { Ms } from '../../core/order';

const DAY: Ms = 86_400_000;
/** Tillside is younger: a clock that shows an earlier time has lost it. */
const EARLIEST: Ms = Date.UTC(2025, 0, 1);
/** A clock that is so far ahead of another sound one is itself at fault. */
const FAR_AHEAD: Ms = 5 * 365 * DAY;

/** By which clock something is looked for in Loyverse. */
export interface SearchClock {
  /** What to add to our time for theirs. */
  readonly offset: Ms;
  /** How much farther back to look. */
  readonly back: Ms;
}

/** Loyverse's clock against ours, from the `Date` of its newest answer. */
export class ServerClock {
  #difference: Ms | null = null;
  /** `in_doubt`: more than a day apart, and nothing tells which of the two is wrong. */
  #trust: 'full' | 'in_doubt' | 'none' = 'full';

  /**
   * Reads an answer's clock.
   * @returns the server's time; `null` when it tells none, or none to rely on
   */
  read(date: string | null, now: Ms): Ms | null {
    const time = Date.parse(date ?? '');
    if (Number.isNaN(time)) return null;
    const difference = time - now;
    this.#difference = difference;
    if (time < EARLIEST) this.#trust = 'none';
    else if (now < EARLIEST || Math.abs(difference) <= DAY) this.#trust = 'full';
    else this.#trust = difference > FAR_AHEAD ? 'none' : 'in_doubt';
    return this.#trust === 'full' ? time : null;
  }

  /** How far Loyverse's clock is ahead of ours, relied on or not; `null` before the first answer. */
  difference(): Ms | null {
    return this.#difference;
  }

  /** Whether its time is taken for the true one. */
  isRelied(): boolean {
    return this.#trust === 'full';
  }

  /** What to add to our time for a date that Loyverse is told; `null` before the first answer. */
  offset(): Ms | null {
    return this.#trust === 'full' ? this.#difference : 0;
  }

  /**
   * In doubt from the earlier of both: looking too far back costs a page, looking too late misses a sale, which would
   * be booked again. How far the list reaches is Loyverse's own clock's to say.
   */
  search(): SearchClock {
    const offset = this.#difference ?? 0;
    switch (this.#trust) {
      case 'full':
        return { offset, back: 0 };
      case 'in_doubt':
        return { offset, back: Math.max(0, offset) };
      case 'none':
        return { offset: 0, back: 0 };
    }
  }
}
