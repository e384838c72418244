import type { ProviderName } from '../../core/location-schema';
import { placeholder } from '../../core/placeholders';

/** A new location, everything checked: what its block of YAML is made of. */
export interface NewBlock {
  readonly id: string;
  readonly address: string;
  readonly city: string;
  readonly island: string;
  /** Digits with the country code. */
  readonly phone: string | undefined;
  readonly whatsapp: string | undefined;
  readonly tills: readonly ProviderName[];
  readonly channels: readonly string[];
}

/** The hours of the configuration guide, for every day but Sunday. No anchors: their names may be taken. */
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The lines of a location's block in the guide's form, without indentation of its own; the first begins with `- `.
 */
export function locationTemplate(block: NewBlock): string[] {
  const { id, address, city, island, phone, whatsapp, tills, channels } = block;
  const lines = [
    `id: ${JSON.stringify(id)}`,
    `address: ${JSON.stringify(address)}`,
    `city: ${JSON.stringify(city)}`,
    `island: ${JSON.stringify(island)}`,
    'subcategories: ["Restaurant"]',
    ...(phone === undefined ? [] : [`phone: ${phone}`]),
    ...(whatsapp === undefined ? [] : [`whatsapp: ${whatsapp}`]),
    'orderingtables: ["Takeaway Only"]',
    ...section(
      'pos:',
      tills.flatMap((till) => section(`${till}:`, TILLS[till](id))),
    ),
    ...section(
      'channels:',
      channels.flatMap((name) => section(`${name}:`, channelLines(name, id))),
    ),
    '# The usual hours: put this restaurant’s own in their place.',
    ...section('opening_hours:', [
      'mode: Auto',
      'sun: []',
      ...WEEK.flatMap((day) => section(`${day}:`, HOURS)),
    ]),
  ];
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

const HOURS = ['- type: Open', '  time: "11:00"', '- type: Close', '  time: "22:00"'];

const SWITCHES = ['sync_menu: true', 'auto_process_orders: false', 'fallback_to_whatsapp: true'];

const TILLS: Readonly<Record<ProviderName, (id: string) => string[]>> = {
  loyverse: (id) => [
    'enabled: true',
    'provider: "loyverse"',
    variable('store_id', `LOYVERSE_STORE_ID_${id}`),
    variable('access_token', `LOYVERSE_ACCESS_TOKEN_${id}`),
    variable('webhook_secret', `LOYVERSE_WEBHOOK_SECRET_${id}`),
    variable('api_url', 'POS_API_URL'),
    ...SWITCHES,
  ],
  odoo: (id) => [
    'enabled: true',
    'provider: "odoo"',
    variable('company_id', `ODOO_COMPANY_ID_${id}`),
    variable('partner_id', `ODOO_PARTNER_ID_${id}`),
    variable('pos_config_id', `ODOO_POS_CONFIG_ID_${id}`),
    variable('user_id', `ODOO_USER_ID_${id}`),
    variable('api_url', `ODOO_API_URL_${id}`),
    variable('database', `ODOO_DATABASE_${id}`),
    variable('api_key', `ODOO_API_KEY_${id}`),
    ...SWITCHES,
  ],
};

function channelLines(name: string, id: string): string[] {
  const stem = name.toUpperCase().replaceAll('-', '_');
  return [
    variable('webhook_secret', `${stem}_WEBHOOK_SECRET_${id}`),
    variable('poll_url', `${stem}_POLL_URL_${id}`),
    variable('poll_token', `${stem}_POLL_TOKEN_${id}`),
  ];
}

function variable(field: string, name: string): string {
  return `${field}: "${placeholder(name)}"`;
}

/** A name with what stands below it; nothing when nothing does. */
function section(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [head, ...lines.map((line) => `  ${line}`)];
}
