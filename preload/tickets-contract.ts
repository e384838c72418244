import { z } from 'zod';
import { orderKeySchema } from './order-key';

/** The part of the IPC contract about printers: tickets for everybody at the counter, printers for the manager. */

const ms = z.number();
const text = (max: number) => z.string().max(max);
const nothing = z.strictObject({});
const done = z.null();
const seq = z.int().min(1);

/** What the board says of tickets. */
export const ticketsSchema = z.object({
  /** How many printers there are. */
  printers: z.number(),
  /** One sentence for each printer that has trouble. */
  troubles: z.array(z.string()),
  /** Tickets that waited too long to be printed by themselves: somebody decides. */
  waiting: z.array(z.object({ seq, number: z.string(), printer: z.string(), wantedAt: ms })),
  /** Tickets that may not be on paper. `sure`: they certainly are not. */
  questions: z.array(z.object({ seq, number: z.string(), words: z.string(), sure: z.boolean() })),
});

export const ticketRequests = {
  /** Prints an order's ticket because somebody wants it. */
  'tickets:print': { input: z.strictObject({ key: orderKeySchema }), output: done },
  /** Of the tickets that waited: which are printed, and which are not. */
  'tickets:decide': {
    input: z.strictObject({ print: z.array(seq).max(1_000), leave: z.array(seq).max(1_000) }),
    output: done,
  },
  /** Somebody looked whether it is on paper; when it is not, it is printed again. */
  'tickets:answer': { input: z.strictObject({ seq, onPaper: z.boolean() }), output: done },
} as const;

const connection = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('network'),
    host: text(253),
    port: z.int().min(1).max(65_535),
    /** It answers no question about its state. */
    mute: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('system'), device: text(300) }),
]);

const printerShape = {
  name: text(40),
  connection,
  /** Of the paper, in millimetres. */
  width: z.union([z.literal(58), z.literal(80)]),
  copies: z.int().min(1).max(5),
  when: z.enum(['accept', 'arrival']),
  /** The printer that stands in. */
  backup: text(64).nullable(),
};

const printerSchema = z.object({
  id: z.string(),
  ...printerShape,
  status: z.enum(['ready', 'trouble', 'unknown']),
  /** How it is, in one sentence. */
  words: z.string(),
});

const printersSchema = z.object({
  printers: z.array(printerSchema),
  /** What the system can print on. */
  devices: z.array(z.object({ device: z.string(), label: z.string() })),
});

export const printerRequests = {
  'printers:read': { input: nothing, output: printersSchema },
  /** A new one without an `id`, or another setting of one. Refused with words. */
  'printers:save': {
    input: z.strictObject({ id: text(64).nullable(), ...printerShape }),
    output: printersSchema,
  },
  'printers:remove': { input: z.strictObject({ id: text(64) }), output: printersSchema },
  /** Prints a sheet on it; what came of it in words. */
  'printers:test': {
    input: z.strictObject({ id: text(64) }),
    output: z.object({ good: z.boolean(), words: z.string() }),
  },
  /** What a ticket looks like on its paper: a PNG as a `data:` address. */
  'printers:preview': {
    input: z.strictObject({ width: z.union([z.literal(58), z.literal(80)]) }),
    output: z.object({ picture: z.string() }),
  },
} as const;

export type TicketsView = z.output<typeof ticketsSchema>;
export type PrintersView = z.output<typeof printersSchema>;
export type PrinterView = z.output<typeof printerSchema>;
