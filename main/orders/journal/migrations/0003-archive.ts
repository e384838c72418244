/**
 * Which orders still name their customer. `archived` goes back to 0 with each change, so that what comes later is forgotten
 * in its turn. The index holds only those: looking for what is due costs the same however many there are behind it.
 */
export const ARCHIVE = `
ALTER TABLE orders ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
CREATE INDEX orders_kept ON orders (received_at) WHERE archived = 0;
`;
