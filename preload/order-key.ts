import { z } from 'zod';

const text = z.string().max(128);

/** What makes one order one order. */
export const orderKeySchema = z.strictObject({
  location: text,
  channel: text,
  id: text,
});
