import { z } from 'zod';
import { WEEKDAYS } from './opening-hours';

/**
 * The shape of `locations.yaml`, as the configuration guide describes it. What a block leaves out has a default:
 * for a till's ids and token that is the guide's variable with the location's id, as if it were written there.
 */

/** The guide writes numbers for ids and telephones without quotes. */
const text = z.union([z.string(), z.number()]).transform((value) => String(value));
const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h)$/, 'a duration such as 45s or 2m')
  .transform((value) => durationMs(value));

const common = {
  enabled: z.boolean().default(true),
  webhook_secret: text.optional(),
  api_url: text.optional(),
  sync_menu: z.boolean().default(true),
  auto_process_orders: z.boolean().default(false),
  fallback_to_whatsapp: z.boolean().default(true),
  priority: z.int().optional(),
  share: z.number().min(0).max(100).optional(),
  fallback_after: duration.optional(),
};

const loyverseSchema = z.strictObject({
  ...common,
  provider: z.literal('loyverse'),
  store_id: text.optional(),
  access_token: text.optional(),
  payment_type: text.optional(),
  payment_types: z
    .strictObject({ paid: text.optional(), cash: text.optional(), card: text.optional() })
    .optional(),
  employee: text.optional(),
  book_unpaid: z.enum(['accept', 'handover']).optional(),
});

const odooSchema = z.strictObject({
  ...common,
  provider: z.literal('odoo'),
  company_id: text.optional(),
  partner_id: text.optional(),
  pos_config_id: text.optional(),
  user_id: text.optional(),
  database: text.optional(),
  api_key: text.optional(),
  payment_method: text.optional(),
});

const posSchema = z.discriminatedUnion('provider', [loyverseSchema, odooSchema]);

const channelSchema = z.strictObject({
  webhook_secret: text.optional(),
  poll_url: text.optional(),
  poll_token: text.optional(),
  status_url: text.optional(),
  rate_limit: z.int().min(0).default(600),
});

const hoursEntry = z.strictObject({
  type: z.enum(['Open', 'Close']),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "11:00"'),
});
const day = z.array(hoursEntry).optional();

const openingHoursSchema = z.strictObject({
  mode: z.enum(['Auto', 'Open', 'Closed']),
  ...(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, day])) as Record<
    (typeof WEEKDAYS)[number],
    typeof day
  >),
});

const escalationSchema = z.strictObject({
  louder: z.number().positive().optional(),
  full_screen: z.number().positive().optional(),
  webhook: z.number().positive().optional(),
  pause: z.number().positive().optional(),
});

export const locationSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'capitals, digits and underscores, such as DIAMOND_VALE')
    .optional(),
  address: z.string().min(1),
  city: z.string().min(1),
  island: z.string().min(1),
  subcategories: z.array(z.string()).default([]),
  latlon: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).optional(),
  phone: text.optional(),
  whatsapp: text.optional(),
  orderingtables: z.array(z.string()).default([]),
  delivery: z.record(z.string(), z.url()).default({}),
  timezone: z.string().optional(),
  currency: z.string().length(3).optional(),
  pos: z.record(z.string(), posSchema).default({}),
  channels: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name in small letters'), channelSchema)
    .default({}),
  opening_hours: openingHoursSchema.optional(),
  escalation: escalationSchema.optional(),
});

export type RawLocation = z.output<typeof locationSchema>;
export type RawTill = z.output<typeof posSchema>;
export type RawChannel = z.output<typeof channelSchema>;
export type RawHours = z.output<typeof openingHoursSchema>;

/** Every name that the document may use, for "did you mean". */
export const KNOWN_KEYS: readonly string[] = [
  ...new Set(
    [
      locationSchema,
      loyverseSchema,
      odooSchema,
      channelSchema,
      openingHoursSchema,
      escalationSchema,
      hoursEntry,
    ].flatMap((schema) => Object.keys(schema.shape)),
  ),
];

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function durationMs(value: string): number {
  const [, digits, unit] = /^(\d+)(\D+)$/.exec(value) ?? [];
  return Number(digits) * (UNITS[unit ?? ''] ?? 0);
}
