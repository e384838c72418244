/**
 * The tickets that printers are to print. A row is written with the event that wants it, in one transaction; no two rows are
 * the same sheet of paper, so that nothing can want it twice.
 */
export const TICKETS = `
CREATE TABLE tickets (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  location TEXT NOT NULL,
  channel TEXT NOT NULL,
  order_id TEXT NOT NULL,
  printer TEXT NOT NULL,
  issue INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  status TEXT NOT NULL,
  wanted_at INTEGER NOT NULL,
  released INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER,
  words TEXT,
  UNIQUE (location, channel, order_id, printer, issue, copy)
);
CREATE INDEX tickets_open ON tickets (seq) WHERE ended_at IS NULL;
CREATE INDEX tickets_ended ON tickets (ended_at) WHERE ended_at IS NOT NULL;
`;
