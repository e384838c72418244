import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { Weekday } from './opening-hours';
import { LOCATION_ID, looksLikePlaceholder, placeholder } from './placeholders';
import { isWebAddress } from './web-address';

/**
 * The shape of `locations.yaml`, as the configuration guide describes it: the source of the types, of the messages
 * and of `data/locations.schema.json`. What a block leaves out has a default: for a till's ids and token that is the
 * guide's variable, as if it were written there.
 */

/** Loyverse's public API with its version. */
export const LOYVERSE_API = 'https://api.loyverse.com/v1.0';

const QUOTES = 'Here belongs a text. Put it in quotes.';

/** The guide writes telephones as numbers; ids often look like one. Larger numbers would lose their last digits. */
const text = z
  .union([z.string().trim().min(1), z.int({ error: QUOTES }).nonnegative({ error: QUOTES })], {
    error: ({ input }) => (typeof input === 'number' || typeof input === 'boolean' ? QUOTES : undefined),
  })
  .transform((value) => String(value));

const url = z
  .string()
  .trim()
  .refine(
    (value) => looksLikePlaceholder(value) || isWebAddress(value),
    'Here belongs an address such as https://….',
  );

const duration = z
  .string()
  .regex(/^\d+(?:ms|s|m|h)$/, 'Here belongs a time span such as 45s or 2m.')
  .transform(durationMs);

const common = {
  enabled: z.boolean().default(true).describe('Use this till.'),
  webhook_secret: text.optional().describe('Secret for webhook validation; a placeholder.'),
  sync_menu: z.boolean().default(true).describe('Keep the menu in step with the till.'),
  auto_process_orders: z.boolean().default(false).describe('Accept orders without a person.'),
  fallback_to_whatsapp: z.boolean().default(true).describe('Open WhatsApp when the till does not answer.'),
  priority: z.int().optional().describe('Lower goes first; default: the order in the file.'),
  share: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('The share of orders that this till takes, in percent.'),
  fallback_after: duration.optional().describe('How long a due order may wait for this till.'),
};

const paymentTypesSchema = z.strictObject({
  paid: text.optional(),
  cash: text.optional(),
  card: text.optional(),
});

const loyverseSchema = z.strictObject({
  ...common,
  provider: z.literal('loyverse'),
  store_id: text.default(placeholder('LOYVERSE_STORE_ID')),
  access_token: text
    .default(placeholder('LOYVERSE_ACCESS_TOKEN'))
    .describe('A placeholder, never the token.'),
  api_url: url.default(LOYVERSE_API),
  payment_type: text.optional().describe('Short for all three payment_types.'),
  payment_types: paymentTypesSchema.optional().describe('Names or ids of Loyverse payment types.'),
  employee: text.optional(),
  book_unpaid: z.enum(['accept', 'handover']).default('accept'),
});

const odooSchema = z.strictObject({
  ...common,
  provider: z.literal('odoo'),
  company_id: text.default(placeholder('ODOO_COMPANY_ID')),
  partner_id: text.default(placeholder('ODOO_PARTNER_ID')),
  pos_config_id: text.default(placeholder('ODOO_POS_CONFIG_ID')),
  user_id: text.default(placeholder('ODOO_USER_ID')),
  api_url: url.default(placeholder('ODOO_API_URL')),
  database: text.default(placeholder('ODOO_DATABASE')),
  api_key: text.default(placeholder('ODOO_API_KEY')).describe('A placeholder, never the key.'),
  payment_method: text.optional(),
});

/** One shape for each provider that the YAML may name. */
export const TILL_SCHEMAS = { loyverse: loyverseSchema, odoo: odooSchema };
export type ProviderName = keyof typeof TILL_SCHEMAS;

const tillSchema = z.discriminatedUnion('provider', [loyverseSchema, odooSchema]);

const channelSchema = z.strictObject({
  webhook_secret: text.optional().describe('The key that the website signs with; a placeholder.'),
  poll_url: url.optional().describe('Where to ask for orders.'),
  poll_token: text.optional().describe('The bearer token for poll_url; a placeholder.'),
  status_url: url.optional().describe('Where to tell what became of an order.'),
  rate_limit: z.int().nonnegative().default(600).describe('Requests a minute; 0 for no limit.'),
});

const hoursEntrySchema = z.strictObject({
  type: z.enum(['Open', 'Close']),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Here belongs a time such as "09:00" or "22:30".'),
});
const daySchema = z.array(hoursEntrySchema).optional();
const weekdays: Record<Weekday, typeof daySchema> = {
  mon: daySchema,
  tue: daySchema,
  wed: daySchema,
  thu: daySchema,
  fri: daySchema,
  sat: daySchema,
  sun: daySchema,
};

const openingHoursSchema = z.strictObject({
  mode: z.enum(['Auto', 'Open', 'Closed']).describe('Open and Closed ignore the lists.'),
  ...weekdays,
});

const escalationSchema = z.strictObject({
  louder: z.number().positive().default(20),
  full_screen: z.number().positive().default(45),
  webhook: z.number().positive().default(70),
  pause: z.number().positive().default(240),
});

export const locationSchema = z.strictObject({
  id: z
    .string()
    .regex(LOCATION_ID, 'Here belong capitals, digits and underscores, such as DIAMOND_VALE.')
    .optional()
    .describe('The LOCATION_ID; default: the ending that most variables of the block share.'),
  address: text,
  city: text,
  island: text,
  subcategories: z.array(text).default([]),
  latlon: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).optional(),
  phone: text.optional(),
  whatsapp: text.optional().describe('The number that gets orders when no till answers.'),
  orderingtables: z.array(text).default([]),
  delivery: z.record(z.string(), url).default({}),
  timezone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'Here belongs a time zone such as America/Port_of_Spain.')
    .optional(),
  currency: z
    .string()
    .refine(
      (code) => Intl.supportedValuesOf('currency').includes(code),
      'Here belongs a currency such as TTD.',
    )
    .optional(),
  pos: z.record(z.string(), tillSchema).default({}),
  channels: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]*$/), channelSchema)
    .default({})
    .describe('Websites and gateways that send orders, by a name in small letters.'),
  opening_hours: openingHoursSchema.optional(),
  escalation: escalationSchema
    .prefault({})
    .describe('Seconds until an order that nobody answers gets more insistent.'),
});

export type RawLocation = z.output<typeof locationSchema>;
export type RawTill = z.output<typeof tillSchema>;
export type RawChannel = z.output<typeof channelSchema>;
export type RawHours = z.output<typeof openingHoursSchema>;

/**
 * The names that may stand at a place of a location's block, for "did you mean".
 * @param path below the location; the place's own key is its last part.
 * @param provider of the `pos` block around it.
 */
export function namesAt(path: readonly PropertyKey[], provider: ProviderName | undefined): readonly string[] {
  const [top, , inner] = path;
  const { shape } = schemaAt(top, inner, path.length, provider);
  return Object.keys(shape);
}

function schemaAt(
  top: PropertyKey | undefined,
  inner: PropertyKey | undefined,
  depth: number,
  provider: ProviderName | undefined,
): z.ZodObject {
  if (depth === 0) return locationSchema;
  if (top === 'pos')
    return inner === 'payment_types' ? paymentTypesSchema : TILL_SCHEMAS[provider ?? 'loyverse'];
  if (top === 'channels') return channelSchema;
  if (top === 'escalation') return escalationSchema;
  return depth === 1 ? openingHoursSchema : hoursEntrySchema;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function durationMs(value: string): number {
  const [, digits, unit] = /^(\d+)(\D+)$/.exec(value) ?? [];
  return Number(digits) * (UNITS[unit ?? ''] ?? 0);
}
