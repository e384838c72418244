import { isDeepStrictEqual } from 'node:util';
import type Libsql from 'libsql';
import type { Ms, Order, OrderKey } from '../../core/order';
import { foldEvents, type RecordedEvent } from '../../core/order-events';
import { CHECK_DUE, CHECKED_AT } from './start-check';

/** Orders of so many days come along with those on the board: websites send them again, and the reconciliation asks. */
const CARRIED_MS: Ms = 7 * 86_400_000;
/** What is about the old file, and not about the restaurant. */
const OF_THE_FILE = ['clean', 'created_at', CHECK_DUE, CHECKED_AT];

interface OrderRow extends OrderKey {
  readonly seq: number;
  readonly received_at: number;
  readonly active: number;
  readonly state: string;
}

interface EventRow {
  readonly seq: number;
  readonly order_seq: number;
  readonly at: number;
  readonly body: string;
}

/**
 * Brings the board and the last days from a damaged journal into a new, empty one, under their own numbers. Only what is
 * whole: an order's state must be what its events make of it. What cannot be read stays behind.
 * @param damaged is only read.
 * @param db is in a transaction.
 * @returns how many orders came along.
 */
export function carryOver(damaged: Libsql.Database, db: Libsql.Database, now: Ms): number {
  const entries = rowsOf<{ name: string; value: string }>(damaged, 'SELECT * FROM meta');
  const kept = entries.filter(({ name }) => !OF_THE_FILE.includes(name));
  insert(db, 'meta', kept);
  insert(db, 'cursors', rowsOf(damaged, 'SELECT * FROM cursors'));
  insert(db, 'outbox', rowsOf(damaged, 'SELECT * FROM outbox WHERE done_at IS NULL'));
  // A website puts what it hears in order by these numbers: they must go on growing.
  const [last] = rowsOf<{ seq: number }>(damaged, "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");
  if (last !== undefined) {
    db.prepare("DELETE FROM sqlite_sequence WHERE name = 'outbox'").run();
    db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)").run(last.seq);
  }
  const wanted = readOrders(damaged, now - CARRIED_MS);
  let scanned: ReadonlyMap<number, readonly EventRow[]> | undefined;
  let carried = 0;
  for (const order of wanted) {
    let history = rowsOf<EventRow>(damaged, `${EVENTS} WHERE order_seq = ? ORDER BY seq`, order.seq);
    if (!isWhole(order, history)) {
      // The index may be what is damaged, and not the events.
      scanned ??= scanEvents(damaged, wanted);
      history = scanned.get(order.seq) ?? [];
      if (!isWhole(order, history)) continue;
    }
    insert(db, 'orders', [order]);
    insert(db, 'events', history);
    carried += 1;
  }
  return carried;
}

const ORDERS = 'SELECT seq, location, channel, id, received_at, active, state FROM orders';
const EVENTS = 'SELECT seq, order_seq, at, body FROM events';

/** The board, and what came since then, oldest first. By the table itself: an index that is damaged hides what is whole. */
function readOrders(damaged: Libsql.Database, since: Ms): readonly OrderRow[] {
  return rowsAround(damaged, `${ORDERS} NOT INDEXED`, `active = 1 OR received_at >= ${since}`);
}

/** By the order's number, oldest first. */
function scanEvents(
  damaged: Libsql.Database,
  [oldest]: readonly OrderRow[],
): ReadonlyMap<number, readonly EventRow[]> {
  const histories = new Map<number, EventRow[]>();
  const since = `order_seq >= ${oldest?.seq ?? 0}`;
  for (const event of rowsAround<EventRow>(damaged, `${EVENTS} NOT INDEXED`, since)) {
    const history = histories.get(event.order_seq);
    if (history === undefined) histories.set(event.order_seq, [event]);
    else history.push(event);
  }
  return histories;
}

function isWhole({ location, channel, id, state }: OrderRow, history: readonly EventRow[]): boolean {
  try {
    const events = history.map(({ at, body }) => ({ at, event: JSON.parse(body) }) as RecordedEvent);
    const folded = JSON.parse(JSON.stringify(foldEvents({ location, channel, id }, events))) as Order;
    return isDeepStrictEqual(folded, { ...folded, ...(JSON.parse(state) as Order) });
  } catch {
    // No JSON, or no history that begins: it is not whole.
    return false;
  }
}

function rowsOf<T>(db: Libsql.Database, sql: string, ...values: readonly number[]): readonly T[] {
  try {
    return db.prepare(sql).all(...values) as T[];
  } catch {
    // This is where the damage is: it stays behind, in the file that is kept aside.
    return [];
  }
}

/**
 * Rows of a table up to the first place that cannot be read, from its end and from its beginning, by their number. One by
 * one: of several that are read at once none is given when one of them cannot be.
 */
function rowsAround<T extends { readonly seq: number }>(
  db: Libsql.Database,
  sql: string,
  where: string,
): readonly T[] {
  const found = new Map<number, T>();
  const walk = (beyond: string, order: string, from: number): boolean => {
    try {
      const next = db.prepare(`${sql} WHERE seq ${beyond} ? AND (${where}) ORDER BY seq ${order} LIMIT 1`);
      for (let [row] = next.all(from) as T[]; row !== undefined; [row] = next.all(row.seq) as T[]) {
        found.set(row.seq, row);
      }
      return true;
    } catch {
      return false;
    }
  };
  if (!walk('<', 'DESC', Number.MAX_SAFE_INTEGER)) walk('>', 'ASC', 0);
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

function insert(db: Libsql.Database, table: string, rows: readonly object[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`).run(...Object.values(row));
  }
}
