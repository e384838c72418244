import { weeklyHours } from '../core/hours-list';
import type { Channel, Location, SecretName, Till } from '../core/location';
import type { RawChannel, RawTill } from '../core/location-schema';
import { ISLANDS, phoneDigits } from '../core/phone';
import { accountName, placeholderName } from '../core/placeholders';
import type { LoadedLocation } from './load-locations';

/** Looks up a plain variable; `undefined` when nobody has set it. */
export type Lookup = (name: string) => string | undefined;

export type ResolvedLocation =
  | { readonly ok: true; readonly location: Location }
  /** The plain variables that somebody must still enter. */
  | { readonly ok: false; readonly missing: readonly string[] };

const LOYVERSE_API = 'https://api.loyverse.com/v1.0';
const FALLBACK_AFTER_MS = { loyverse: 45_000, odoo: 120_000 } as const;

/** Fills in the plain placeholders and every default. Secrets stay names: they are read when they are used. */
export function resolveLocation({ id, raw }: LoadedLocation, lookup: Lookup): ResolvedLocation {
  const missing: string[] = [];
  const resolve: Resolve = (value, fallback) => {
    const name = placeholderName(value);
    if (name === undefined) return value;
    const found = lookUp(name, id, lookup);
    if (found === undefined && fallback === null) missing.push(accountName(name, id));
    return found ?? fallback ?? '';
  };
  const island = ISLANDS[raw.island];
  const tills = Object.entries(raw.pos)
    .map(([key, till], index) => resolveTill(key, till, index, id, resolve))
    .filter((till) => till.enabled)
    .sort((a, b) => a.priority - b.priority);
  const channels = Object.entries(raw.channels).map(([name, channel]) =>
    resolveChannel(name, channel, id, resolve),
  );
  if (missing.length > 0) return { ok: false, missing };
  return {
    ok: true,
    location: {
      id,
      name: displayName(id),
      address: raw.address,
      city: raw.city,
      island: raw.island,
      timezone: raw.timezone ?? island?.timezone ?? 'America/Port_of_Spain',
      currency: raw.currency ?? island?.currency ?? 'TTD',
      phone: raw.phone ?? '',
      whatsapp: raw.whatsapp === undefined ? null : phoneDigits(raw.whatsapp, island?.country),
      orderingTables: raw.orderingtables,
      openingHours: {
        mode: raw.opening_hours?.mode ?? 'Open',
        weekly: weeklyHours(raw.opening_hours),
      },
      tills,
      channels,
    },
  };
}

/** @param fallback when nobody has set the variable; `null` when somebody must. */
type Resolve = (value: string, fallback: string | null) => string;

/** A placeholder that the block leaves unsaid. */
function env(name: string): string {
  return `{{ env \`${name}\` }}`;
}

function resolveTill(key: string, raw: RawTill, index: number, id: string, resolve: Resolve): Till {
  const shared = {
    key,
    provider: raw.provider,
    enabled: raw.enabled,
    priority: raw.priority ?? index,
    webhookSecret: optionalSecret(raw.webhook_secret, id),
    syncMenu: raw.sync_menu,
    autoProcessOrders: raw.auto_process_orders,
    fallbackToWhatsapp: raw.fallback_to_whatsapp,
    fallbackAfterMs: raw.fallback_after ?? FALLBACK_AFTER_MS[raw.provider],
  };
  // What a till that is switched off lacks is nobody's trouble.
  const need = raw.enabled ? null : '';
  if (raw.provider === 'odoo') {
    return {
      ...shared,
      apiUrl: resolve(raw.api_url ?? env('ODOO_API_URL'), need),
      storeId: resolve(raw.pos_config_id ?? env('ODOO_POS_CONFIG_ID'), need),
      accessToken: secretName(raw.api_key ?? env('ODOO_API_KEY'), id),
      paymentTypes: { paid: null, cash: null, card: null },
      employee: null,
    };
  }
  const { payment_type: one, payment_types: several } = raw;
  return {
    ...shared,
    apiUrl: resolve(raw.api_url ?? LOYVERSE_API, LOYVERSE_API),
    storeId: resolve(raw.store_id ?? env('LOYVERSE_STORE_ID'), need),
    accessToken: secretName(raw.access_token ?? env('LOYVERSE_ACCESS_TOKEN'), id),
    paymentTypes: {
      paid: several?.paid ?? one ?? null,
      cash: several?.cash ?? one ?? null,
      card: several?.card ?? one ?? null,
    },
    employee: raw.employee ?? null,
  };
}

function resolveChannel(name: string, raw: RawChannel, id: string, resolve: Resolve): Channel {
  return {
    name,
    webhookSecret: optionalSecret(raw.webhook_secret, id),
    // A website that nobody asks may still send.
    pollUrl: raw.poll_url === undefined ? null : resolve(raw.poll_url, '') || null,
    pollToken: optionalSecret(raw.poll_token, id),
    rateLimit: raw.rate_limit,
  };
}

function optionalSecret(value: string | undefined, id: string): SecretName | null {
  return value === undefined ? null : secretName(value, id);
}

/** The loader has refused secrets that are written out, so this is a placeholder. */
function secretName(value: string, id: string): SecretName {
  return { account: accountName(placeholderName(value) ?? value, id) };
}

/** `NAME` if it ends in the id; otherwise `NAME_<ID>`, then bare `NAME`: a plain value may be shared. */
function lookUp(name: string, id: string, lookup: Lookup): string | undefined {
  const own = accountName(name, id);
  return lookup(own) ?? (own === name ? undefined : lookup(name));
}

/** `DIAMOND_VALE` → `Diamond Vale`. */
function displayName(id: string): string {
  return id
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');
}
