/** Each website's messages are looked at by themselves: what one was not told for days is no other's to read through. */
export const OUTBOX_BY_WEBSITE = `
CREATE INDEX outbox_waiting ON outbox (channel, seq) WHERE done_at IS NULL;
DROP INDEX outbox_open;
`;
