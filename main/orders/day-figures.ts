import { DateTime } from 'luxon';
import type { Ms, Order } from '../core/order';
import { keyText, type PosStatus, posStatus } from '../core/order';
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

/** Counts today's orders as they change, so that nobody reads the whole day for each change. */
export class DayFigures {
  readonly #journal: Journal;
  readonly #timezone: string;
  readonly #now: () => Ms;
  readonly #orders = new Map<string, { readonly status: PosStatus; readonly diverted: boolean }>();
  #dayEnds: Ms = 0;

  constructor(journal: Journal, timezone: string, now: () => Ms) {
    this.#journal = journal;
    this.#timezone = timezone;
    this.#now = now;
    journal.onChange((changes) => {
      if (this.#now() >= this.#dayEnds) return;
      for (const { order } of changes) this.#note(order);
    });
  }

  read(): Figures {
    if (this.#now() >= this.#dayEnds) this.#startDay();
    const orders = [...this.#orders.values()];
    return {
      today: orders.length,
      inTill: orders.filter(({ status }) => status === 'injected' || status === 'entered').length,
      diverted: orders.filter(({ diverted }) => diverted).length,
      toEnter: orders.filter(({ status }) => status === 'diverted').length,
    };
  }

  #startDay(): void {
    const midnight = DateTime.fromMillis(this.#now(), { zone: this.#timezone }).startOf('day');
    this.#dayEnds = midnight.plus({ days: 1 }).toMillis();
    this.#orders.clear();
    for (const order of this.#journal.receivedSince(midnight.toMillis())) this.#note(order);
  }

  #note(order: Order): void {
    if (isTestOrder(order.key)) return;
    this.#orders.set(keyText(order.key), { status: posStatus(order), diverted: order.diversion !== null });
  }
}
