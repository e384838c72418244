import { isDeepStrictEqual } from 'node:util';
import type Libsql from 'libsql';
import type { Ms, Order, OrderKey } from '../../core/order';
import { foldEvents, type RecordedEvent } from '../../core/order-events';
import { CHECK_DUE, CHECKED_AT, DAMAGED } from './start-check';

/** Orders of so many days come along with those on the board: websites send them again, and the reconciliation asks. */
const CARRIED_MS: Ms = 7 * 86_400_000;
/** What is about the old file, and not about the restaurant. */
const OF_THE_FILE = ['clean', 'created_at', CHECK_DUE, CHECKED_AT, DAMAGED];

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
  const orders = 'SELECT seq, location, channel, id, received_at, active, state FROM orders';
  const wanted = new Map(
    [
      ...rowsOf<OrderRow>(damaged, `${orders} WHERE active = 1`),
      ...rowsOf<OrderRow>(damaged, `${orders} WHERE received_at >= ?`, now - CARRIED_MS),
    ].map((row) => [row.seq, row]),
  );
  let carried = 0;
  for (const order of [...wanted.values()].sort((a, b) => a.seq - b.seq)) {
    const events = 'SELECT seq, order_seq, at, body FROM events WHERE order_seq = ? ORDER BY seq';
    const history = rowsOf<EventRow>(damaged, events, order.seq);
    if (!isWhole(order, history)) continue;
    insert(db, 'orders', [order]);
    insert(db, 'events', history);
    carried += 1;
  }
  return carried;
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

function insert(db: Libsql.Database, table: string, rows: readonly object[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`).run(...Object.values(row));
  }
}
