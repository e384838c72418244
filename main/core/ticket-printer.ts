import { z } from 'zod';

const connectionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('network'),
    /** A name or an address. */
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535),
    /** It answers no question about its state: nobody can know whether it printed. */
    mute: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('system'),
    /** As the system calls it. */
    device: z.string().min(1).max(300),
  }),
]);

/** A printer of this computer, as the settings keep it. */
export const printerSettingSchema = z.object({
  id: z.string().min(1).max(64),
  /** What people call it. */
  name: z.string().min(1).max(40),
  connection: connectionSchema,
  /** Of the paper, in millimetres. */
  width: z.union([z.literal(58), z.literal(80)]),
  copies: z.int().min(1).max(5),
  when: z.enum(['accept', 'arrival']),
  /** The id of the printer that stands in while this one has trouble. */
  backup: z.string().nullable().default(null),
});

export type PrinterSetting = z.output<typeof printerSettingSchema>;
export type PrinterConnection = PrinterSetting['connection'];
