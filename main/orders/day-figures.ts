import { DateTime } from 'luxon';
import type { Ms, Order } from '../core/order';
import { posStatus } from '../core/order';
import { isTestOrder } from '../core/test-order';
import type { Journal } from './journal/journal';

/** What came of today's orders. */
export interface Figures {
  readonly today: number;
  readonly inTill: number;
  /** Went by WhatsApp at some time. */
  readonly diverted: number;
  /** Of those, in no till yet. */
  readonly toEnter: number;
}

const NONE: Figures = { today: 0, inTill: 0, diverted: 0, toEnter: 0 };

/** Counts today's orders as they change: nobody reads the day for that, and nothing of an order is kept. */
export class DayFigures {
  readonly #journal: Journal;
  readonly #timezone: string;
  readonly #now: () => Ms;
  #figures = NONE;
  #dayBegan: Ms = 0;
  #dayEnds: Ms = 0;

  constructor(journal: Journal, timezone: string, now: () => Ms) {
    this.#journal = journal;
    this.#timezone = timezone;
    this.#now = now;
    journal.onChange((changes) => {
      if (!this.#isToday()) return;
      for (const { before, order } of changes) {
        if (before !== null) this.#count(before, -1);
        this.#count(order, 1);
      }
    });
  }

  read(): Figures {
    if (!this.#isToday()) this.#startDay();
    return this.#figures;
  }

  /** A clock that was set back makes it another day, too. */
  #isToday(): boolean {
    const now = this.#now();
    return this.#dayBegan <= now && now < this.#dayEnds;
  }

  #startDay(): void {
    const midnight = DateTime.fromMillis(this.#now(), { zone: this.#timezone }).startOf('day');
    this.#dayBegan = midnight.toMillis();
    this.#dayEnds = midnight.plus({ days: 1 }).toMillis();
    this.#figures = NONE;
    for (const orders of this.#journal.receivedSince(this.#dayBegan)) {
      for (const order of orders) this.#count(order, 1);
    }
  }

  #count(order: Order, times: 1 | -1): void {
    if (isTestOrder(order.key) || order.receivedAt < this.#dayBegan) return;
    const status = posStatus(order);
    const one = (counts: boolean): number => (counts ? times : 0);
    const { today, inTill, diverted, toEnter } = this.#figures;
    this.#figures = {
      today: today + times,
      inTill: inTill + one(status === 'injected' || status === 'entered'),
      diverted: diverted + one(order.diversion !== null),
      toEnter: toEnter + one(status === 'diverted'),
    };
  }
}
