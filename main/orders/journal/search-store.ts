import { setImmediate as turnOfOthers } from 'node:timers/promises';
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

/** Orders that have a word, if no more: they are looked up by it. */
const MOST_LOOKED_UP = 1_000;
/** Orders that are looked through at once where every word has more than that. It takes a millisecond or two. */
const PIECE = 1_000;
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

  /**
   * Orders that have every word, newest first. However many have one, whatever else there is to do goes on meanwhile.
   * @throws {JournalDamaged}
   */
  async find(text: string, limit: number): Promise<readonly Order[]> {
    const wanted = searchedFor(text);
    if (wanted.length === 0) return [];
    // Before the closed ones: what is closed meanwhile is found here.
    const open = [...this.#options.active()].filter(({ document }) => isFoundBy(document, wanted));
    const known = new Set(open.map(({ reference }) => reference));
    const closed = (await this.#newest(wanted, limit)).filter(({ reference }) => !known.has(reference));
    return [...open, ...closed].sort((a, b) => b.receivedAt - a.receivedAt).slice(0, limit);
  }

  async #newest(wanted: readonly string[], limit: number): Promise<readonly Order[]> {
    const { reading } = this.#options;
    const few = reading(() => this.#lookedUp(wanted));
    if (few !== null) return reading(() => this.#orders(few.slice(0, limit)));
    const found: Order[] = [];
    for (let end = reading(() => this.#last()); end > 0 && found.length < limit; end -= PIECE) {
      const seqs = reading(() => this.#havingAll(wanted, end - PIECE, end));
      found.push(...reading(() => this.#orders(seqs.slice(0, limit - found.length))));
      await turnOfOthers();
    }
    return found;
  }

  /** Those that have every word, newest first, by the one that the fewest have; `null` when too many have each. */
  #lookedUp(wanted: readonly string[]): readonly number[] | null {
    const { having, alsoHaving } = this.#statements;
    const [rarest] = wanted
      .map((word) => ({ word, rows: having.all(word, word + END, MOST_LOOKED_UP + 1) as { seq: number }[] }))
      .sort((a, b) => a.rows.length - b.rows.length);
    if (rarest === undefined || rarest.rows.length > MOST_LOOKED_UP) return null;
    const others = wanted.filter((word) => word !== rarest.word);
    return [...new Set(rarest.rows.map(({ seq }) => seq))]
      .filter((seq) => others.every((word) => alsoHaving.all(seq, word, word + END).length > 0))
      .sort((a, b) => b - a);
  }

  /** Those after one and up to another that have every word, newest first. */
  #havingAll(wanted: readonly string[], after: number, last: number): readonly number[] {
    const { havingBetween } = this.#statements;
    const [first = new Set<number>(), ...others] = wanted.map((word) => {
      const rows = havingBetween.all(after, last, word, word + END) as { seq: number }[];
      return new Set(rows.map(({ seq }) => seq));
    });
    return [...first].filter((seq) => others.every((having) => having.has(seq))).sort((a, b) => b - a);
  }

  #orders(seqs: readonly number[]): readonly Order[] {
    const rows = seqs.flatMap((seq) => this.#statements.order.all(seq) as { state: string }[]);
    return rows.map(({ state }) => readState(state));
  }

  #last(): number {
    const [row] = this.#statements.last.all() as { seq: number }[];
    return row?.seq ?? 0;
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
    having: db.prepare('SELECT order_seq AS seq FROM search WHERE token >= ? AND token < ? LIMIT ?'),
    // By orders: the planner would rather look through everything that has the word.
    havingBetween: db.prepare(`
      SELECT order_seq AS seq FROM search INDEXED BY search_order
      WHERE order_seq > ? AND order_seq <= ? AND token >= ? AND token < ?`),
    last: db.prepare('SELECT max(order_seq) AS seq FROM search'),
    alsoHaving: db.prepare('SELECT 1 FROM search WHERE order_seq = ? AND token >= ? AND token < ? LIMIT 1'),
    order: db.prepare('SELECT state FROM orders WHERE seq = ? AND active = 0'),
  };
}
