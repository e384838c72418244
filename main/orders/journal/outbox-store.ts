import { randomUUID } from 'node:crypto';
import type { Ms, Order } from '../../core/order';
import type { OrderEvent } from '../../core/order-events';
import { orderNews } from '../../core/outbox-messages';
import type { Database } from './database';

/** One message to a website, on disk until it was delivered. */
export interface OutboxEntry {
  /** Grows with each message of this journal. */
  readonly seq: number;
  readonly channel: string;
  /** `null` for what is about the store. */
  readonly orderId: string | null;
  /** When it happened. */
  readonly at: Ms;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The same each time it is sent. */
  readonly messageId: string;
  /** How often in a row it could not be delivered. */
  readonly tries: number;
  readonly nextAt: Ms;
}

export interface OutboxStoreOptions {
  /** Whether a channel's website wants to be told anything, as it is at the moment. */
  readonly announces: (channel: string) => boolean;
  /** Runs work in a transaction of its own. @throws {JournalUnavailable} */
  readonly commit: <T>(work: () => T) => T;
  /** The same, but not synced by itself. @throws {JournalUnavailable} */
  readonly commitUnsynced: <T>(work: () => T) => T;
  readonly now: () => Ms;
}

/** What is looked at of one website in one go: one that was away for days is told in order, not all at once. */
const AT_ONCE = 500;
/** Delivered messages that are deleted in one go: less than a millisecond's work. */
const TIDIED_AT_ONCE = 200;
const DELIVERED_KEPT_MS: Ms = 86_400_000;

interface Row {
  readonly seq: number;
  readonly channel: string;
  readonly order_id: string | null;
  readonly at: number;
  readonly type: string;
  readonly data: string;
  readonly message_id: string;
  readonly tries: number;
  readonly next_at: number;
}

/** The messages to websites, beside the orders that they are about. */
export class OutboxStore {
  readonly #options: OutboxStoreOptions;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database, options: OutboxStoreOptions) {
    this.#options = options;
    this.#statements = prepare(db);
  }

  /** Inside the transaction that writes the event. */
  note(order: Order, event: OrderEvent, at: Ms): void {
    const { channel, id } = order.key;
    const news = orderNews(order, event);
    if (news === null || !this.#options.announces(channel)) return;
    this.#insert(channel, id, at, news.type, news.data);
  }

  /** Something about the store. @throws {JournalUnavailable} */
  tell(channel: string, type: string, data: Readonly<Record<string, unknown>>): void {
    const { commit, now } = this.#options;
    commit(() => this.#insert(channel, null, now(), type, data));
  }

  /** What was not delivered yet, each website's oldest first: what one was not told for days stands before no other's. */
  pending(): readonly OutboxEntry[] {
    const channels = this.#statements.waiting.all() as Pick<Row, 'channel'>[];
    const rows = channels.flatMap(({ channel }) => this.#statements.pending.all(channel, AT_ONCE) as Row[]);
    return rows.map((row) => ({
      seq: row.seq,
      channel: row.channel,
      orderId: row.order_id,
      at: row.at,
      type: row.type,
      data: JSON.parse(row.data) as OutboxEntry['data'],
      messageId: row.message_id,
      tries: row.tries,
      nextAt: row.next_at,
    }));
  }

  /** The number of the newest message; 0 before the first. */
  lastSeq(): number {
    return (this.#statements.last.all() as { seq: number }[])[0]?.seq ?? 0;
  }

  /**
   * Delivered, or nobody wants it any more. Not synced: a website that hears something once more knows it by its id.
   * @throws {JournalUnavailable}
   */
  done(seq: number): void {
    const { commitUnsynced, now } = this.#options;
    commitUnsynced(() => this.#statements.done.run(now(), seq));
  }

  /** Not synced: at worst it is tried sooner. @throws {JournalUnavailable} */
  postpone(seq: number, tries: number, nextAt: Ms): void {
    this.#options.commitUnsynced(() => this.#statements.postpone.run(tries, nextAt, seq));
  }

  /** A few of those that were delivered long ago go. @returns whether there may be more. @throws {JournalUnavailable} */
  tidy(): boolean {
    const { commitUnsynced, now } = this.#options;
    const before = now() - DELIVERED_KEPT_MS;
    const { changes } = commitUnsynced(() => this.#statements.tidy.run(before, TIDIED_AT_ONCE));
    return changes === TIDIED_AT_ONCE;
  }

  #insert(channel: string, orderId: string | null, at: Ms, type: string, data: object): void {
    this.#statements.insert.run(channel, orderId, at, type, JSON.stringify(data), `msg_${randomUUID()}`, at);
  }
}

function prepare(db: Database) {
  return {
    insert: db.prepare(
      'INSERT INTO outbox (channel, order_id, at, type, data, message_id, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    waiting: db.prepare('SELECT DISTINCT channel FROM outbox WHERE done_at IS NULL'),
    pending: db.prepare('SELECT * FROM outbox WHERE done_at IS NULL AND channel = ? ORDER BY seq LIMIT ?'),
    last: db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"),
    done: db.prepare('UPDATE outbox SET done_at = ? WHERE seq = ?'),
    postpone: db.prepare('UPDATE outbox SET tries = ?, next_at = ? WHERE seq = ?'),
    tidy: db.prepare(
      'DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE done_at IS NOT NULL AND done_at < ? LIMIT ?)',
    ),
  };
}
