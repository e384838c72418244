/** Fields whose value is a secret: it comes from the keychain and never stands in the file. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'access_token',
  'api_key',
  'webhook_secret',
  'poll_token',
]);

const PLAIN_STEMS = [
  'LOYVERSE_STORE_ID',
  'ODOO_API_URL',
  'ODOO_DATABASE',
  'ODOO_COMPANY_ID',
  'ODOO_PARTNER_ID',
  'ODOO_POS_CONFIG_ID',
  'ODOO_USER_ID',
  'POS_API_URL',
] as const;
const SECRET_STEMS = [
  'LOYVERSE_ACCESS_TOKEN',
  'LOYVERSE_WEBHOOK_SECRET',
  'ODOO_API_KEY',
  'ODOO_WEBHOOK_SECRET',
] as const;

/** `ARIAPITA`, `DIAMOND_VALE`, `2ND_STREET`. */
export const LOCATION_ID = /^[A-Z0-9]+(?:_[A-Z0-9]+)*$/;

/** ``{{ env `NAME` }}`` → `NAME`; `undefined` for any other text. */
export function placeholderName(value: string): string | undefined {
  return /^\{\{\s*env\s+`([A-Z][A-Z0-9_]*)`\s*\}\}$/.exec(value.trim())?.[1];
}

/** `NAME` → ``{{ env `NAME` }}``. */
export function placeholder(name: string): string {
  return `{{ env \`${name}\` }}`;
}

/** Text that is meant as a placeholder, whether it is a good one or not. */
export function looksLikePlaceholder(value: string): boolean {
  return value.includes('{{') || value.includes('}}');
}

/** One variable's name, taken apart. */
export interface VariableName {
  /** `null` for a name that begins like none of ours. */
  readonly stem: string | null;
  /** What is left for a location's id; `null` for a bare stem. */
  readonly remainder: string | null;
  readonly secret: boolean;
}

/** @param channels the names of the block's channels: each has two stems of its own. */
export function readVariableName(name: string, channels: readonly string[]): VariableName {
  const secrets: readonly string[] = [...SECRET_STEMS, ...channels.flatMap(channelStems)];
  const stem = [...PLAIN_STEMS, ...secrets]
    .filter((known) => name === known || name.startsWith(`${known}_`))
    .sort((a, b) => b.length - a.length)[0];
  if (stem === undefined) return { stem: null, remainder: null, secret: false };
  const remainder = name.slice(stem.length + 1);
  return { stem, remainder: remainder === '' ? null : remainder, secret: secrets.includes(stem) };
}

function channelStems(channel: string): string[] {
  const prefix = channel.toUpperCase().replaceAll('-', '_');
  return [`${prefix}_WEBHOOK_SECRET`, `${prefix}_POLL_TOKEN`];
}

export type LocationId =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'tie'; readonly candidates: readonly string[] }
  | { readonly kind: 'none' };

/** The LOCATION_ID that most of a block's variables agree on. */
export function deriveLocationId(names: readonly string[], channels: readonly string[]): LocationId {
  const votes = new Map<string, number>();
  for (const name of names) {
    const { remainder } = readVariableName(name, channels);
    if (remainder === null || !LOCATION_ID.test(remainder)) continue;
    votes.set(remainder, (votes.get(remainder) ?? 0) + 1);
  }
  const most = Math.max(0, ...votes.values());
  const candidates = [...votes].filter(([, count]) => count === most).map(([id]) => id);
  const [id] = candidates;
  if (id === undefined) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'id', id } : { kind: 'tie', candidates };
}

/** The variable as this location keeps it: with the location's id, once. A secret's keychain account. */
export function accountName(variable: string, locationId: string): string {
  return variable.endsWith(`_${locationId}`) ? variable : `${variable}_${locationId}`;
}
