import type { Ms, Order } from '../../core/order';
import type { OrderEvent } from '../../core/order-events';
import { isForgettable, RETENTION_MS, withoutCustomer } from '../../core/retention';
import { asUnavailable, type Database } from './database';
import { type OrderPlace, readState } from './rows';
import type { SearchStore } from './search-store';

export const ARCHIVE_START: OrderPlace = { receivedAt: 0, seq: 0 };

export interface ArchiveStoreOptions {
  /** Runs work in a transaction of its own, which is not synced by itself. @throws {JournalUnavailable} */
  readonly commitUnsynced: <T>(work: () => T) => T;
  readonly now: () => Ms;
  /** A forgotten customer is found no more. */
  readonly search: Pick<SearchStore, 'note'>;
}

interface Row {
  readonly seq: number;
  readonly received_at: number;
  readonly state: string;
}

/** Free pages that stay in the file: the next orders fill them without making it longer. */
const SPARE_PAGES = 256;

/** What forgets customers and gives the disk its space back, a little at a time: each call is a few milliseconds' work. */
export class ArchiveStore {
  readonly #db: Database;
  readonly #options: ArchiveStoreOptions;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database, options: ArchiveStoreOptions) {
    this.#db = db;
    this.#options = options;
    this.#statements = prepare(db);
  }

  /**
   * Looks at the next `limit` orders and forgets the customers of those that are due, in one transaction.
   * @returns how far it has come; `null` when there are no more.
   * @throws {JournalUnavailable} and then nothing was forgotten.
   */
  forget(from: OrderPlace, limit: number): OrderPlace | null {
    const now = this.#options.now();
    const rows = this.#statements.next.all(from.receivedAt, from.seq, now - RETENTION_MS, limit) as Row[];
    const last = rows.at(-1);
    if (last === undefined) return null;
    const due = rows
      .map(({ seq, state }) => ({ seq, order: readState(state) }))
      .filter(({ order }) => isForgettable(order, now));
    if (due.length > 0) {
      this.#options.commitUnsynced(() => {
        for (const { seq, order } of due) this.#archive(seq, withoutCustomer(order, now), now);
      });
    }
    return { receivedAt: last.received_at, seq: last.seq };
  }

  /**
   * Gives up to so many pages of the file back to the disk; an older journal, which cannot, keeps them for its next orders.
   * @returns whether there may be more. @throws {JournalUnavailable}
   */
  shrink(pages: number): boolean {
    if (this.#pragma('auto_vacuum') !== 2 || this.#pragma('freelist_count') <= SPARE_PAGES) return false;
    // `all`: it gives back one page for each row that is asked for.
    this.#options.commitUnsynced(() => this.#db.prepare(`PRAGMA incremental_vacuum(${pages})`).all());
    return true;
  }

  /** Brings what was committed into the file itself; it never waits for a reader. @throws {JournalUnavailable} */
  checkpoint(): void {
    this.#checkpoint('PASSIVE');
  }

  /** Empties the log as well: what was forgotten still stands in it. Quick after `checkpoint`. @throws {JournalUnavailable} */
  truncateLog(): void {
    this.#checkpoint('TRUNCATE');
  }

  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    try {
      this.#db.pragma(`wal_checkpoint(${mode})`);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** The order's last event stays, as a mark: the numbers of events must only grow, and one of them may be the greatest. */
  #archive(seq: number, order: Order, at: Ms): void {
    const { deleteEvents, markEvent, update } = this.#statements;
    const event: OrderEvent = { type: 'archived' };
    deleteEvents.run(seq, seq);
    markEvent.run(at, JSON.stringify(event), seq);
    update.run(JSON.stringify(order), seq);
    this.#options.search.note(seq, order);
  }

  #pragma(name: string): number {
    const [row] = this.#db.pragma(name) as Record<string, number>[];
    return row?.[name] ?? 0;
  }
}

function prepare(db: Database) {
  return {
    next: db.prepare(
      'SELECT seq, received_at, state FROM orders WHERE archived = 0 AND (received_at, seq) > (?, ?) ' +
        'AND received_at <= ? ORDER BY received_at, seq LIMIT ?',
    ),
    deleteEvents: db.prepare(
      'DELETE FROM events WHERE order_seq = ? AND seq < (SELECT max(seq) FROM events WHERE order_seq = ?)',
    ),
    markEvent: db.prepare('UPDATE events SET at = ?, body = ? WHERE order_seq = ?'),
    update: db.prepare('UPDATE orders SET archived = 1, state = ? WHERE seq = ?'),
  };
}
