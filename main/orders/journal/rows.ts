import { isActive, type Ms, type Order, type OrderKey } from '../../core/order';
import type { RecordedEvent } from '../../core/order-events';
import type { Database } from './database';

/** How far a walk over the orders has come. */
export interface OrderPlace {
  readonly receivedAt: Ms;
  readonly seq: number;
}

/** A few milliseconds' work: whoever walks over all orders lets others have their turn between two parts. */
export interface OrderPart<T> {
  readonly found: readonly T[];
  /** Where to go on; `null` behind the last one. */
  readonly next: OrderPlace | null;
}

const AT_ONCE = 100;

/** The journal's statements, prepared once. Rows hold what this app wrote; the schema's version vouches for them. */
export interface JournalRows {
  find(key: OrderKey): { readonly seq: number; readonly order: Order } | undefined;
  active(): readonly Order[];
  /** The next of all orders, in the order in which they came. */
  after(place: OrderPlace): OrderPart<Order>;
  /** What the next of the orders that came before `to` are called in the tills. */
  referencesAfter(place: OrderPlace, to: Ms): OrderPart<string>;
  lastReceivedAt(): Ms | null;
  history(seq: number): readonly RecordedEvent[];
  insertOrder(order: Order): number;
  updateOrder(seq: number, order: Order): void;
  /** @returns its own number: they only grow. */
  insertEvent(seq: number, event: RecordedEvent): number;
  /** The number of the newest event; 0 when there is none. */
  lastEvent(): number;
  cursor(channel: string): string | undefined;
  setCursor(channel: string, cursor: string): void;
}

/** What orders have had only since some version. */
const LATER = { paidBy: null, refund: null, tries: 0, copies: [], answeredAt: null } as const;

/** A state that an older Tillside wrote lacks what came later. */
export function readState(text: string): Order {
  const stored = JSON.parse(text) as Omit<Order, keyof typeof LATER> & Partial<Order>;
  return { ...LATER, ...stored };
}

export function prepareRows(db: Database): JournalRows {
  // `all` and never `get`: libsql leaves a `get` statement open, and an open reader keeps the WAL from shrinking.
  const find = db.prepare('SELECT seq, state FROM orders WHERE location = ? AND channel = ? AND id = ?');
  const active = db.prepare('SELECT state FROM orders WHERE active = 1 ORDER BY seq');
  const after = db.prepare(
    'SELECT seq, received_at, state AS found FROM orders WHERE (received_at, seq) > (?, ?) ' +
      'ORDER BY received_at, seq LIMIT ?',
  );
  // Taken out by SQLite: parsing a week of orders would be felt.
  const references = db.prepare(
    "SELECT seq, received_at, json_extract(state, '$.reference') AS found FROM orders " +
      'WHERE (received_at, seq) > (?, ?) AND received_at < ? ORDER BY received_at, seq LIMIT ?',
  );
  const last = db.prepare('SELECT max(received_at) AS at FROM orders');
  const history = db.prepare('SELECT at, body FROM events WHERE order_seq = ? ORDER BY seq');
  const lastEvent = db.prepare('SELECT max(seq) AS seq FROM events');
  const insertOrder = db.prepare(
    'INSERT INTO orders (location, channel, id, received_at, active, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const updateOrder = db.prepare('UPDATE orders SET active = ?, archived = 0, state = ? WHERE seq = ?');
  const insertEvent = db.prepare('INSERT INTO events (order_seq, at, body) VALUES (?, ?, ?)');
  const cursor = db.prepare('SELECT cursor FROM cursors WHERE channel = ?');
  const setCursor = db.prepare(
    'INSERT INTO cursors VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET cursor = excluded.cursor',
  );
  const states = (rows: unknown[]): Order[] =>
    (rows as { state: string }[]).map((row) => readState(row.state));

  return {
    find: (key) => {
      const [row] = find.all(key.location, key.channel, key.id) as { seq: number; state: string }[];
      return row === undefined ? undefined : { seq: row.seq, order: readState(row.state) };
    },
    active: () => states(active.all()),
    after: (place) => partOf(after.all(place.receivedAt, place.seq, AT_ONCE), readState),
    referencesAfter: (place, to) =>
      partOf(references.all(place.receivedAt, place.seq, to, AT_ONCE), (reference) => reference),
    lastReceivedAt: () => (last.all() as { at: number | null }[])[0]?.at ?? null,
    history: (seq) =>
      (history.all(seq) as { at: number; body: string }[]).map((row) => ({
        at: row.at,
        event: JSON.parse(row.body) as RecordedEvent['event'],
      })),
    insertOrder: (order) => {
      const { location, channel, id } = order.key;
      const row = [location, channel, id, order.receivedAt, isActive(order) ? 1 : 0, JSON.stringify(order)];
      return Number(insertOrder.run(...row).lastInsertRowid);
    },
    updateOrder: (seq, order) => {
      updateOrder.run(isActive(order) ? 1 : 0, JSON.stringify(order), seq);
    },
    insertEvent: (seq, { at, event }) =>
      Number(insertEvent.run(seq, at, JSON.stringify(event)).lastInsertRowid),
    lastEvent: () => (lastEvent.all() as { seq: number | null }[])[0]?.seq ?? 0,
    cursor: (channel) => (cursor.all(channel) as { cursor: string }[])[0]?.cursor,
    setCursor: (channel, value) => {
      setCursor.run(channel, value);
    },
  };
}

function partOf<T>(rows: unknown[], read: (found: string) => T): OrderPart<T> {
  const found = rows as { seq: number; received_at: number; found: string }[];
  const last = found.length < AT_ONCE ? undefined : found.at(-1);
  return {
    found: found.map((row) => read(row.found)),
    next: last === undefined ? null : { receivedAt: last.received_at, seq: last.seq },
  };
}
