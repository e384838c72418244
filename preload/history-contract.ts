import { z } from 'zod';
import { orderKeySchema } from './order-key';

/** What was ordered, on a day or by somebody. */

const rowSchema = z.object({
  key: orderKeySchema,
  number: z.string(),
  receivedAt: z.number(),
  name: z.string(),
  phone: z.string(),
  items: z.number(),
  total: z.number(),
  currency: z.string(),
  status: z.enum(['new', 'accepted', 'preparing', 'ready', 'completed', 'rejected', 'cancelled']),
  /** Where its sale is: a receipt's number, or in words. */
  till: z.string(),
  /** Sent by the set-up: it counts in no figures. */
  test: z.boolean(),
});

const summarySchema = z.object({
  orders: z.number(),
  accepted: z.number(),
  inTime: z.number(),
  medianMs: z.number().nullable(),
  missed: z.number(),
  rejected: z.number(),
  /** By what staff call the till. */
  byTill: z.array(z.object({ name: z.string(), orders: z.number() })),
  byWhatsapp: z.number(),
  paid: z.array(
    z.object({
      kind: z.enum(['online', 'cash', 'card', 'counter']),
      orders: z.number(),
      total: z.number(),
    }),
  ),
  total: z.number(),
});

/** 0 is today; a day ends at five in the morning. */
const withDay = z.strictObject({ daysAgo: z.int().min(0).max(3_650) });

export const historyRequests = {
  'history:day': {
    input: withDay,
    output: z.object({
      /** When the day began. */
      from: z.number(),
      currency: z.string(),
      summary: summarySchema,
      /** Newest first. */
      orders: z.array(rowSchema),
    }),
  },
  /** Orders of any day that have every word in their number, name or telephone, newest first. */
  'history:search': {
    input: z.strictObject({ text: z.string().max(80) }),
    output: z.object({ orders: z.array(rowSchema) }),
  },
  /** Shows the day as a sheet, to be printed. */
  'history:print': { input: withDay, output: z.null() },
  /** Asks where to, and saves the day's orders as CSV. `false`: nobody wanted to after all. */
  'history:save': { input: withDay, output: z.object({ saved: z.boolean() }) },
} as const;

export type HistoryRow = z.output<typeof rowSchema>;
export type HistorySummary = z.output<typeof summarySchema>;
