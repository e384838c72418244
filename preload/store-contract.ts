import { z } from 'zod';

/** The store takes no orders for a while, or promises more time. */

const nothing = z.strictObject({});
const done = z.null();

const REASONS = ['too_busy', 'short_staffed', 'item_finished', 'equipment', 'other'] as const;

export const modeSchema = z.object({
  pause: z
    .object({
      reason: z.enum(REASONS),
      /** `null`: until somebody resumes. */
      until: z.number().nullable(),
      /** Whether the websites know: one sentence. */
      words: z.string(),
    })
    .nullable(),
  busy: z.object({ extraMinutes: z.number(), until: z.number() }).nullable(),
});

export const storeRequests = {
  'store:pause': {
    input: z.strictObject({
      length: z.enum(['quarter', 'hour', 'day', 'open_end']),
      reason: z.enum(REASONS),
    }),
    output: done,
  },
  'store:resume': { input: nothing, output: done },
  /** Every promise is longer by so much, for so long. */
  'store:busy': {
    input: z.strictObject({
      extraMinutes: z.literal([10, 20, 30]),
      forMinutes: z.literal([30, 60, 120]),
    }),
    output: done,
  },
  'store:calm': { input: nothing, output: done },
} as const;

export type ModeView = z.output<typeof modeSchema>;
