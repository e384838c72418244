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
        if (before !== null) this.#figures = counted(this.#figures, before, -1, this.#dayBegan);
        this.#figures = counted(this.#figures, order, 1, this.#dayBegan);
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
    const began = midnight.toMillis();
    let figures = NONE;
    for (const orders of this.#journal.receivedSince(began)) {
      for (const order of orders) figures = counted(figures, order, 1, began);
    }
    // Only now: what the journal tells before it is read is among what is read.
    this.#figures = figures;
    this.#dayBegan = began;
    this.#dayEnds = midnight.plus({ days: 1 }).toMillis();
  }
}

function counted(
  { today, inTill, diverted, toEnter }: Figures,
  order: Order,
  times: 1 | -1,
  since: Ms,
): Figures {
  const one = (counts: boolean): number => (counts ? times : 0);
  const ofToday = !isTestOrder(order.key) && order.receivedAt >= since;
  const status = posStatus(order);
  return {
    today: today + one(ofToday),
    inTill: inTill + one(ofToday && (status === 'injected' || status === 'entered')),
    diverted: diverted + one(ofToday && order.diversion !== null),
    toEnter: toEnter + one(ofToday && status === 'diverted'),
  };
}
