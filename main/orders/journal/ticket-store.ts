import type { Ms, Order, OrderKey } from '../../core/order';
import type { OrderEvent } from '../../core/order-events';
import { type TicketJob, type TicketPlace, type TicketStatus, ticketPlaces } from '../../core/ticket-job';
import type { Database } from './database';

export interface TicketStoreOptions {
  /** The printers that want tickets, as they are at the moment. */
  readonly places: () => readonly TicketPlace[];
  /** Runs work in a transaction of its own. @throws {JournalUnavailable} */
  readonly commit: <T>(work: () => T) => T;
  readonly now: () => Ms;
}

/** Nothing more becomes of these. */
const ENDED: ReadonlySet<TicketStatus> = new Set<TicketStatus>(['printed', 'dropped']);
/** Tickets that are looked at in one go. */
const AT_ONCE = 1_000;
/** As long as somebody may want one again: the next one must know that it is not the first. */
const ENDED_KEPT_MS: Ms = 7 * 86_400_000;
/** Ended ones that are deleted in one go: less than a millisecond's work. */
const TIDIED_AT_ONCE = 200;

interface Row {
  readonly seq: number;
  readonly location: string;
  readonly channel: string;
  readonly order_id: string;
  readonly printer: string;
  readonly issue: number;
  readonly copy: number;
  readonly copies: number;
  readonly status: string;
  readonly wanted_at: number;
  readonly released: number;
  readonly words: string | null;
}

/** The tickets, beside the orders that they are for. */
export class TicketStore {
  readonly #options: TicketStoreOptions;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database, options: TicketStoreOptions) {
    this.#options = options;
    this.#statements = prepare(db);
  }

  /** Inside the transaction that writes the event. */
  note({ key }: Order, event: OrderEvent, at: Ms): void {
    for (const place of ticketPlaces(event, this.#options.places())) this.#insert(key, place, 0, at);
  }

  /** What is not on paper and not given up, oldest first. */
  open(): readonly TicketJob[] {
    return (this.#statements.open.all(AT_ONCE) as Row[]).map(jobOf);
  }

  /** All that there ever was of one order, oldest first. */
  of({ location, channel, id }: OrderKey): readonly TicketJob[] {
    return (this.#statements.of.all(location, channel, id) as Row[]).map(jobOf);
  }

  /** Wants an order's ticket because a person asked for it. @throws {JournalUnavailable} */
  want(key: OrderKey, place: Pick<TicketPlace, 'id' | 'copies'>, issue: number): void {
    const { commit, now } = this.#options;
    commit(() => this.#insert(key, place, issue, now()));
  }

  /**
   * Moves a ticket on, if it still is where it was thought to be: of two who move it, one does.
   * @param words why, for `failed` and `unclear`.
   * @returns whether it was moved. @throws {JournalUnavailable}
   */
  move(seq: number, from: TicketStatus, to: TicketStatus, words: string | null = null): boolean {
    const { commit, now } = this.#options;
    const at = now();
    const { changes } = commit(() =>
      // Let go by a person, it is wanted as from now.
      to === 'wanted' && from === 'held'
        ? this.#statements.release.run(at, seq)
        : this.#statements.move.run(to, ENDED.has(to) ? at : null, words, seq, from),
    );
    return changes === 1;
  }

  /** A few of those that ended long ago go. @returns whether there may be more. @throws {JournalUnavailable} */
  tidy(): boolean {
    const { commit, now } = this.#options;
    const { changes } = commit(() => this.#statements.tidy.run(now() - ENDED_KEPT_MS, TIDIED_AT_ONCE));
    return changes === TIDIED_AT_ONCE;
  }

  #insert(key: OrderKey, place: Pick<TicketPlace, 'id' | 'copies'>, issue: number, at: Ms): void {
    const { location, channel, id } = key;
    for (let copy = 1; copy <= place.copies; copy += 1) {
      this.#statements.insert.run(location, channel, id, place.id, issue, copy, place.copies, at);
    }
  }
}

function jobOf(row: Row): TicketJob {
  const { seq, location, channel, printer, issue, copy, copies, words } = row;
  return {
    seq,
    key: { location, channel, id: row.order_id },
    printer,
    issue,
    copy,
    copies,
    // What this app wrote; the schema's version vouches for it.
    status: row.status as TicketStatus,
    wantedAt: row.wanted_at,
    isReleased: row.released === 1,
    words,
  };
}

function prepare(db: Database) {
  return {
    insert: db.prepare(
      `INSERT INTO tickets (location, channel, order_id, printer, issue, copy, copies, status, wanted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'wanted', ?) ON CONFLICT DO NOTHING`,
    ),
    open: db.prepare('SELECT * FROM tickets WHERE ended_at IS NULL ORDER BY seq LIMIT ?'),
    of: db.prepare('SELECT * FROM tickets WHERE location = ? AND channel = ? AND order_id = ? ORDER BY seq'),
    move: db.prepare('UPDATE tickets SET status = ?, ended_at = ?, words = ? WHERE seq = ? AND status = ?'),
    release: db.prepare(
      "UPDATE tickets SET status = 'wanted', released = 1, wanted_at = ? WHERE seq = ? AND status = 'held'",
    ),
    tidy: db.prepare('DELETE FROM tickets WHERE seq IN (SELECT seq FROM tickets WHERE ended_at < ? LIMIT ?)'),
  };
}
