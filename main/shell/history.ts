import { DateTime } from 'luxon';
import type { HistoryRow, HistorySummary } from '../../preload/contract';
import { dayStart } from '../core/day-report';
import { daySummary } from '../core/day-summary';
import type { Location } from '../core/location';
import type { Ms, Order } from '../core/order';
import type { Journal } from '../orders/journal/journal';
import { tillName } from './tills';
import { historyRow } from './views/history';

export interface HistoryOptions {
  readonly journal: Journal;
  readonly location: () => Location;
  readonly now: () => Ms;
}

/** One day's orders, and what they come to. */
export interface HistoryDay {
  readonly from: Ms;
  readonly currency: string;
  readonly summary: HistorySummary;
  readonly orders: HistoryRow[];
}

const MOST_FOUND = 50;

/** What was ordered: by day, and by whom. */
export class History {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** @param daysAgo 0 for the business day of now. @throws {JournalDamaged} */
  day(daysAgo: number): HistoryDay {
    const { journal, location, now } = this.#options;
    const { timezone, currency } = location();
    const today = DateTime.fromMillis(dayStart(now(), timezone), { zone: timezone });
    const from = today.minus({ days: daysAgo }).toMillis();
    const orders = ordersBetween(journal, from, today.minus({ days: daysAgo - 1 }).toMillis());
    const summary = daySummary(orders);
    return {
      from,
      currency,
      summary: {
        ...summary,
        paid: [...summary.paid],
        byTill: summary.byTill.map(({ till, orders: count }) => ({
          name: tillName({ key: till }),
          orders: count,
        })),
      },
      orders: orders.map(historyRow).reverse(),
    };
  }

  /** Newest first. @throws {JournalDamaged} */
  async search(text: string): Promise<HistoryRow[]> {
    return (await this.#options.journal.search.find(text, MOST_FOUND)).map(historyRow);
  }
}

function ordersBetween(journal: Journal, from: Ms, to: Ms): readonly Order[] {
  const found: Order[] = [];
  for (const part of journal.receivedSince(from)) {
    found.push(...part.filter(({ receivedAt }) => receivedAt < to));
    if ((part.at(-1)?.receivedAt ?? to) >= to) break;
  }
  return found;
}
