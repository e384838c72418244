/**
 * What websites are to be told. A row is written with the event that it tells of, in one transaction, so that neither can
 * exist without the other. `seq` only grows: by it a website puts what it hears in order.
 */
export const OUTBOX = `
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  order_id TEXT,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  done_at INTEGER
);
CREATE INDEX outbox_open ON outbox (seq) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
`;
