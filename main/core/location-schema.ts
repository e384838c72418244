import { DateTime, IANAZone } from 'luxon';
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

const QUOTES = 'a text in quotes';

/** The guide writes telephones as numbers; ids often look like one. Larger numbers would lose their last digits. */
const textLike = (string: z.ZodString) =>
  z
    .union([string, z.int({ error: QUOTES }).nonnegative({ error: QUOTES })], {
      error: ({ input }) => (typeof input === 'number' || typeof input === 'boolean' ? QUOTES : undefined),
    })
    .transform((value) => String(value));

const text = textLike(z.string().trim().min(1));

/** Editors say it at once when something else stands there; the loader has its own words for that. */
const secret = textLike(z.string().trim().min(1).meta({ pattern: '^\\s*\\{\\{' }));

const url = z
  .string()
  .trim()
  .refine((value) => looksLikePlaceholder(value) || isWebAddress(value), 'an address such as https://…');

const duration = z
  .string()
  .regex(/^\d+(?:ms|s|m|h)$/, 'a time span such as 45s or 2m')
  .transform(durationMs);

const common = {
  enabled: z.boolean().default(true).describe('Use this till.'),
  webhook_secret: secret.optional().describe('Secret for webhook validation; a placeholder.'),
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
  paid: text.optional().describe('For orders that were paid online.'),
  cash: text.optional().describe('For orders that are paid in cash.'),
  card: text.optional().describe('For orders that are paid by card in the restaurant.'),
});

const PROVIDER = 'The POS system behind this till; the name above it may be any other.';

const loyverseSchema = z.strictObject({
  ...common,
  provider: z.literal('loyverse').describe(PROVIDER),
  store_id: text.default(placeholder('LOYVERSE_STORE_ID')).describe('Loyverse store identifier.'),
  access_token: secret
    .default(placeholder('LOYVERSE_ACCESS_TOKEN'))
    .describe('A placeholder, never the token.'),
  api_url: url.default(LOYVERSE_API).describe('Base URL of the API, its version included.'),
  payment_type: text.optional().describe('Short for all three payment_types.'),
  payment_types: paymentTypesSchema.optional().describe('Names or ids of Loyverse payment types.'),
  employee: text.optional().describe('Name or id of the employee that sales are booked on.'),
  discount: text
    .optional()
    .describe('Name or id of the discount without a fixed amount for website discounts.'),
  delivery_item: text.optional().describe('Name, SKU or id of the item that stands for a delivery fee.'),
  tip_item: text.optional().describe('Name, SKU or id of the item that stands for a tip.'),
  book_unpaid: z
    .enum(['accept', 'handover'])
    .default('accept')
    .describe('When an order that is not paid yet is booked.'),
  order_sources: z
    .array(text)
    .default([])
    .describe('Ordering sites whose receipts in Loyverse are shown as orders, by the receipt’s source.'),
});

const odooSchema = z.strictObject({
  ...common,
  provider: z.literal('odoo').describe(PROVIDER),
  company_id: text.default(placeholder('ODOO_COMPANY_ID')).describe('Odoo company identifier.'),
  partner_id: text.default(placeholder('ODOO_PARTNER_ID')).describe('Odoo partner/customer identifier.'),
  pos_config_id: text.default(placeholder('ODOO_POS_CONFIG_ID')).describe('POS configuration identifier.'),
  user_id: text.default(placeholder('ODOO_USER_ID')).describe('API user identifier.'),
  api_url: url.default(placeholder('ODOO_API_URL')).describe('Odoo instance URL.'),
  database: text.default(placeholder('ODOO_DATABASE')).describe('Odoo database name.'),
  api_key: secret.default(placeholder('ODOO_API_KEY')).describe('A placeholder, never the key.'),
  webhook_secret: secret
    .default(placeholder('ODOO_WEBHOOK_SECRET'))
    .describe('The end of the address that Odoo may call; a placeholder.'),
  payment_method: text.optional().describe('Name or id of the Odoo payment method for online orders.'),
  delivery_item: text
    .optional()
    .describe('Name, internal reference or id of the product that stands for a delivery fee.'),
  tip_item: text.optional().describe('Name, internal reference or id of the product that stands for a tip.'),
  open_register: z
    .boolean()
    .default(false)
    .describe('Open the register when it is closed and an order is to go in.'),
  self_orders: z
    .boolean()
    .default(true)
    .describe('Show orders that guests make at a QR code or a kiosk of Odoo.'),
  use_tables: z
    .boolean()
    .default(false)
    .describe('Put an order for a table onto that table in Odoo, if nothing else is open on it.'),
});

/** One shape for each provider that the YAML may name. */
export const TILL_SCHEMAS = { loyverse: loyverseSchema, odoo: odooSchema };
export type ProviderName = keyof typeof TILL_SCHEMAS;

const tillSchema = z.discriminatedUnion('provider', [loyverseSchema, odooSchema]);

const channelSchema = z.strictObject({
  webhook_secret: secret.optional().describe('The key that the website signs with; a placeholder.'),
  poll_url: url.optional().describe('Where to ask for orders.'),
  poll_token: secret.optional().describe('The bearer token for poll_url; a placeholder.'),
  status_url: url.optional().describe('Where to tell what became of an order.'),
  rate_limit: z.int().nonnegative().default(600).describe('Requests a minute; 0 for no limit.'),
});

const DATE = 'a date of the calendar such as "2026-12-25"';

const hoursEntrySchema = z.strictObject({
  type: z.enum(['Open', 'Close']).describe('Open and Close take turns.'),
  time: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:00" or "22:30"')
    .describe('A Close that is not after its Open is on the next day.'),
});
const daySchema = z
  .array(hoursEntrySchema)
  .optional()
  .describe('The hours of this weekday; an empty list means closed.');
const weekdays: Record<Weekday, typeof daySchema> = {
  mon: daySchema,
  tue: daySchema,
  wed: daySchema,
  thu: daySchema,
  fri: daySchema,
  sat: daySchema,
  sun: daySchema,
};

const specialDaySchema = z
  .strictObject({
    date: z
      .string({ error: ({ input }) => (input === undefined ? undefined : DATE) })
      .refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid, DATE)
      .describe('The date in the form 2026-12-25.'),
    name: text.optional().describe('What the day is called, for the screen.'),
    closed: z.literal(true).optional().describe('Closed all day.'),
    hours: z.array(hoursEntrySchema).optional().describe('The hours of that date instead of its weekday’s.'),
  })
  .refine(
    ({ closed, hours }) => (closed === undefined) !== (hours === undefined),
    'either “closed: true” or “hours:” with the hours of that date',
  );

const openingHoursSchema = z.strictObject({
  mode: z.enum(['Auto', 'Open', 'Closed']).describe('Open and Closed ignore the lists.'),
  ...weekdays,
  special: z.array(specialDaySchema).optional().describe('Dates with hours of their own, such as holidays.'),
});

const escalationSchema = z.strictObject({
  louder: z.number().positive().default(20).describe('Seconds until it rings louder.'),
  full_screen: z.number().positive().default(45).describe('Seconds until it fills the screen.'),
  webhook: z.number().positive().default(70).describe('Seconds until the website is told.'),
  pause: z.number().positive().default(240).describe('Seconds until the store pauses.'),
});

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export const locationSchema = z.strictObject({
  id: z
    .string()
    .regex(LOCATION_ID, 'a name of capitals, digits and underscores, such as DIAMOND_VALE')
    .optional()
    .describe('The LOCATION_ID; default: the ending that most variables of the block share.'),
  address: text.describe('Street and number.'),
  city: text.describe('City or town.'),
  island: text.describe('It decides about time zone, currency and country code.'),
  subcategories: z.array(text).default([]).describe('What kind of place it is, such as Restaurant.'),
  latlon: z
    .tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])
    .optional()
    .describe('Latitude, then longitude.'),
  phone: text.optional().describe('With the country code, such as 18681234567.'),
  whatsapp: text.optional().describe('The number that gets orders when no till answers.'),
  orderingtables: z.array(text).default([]).describe('Tables that guests may order from.'),
  delivery: z
    .record(z.string(), url)
    .default({})
    .describe('Delivery services and their page for this restaurant.'),
  timezone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'a time zone such as America/Port_of_Spain')
    .optional()
    .describe('IANA time zone; default: the island’s.'),
  currency: z
    .string()
    .refine((code) => CURRENCIES.has(code), 'a currency such as TTD')
    .optional()
    .describe('ISO 4217; default: the island’s.'),
  pos: z.record(z.string(), tillSchema).default({}).describe('The tills, by any name.'),
  channels: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]*$/), channelSchema)
    .default({})
    .describe('Websites and gateways that send orders, by a name in small letters.'),
  opening_hours: openingHoursSchema.optional().describe('When orders are taken; without it, always.'),
  escalation: escalationSchema
    .prefault({})
    .describe('Seconds until an order that nobody answers gets more insistent.'),
});

/** The whole file, for `data/locations.schema.json`; the loader reads one location after the other. */
export const locationsFileSchema = z
  .object({ locations: z.array(locationSchema).describe('One block for each restaurant.') })
  .describe('The restaurants and how their tills and websites are reached. Secrets never stand here.');

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
  return Object.keys(schemaAt(path, provider).shape);
}

function schemaAt(path: readonly PropertyKey[], provider: ProviderName | undefined): z.ZodObject {
  const [top, name, inner] = path;
  switch (top) {
    case undefined:
      return locationSchema;
    case 'pos':
      return inner === 'payment_types' ? paymentTypesSchema : TILL_SCHEMAS[provider ?? 'loyverse'];
    case 'channels':
      return channelSchema;
    case 'escalation':
      return escalationSchema;
    default:
      if (path.length === 1) return openingHoursSchema;
      return name === 'special' && path.length === 3 ? specialDaySchema : hoursEntrySchema;
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function durationMs(value: string): number {
  const [, digits, unit] = /^(\d+)(\D+)$/.exec(value) ?? [];
  return Number(digits) * (UNITS[unit ?? ''] ?? 0);
}
