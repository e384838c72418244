import { weeklyHours } from '../core/hours-list';
import { islandFacts } from '../core/islands';
import { type Channel, type Location, locationName, type SecretName, type Till } from '../core/location';
import { LOYVERSE_API, type RawChannel, type RawTill } from '../core/location-schema';
import { readPhone } from '../core/phone';
import { accountName, placeholderName, readVariableName } from '../core/placeholders';
import { isPlainHttp, isWebAddress } from '../core/web-address';
import type { LoadedLocation } from './load-locations';

/** Looks up a plain variable; `undefined` when nobody has set it. */
export type Lookup = (name: string) => string | undefined;

/** A variable that is set to something that cannot be used. */
export interface WrongValue {
  readonly name: string;
  readonly words: string;
}

export type ResolvedLocation =
  | { readonly ok: true; readonly location: Location }
  | {
      readonly ok: false;
      /** The plain variables that somebody must still enter. */
      readonly missing: readonly string[];
      readonly wrong: readonly WrongValue[];
    };

const FALLBACK_AFTER_MS = { loyverse: 45_000, odoo: 120_000 } as const;

/** Fills in the plain placeholders and every default. Secrets stay names: they are read when they are used. */
export function resolveLocation({ id, raw, httpsOnly }: LoadedLocation, lookup: Lookup): ResolvedLocation {
  const values = new Values(id, lookup, httpsOnly);
  const facts = islandFacts(raw.island);
  const phone = (text: string | undefined) => values.phone(text, (value) => readPhone(value, facts?.country));
  const location: Location = {
    id,
    name: locationName(id),
    address: values.text(raw.address),
    city: values.text(raw.city),
    island: raw.island,
    // Where the island is not known, the loader has asked for both.
    timezone: raw.timezone ?? facts?.timezone ?? 'America/Port_of_Spain',
    currency: raw.currency ?? facts?.currency ?? 'TTD',
    phone: phone(raw.phone)?.pretty ?? '',
    whatsapp: phone(raw.whatsapp)?.digits ?? null,
    orderingTables: raw.orderingtables.map((table) => values.text(table)),
    openingHours: { mode: raw.opening_hours?.mode ?? 'Open', weekly: weeklyHours(raw.opening_hours) },
    tills: Object.entries(raw.pos)
      .map(([key, till], index) => ({ key, till, priority: till.priority ?? index }))
      // What a till that is switched off lacks is nobody's trouble.
      .filter(({ till }) => till.enabled)
      .sort((a, b) => a.priority - b.priority)
      .map(({ key, till, priority }) => resolveTill(key, till, priority, id, values)),
    channels: Object.entries(raw.channels).map(([name, channel]) =>
      resolveChannel(name, channel, id, values),
    ),
  };
  const { missing, wrong } = values;
  return missing.length + wrong.length > 0 ? { ok: false, missing, wrong } : { ok: true, location };
}

/** Looks up one location's plain values, and remembers what was not there or no good. */
class Values {
  readonly missing: string[] = [];
  readonly wrong: WrongValue[] = [];
  readonly #id: string;
  readonly #lookup: Lookup;
  readonly #httpsOnly: boolean;

  constructor(id: string, lookup: Lookup, httpsOnly: boolean) {
    this.#id = id;
    this.#lookup = lookup;
    this.#httpsOnly = httpsOnly;
  }

  text(value: string): string {
    const name = placeholderName(value);
    return name === undefined ? value : (this.#find(name) ?? this.#isMissing(name));
  }

  /** `null` when there is none. */
  optional(value: string | undefined): string | null {
    return value === undefined ? null : this.text(value);
  }

  /** @param unset what a variable stands for that nobody has set; without it somebody must. */
  address(value: string, unset?: (variable: string) => string | undefined): string {
    const name = placeholderName(value);
    if (name === undefined) return value;
    const found = this.#find(name);
    if (found === undefined) return unset?.(name) ?? this.#isMissing(name);
    if (!isWebAddress(found)) this.#isWrong(name, 'This is not an address such as https://….');
    else if (this.#httpsOnly && isPlainHttp(found)) this.#isWrong(name, 'Only https: may be used here.');
    return found;
  }

  phone<T>(value: string | undefined, read: (text: string) => T | undefined): T | undefined {
    if (value === undefined) return undefined;
    const name = placeholderName(value);
    const text = this.text(value);
    const phone = read(text);
    if (phone === undefined && name !== undefined && text !== '') {
      this.#isWrong(name, 'This is not a telephone number.');
    }
    return phone;
  }

  /** `NAME` if it ends in the id; otherwise `NAME_<ID>`, then bare `NAME`: a plain value may be shared. */
  #find(name: string): string | undefined {
    const own = accountName(name, this.#id);
    return this.#set(own) ?? (own === name ? undefined : this.#set(name));
  }

  /** A variable that is set to nothing is not set. */
  #set(name: string): string | undefined {
    const value = this.#lookup(name)?.trim();
    return value === '' ? undefined : value;
  }

  #isMissing(name: string): string {
    this.missing.push(accountName(name, this.#id));
    return '';
  }

  #isWrong(name: string, words: string): void {
    this.wrong.push({ name: accountName(name, this.#id), words });
  }
}

function resolveTill(key: string, raw: RawTill, priority: number, id: string, values: Values): Till {
  const shared = {
    key,
    provider: raw.provider,
    enabled: raw.enabled,
    priority,
    webhookSecret: optionalSecret(raw.webhook_secret, id),
    syncMenu: raw.sync_menu,
    autoProcessOrders: raw.auto_process_orders,
    fallbackToWhatsapp: raw.fallback_to_whatsapp,
    fallbackAfterMs: raw.fallback_after ?? FALLBACK_AFTER_MS[raw.provider],
  };
  if (raw.provider === 'odoo') {
    const posConfigId = values.text(raw.pos_config_id);
    return {
      ...shared,
      apiUrl: values.address(raw.api_url),
      storeId: posConfigId,
      accessToken: secretName(raw.api_key, id),
      paymentTypes: { paid: null, cash: null, card: null },
      employee: null,
      odoo: {
        database: values.text(raw.database),
        companyId: values.text(raw.company_id),
        partnerId: values.text(raw.partner_id),
        posConfigId,
        userId: values.text(raw.user_id),
        paymentMethod: values.optional(raw.payment_method),
      },
    };
  }
  const one = values.optional(raw.payment_type);
  return {
    ...shared,
    apiUrl: values.address(raw.api_url, (name) => (isPosApiUrl(name) ? LOYVERSE_API : undefined)),
    storeId: values.text(raw.store_id),
    accessToken: secretName(raw.access_token, id),
    paymentTypes: {
      paid: values.optional(raw.payment_types?.paid) ?? one,
      cash: values.optional(raw.payment_types?.cash) ?? one,
      card: values.optional(raw.payment_types?.card) ?? one,
    },
    employee: values.optional(raw.employee),
  };
}

/** The guide's `POS_API_URL` stands for Loyverse itself until somebody sets it; any other variable must be set. */
export function isPosApiUrl(name: string): boolean {
  return readVariableName(name, []).stem === 'POS_API_URL';
}

function resolveChannel(name: string, raw: RawChannel, id: string, values: Values): Channel {
  return {
    name,
    webhookSecret: optionalSecret(raw.webhook_secret, id),
    // A website that nobody asks may still send.
    pollUrl: raw.poll_url === undefined ? null : values.address(raw.poll_url, () => '') || null,
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
