/**
 * What closed orders are found by: beginnings of words, see `core/order-search.ts`. Those on the board are looked through by
 * themselves. `searched` says whose words are there; it is 0 for orders from before, which are added little by little.
 */
export const SEARCH = `
CREATE TABLE search (
  token TEXT NOT NULL,
  order_seq INTEGER NOT NULL REFERENCES orders (seq),
  PRIMARY KEY (token, order_seq)
) WITHOUT ROWID;
CREATE INDEX search_order ON search (order_seq);
ALTER TABLE orders ADD COLUMN searched INTEGER NOT NULL DEFAULT 0 CHECK (searched IN (0, 1));
CREATE INDEX orders_unsearched ON orders (seq) WHERE active = 0 AND searched = 0;
`;
