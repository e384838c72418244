import type { Order } from '../../core/order';
import { isFoundBy, searchedFor, searchTokens } from '../../core/order-search';
import type { Database } from './database';
import { readState } from './rows';

export interface SearchStoreOptions {
  /** Those on the board: they change too often to be written down for this. */
  readonly active: () => Iterable<Order>;
  /** Runs work in a transaction of its own, which is not synced by itself. @throws {JournalUnavailable} */
  readonly commitUnsynced: <T>(work: () => T) => T;
  /** Runs what only reads. @throws {JournalDamaged} */
  readonly reading: <T>(work: () => T) => T;
}

/** A word that thousands of orders have: only the newest of them are looked at for the other words. */
const MOST_LOOKED_AT = 5_000;
/** A word that more have is as good as any other to begin with. */
const MOST_COUNTED = 1_000;
/** Greater than any letter or digit. */
const END = '\u{10FFFF}';

/** Finds orders by number, name and telephone, however many there are. */
export class SearchStore {
  readonly #options: SearchStoreOptions;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database, options: SearchStoreOptions) {
    this.#options = options;
    this.#statements = prepare(db);
  }

  /** Inside the transaction that closes the order, or that changes a closed one. */
  note(seq: number, { document }: Order): void {
    const { remove, add, mark } = this.#statements;
    remove.run(seq);
    for (const token of searchTokens(document)) add.run(token, seq);
    mark.run(seq);
  }

  /** Adds the next few of those that were closed before anything was written down. @returns whether there may be more */
  fill(limit: number): boolean {
    const rows = this.#statements.unsearched.all(limit) as { seq: number; state: string }[];
    if (rows.length === 0) return false;
    this.#options.commitUnsynced(() => {
      for (const { seq, state } of rows) this.note(seq, readState(state));
    });
    return true;
  }

  /** Orders that have every word, newest first. @throws {JournalDamaged} */
  find(text: string, limit: number): readonly Order[] {
    const wanted = searchedFor(text);
    if (wanted.length === 0) return [];
    const open = [...this.#options.active()].filter(({ document }) => isFoundBy(document, wanted));
    const closed = this.#options.reading(() => {
      const { having, alsoHaving, order } = this.#statements;
      const [rarest = '', ...others] = this.#rarestFirst(wanted);
      const found = having.all(rarest, rarest + END, MOST_LOOKED_AT) as { seq: number }[];
      const seqs = found
        .map(({ seq }) => seq)
        .filter((seq) => others.every((word) => alsoHaving.all(seq, word, word + END).length > 0));
      return seqs
        .slice(0, limit)
        .flatMap((seq) => (order.all(seq) as { state: string }[]).map(({ state }) => readState(state)));
    });
    return [...open, ...closed].sort((a, b) => b.receivedAt - a.receivedAt).slice(0, limit);
  }

  /** Most orders have not the word that the fewest have. */
  #rarestFirst(wanted: readonly string[]): readonly string[] {
    if (wanted.length === 1) return wanted;
    const counted = wanted.map((word) => {
      const [row] = this.#statements.count.all(word, word + END, MOST_COUNTED) as { count: number }[];
      return { word, count: row?.count ?? 0 };
    });
    return counted.sort((a, b) => a.count - b.count).map(({ word }) => word);
  }
}

function prepare(db: Database) {
  return {
    remove: db.prepare('DELETE FROM search WHERE order_seq = ?'),
    add: db.prepare('INSERT INTO search (token, order_seq) VALUES (?, ?)'),
    mark: db.prepare('UPDATE orders SET searched = 1 WHERE seq = ?'),
    unsearched: db.prepare(
      'SELECT seq, state FROM orders WHERE active = 0 AND searched = 0 ORDER BY seq LIMIT ?',
    ),
    having: db.prepare(
      'SELECT DISTINCT order_seq AS seq FROM search WHERE token >= ? AND token < ? ORDER BY order_seq DESC LIMIT ?',
    ),
    count: db.prepare(
      'SELECT count(*) AS count FROM (SELECT 1 FROM search WHERE token >= ? AND token < ? LIMIT ?)',
    ),
    alsoHaving: db.prepare('SELECT 1 FROM search WHERE order_seq = ? AND token >= ? AND token < ? LIMIT 1'),
    order: db.prepare('SELECT state FROM orders WHERE seq = ? AND active = 0'),
  };
}
