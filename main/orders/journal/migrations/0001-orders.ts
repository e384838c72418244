/**
 * `events` is the truth and only grows; `orders` is the state that follows from it, written in the same transaction.
 * An order's row holds its intent to be injected from the first moment, so neither can exist without the other.
 */
export const ORDERS = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE orders (
  seq INTEGER PRIMARY KEY,
  location TEXT NOT NULL,
  channel TEXT NOT NULL,
  id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  state TEXT NOT NULL,
  UNIQUE (location, channel, id)
);
CREATE INDEX orders_active ON orders (active) WHERE active = 1;
CREATE INDEX orders_received ON orders (received_at);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  order_seq INTEGER NOT NULL REFERENCES orders (seq),
  at INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX events_order ON events (order_seq, seq);

CREATE TABLE cursors (channel TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;
`;
