import { z } from 'zod';
import { orderKeySchema } from './order-key';

/** The account of the day: its orders held against what the tills have. */

const nothing = z.strictObject({});

const daySchema = z.object({
  /** When the tills were asked. */
  at: z.number(),
  /** `38 orders, 38 in the till, 0 open`. */
  words: z.string(),
  orders: z.number(),
  inTill: z.number(),
  byHand: z.number(),
  open: z.number(),
  closedWithoutMeal: z.number(),
  /** What the orders in the till come to there, in minor units. */
  total: z.number(),
  currency: z.string(),
  /** Tills that did not answer, by name. */
  unasked: z.array(z.string()),
  findings: z.array(
    z.object({
      kind: z.enum(['missing', 'doubled', 'other_total', 'unwanted', 'stranger', 'open']),
      key: orderKeySchema.nullable(),
      words: z.string(),
    }),
  ),
});

export const dayRequests = {
  /** Asks the tills, which may take some seconds. */
  'day:check': { input: nothing, output: daySchema },
  /** Shows the last account as a sheet, to be printed. */
  'day:print': { input: nothing, output: z.null() },
} as const;

export type DayView = z.output<typeof daySchema>;
