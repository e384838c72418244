import { specialDays, weeklyHours } from '../core/hours-list';
import { islandFacts } from '../core/islands';
import {
  type Channel,
  type Escalation,
  type Location,
  locationName,
  type SecretName,
  type Till,
} from '../core/location';
import { LOYVERSE_API, type RawChannel, type RawLocation, type RawTill } from '../core/location-schema';
import { readPhone } from '../core/phone';
import { accountName, placeholderName, readVariableName } from '../core/placeholders';
import { isPlainHttp, isWebAddress } from '../core/web-address';
import type { LoadedLocation } from './load-locations';
import { type LocalChoices, NO_CHOICES, type TillChoices } from './local-choices';

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

export const FALLBACK_AFTER_MS = { loyverse: 45_000, odoo: 120_000 } as const;

/**
 * Fills in the plain placeholders and every default. Secrets stay names: they are read when they are used.
 * @param local what this computer has chosen about its tills.
 */
export function resolveLocation(
  loaded: LoadedLocation,
  lookup: Lookup,
  local: LocalChoices = NO_CHOICES,
): ResolvedLocation {
  const { id, raw, httpsOnly } = loaded;
  const values = new Values(id, lookup, httpsOnly);
  const facts = islandFacts(raw.island);
  const phone = (text: string | undefined) => values.phone(text, (value) => readPhone(value, facts?.country));
  const tills = rankedTills(raw, local);
  const location: Location = {
    id,
    name: locationName(id),
    address: values.text(raw.address),
    city: values.text(raw.city),
    island: raw.island,
    subcategories: raw.subcategories.flatMap((kind) => values.known(kind) ?? []),
    latlon: raw.latlon ?? null,
    // Where the island is not known, the loader has asked for both.
    timezone: raw.timezone ?? facts?.timezone ?? 'America/Port_of_Spain',
    currency: raw.currency ?? facts?.currency ?? 'TTD',
    phone: phone(raw.phone)?.pretty ?? '',
    whatsapp: phone(raw.whatsapp)?.digits ?? null,
    orderingTables: raw.orderingtables.map((table) => values.text(table)),
    delivery: Object.entries(raw.delivery).flatMap(([name, address]) => {
      const url = values.known(address);
      return url !== undefined && values.mayReach(url) ? { name, url } : [];
    }),
    openingHours: {
      mode: raw.opening_hours?.mode ?? 'Open',
      weekly: weeklyHours(raw.opening_hours),
      special: specialDays(raw.opening_hours),
    },
    escalation: escalationMs(raw.escalation),
    tills: tills.filter(({ enabled }) => enabled).map((till) => resolveTill(till, id, values)),
    retiredTills: tills
      .filter(({ enabled }) => !enabled)
      .flatMap((till) => retiredTill(till, loaded, lookup)),
    channels: Object.entries(raw.channels).map(([name, channel]) =>
      resolveChannel(name, channel, id, values),
    ),
  };
  const { missing, wrong } = values;
  return missing.length + wrong.length > 0 ? { ok: false, missing, wrong } : { ok: true, location };
}

/** One `pos` block with what this computer chose about it. */
interface RankedTill {
  readonly key: string;
  readonly raw: RawTill;
  readonly chosen: TillChoices;
  readonly enabled: boolean;
  readonly priority: number;
}

function rankedTills({ pos }: RawLocation, { tills }: LocalChoices): RankedTill[] {
  return Object.entries(pos)
    .map(([key, raw], index) => {
      const chosen = tills[key] ?? {};
      const enabled = chosen.enabled ?? raw.enabled;
      return { key, raw, chosen, enabled, priority: chosen.priority ?? raw.priority ?? index };
    })
    .sort((a, b) => a.priority - b.priority);
}

/** What a till that is switched off lacks is nobody's trouble: then it is simply left out. */
function retiredTill(till: RankedTill, { id, httpsOnly }: LoadedLocation, lookup: Lookup): Till[] {
  const values = new Values(id, lookup, httpsOnly);
  const resolved = resolveTill(till, id, values);
  return values.missing.length + values.wrong.length > 0 ? [] : [resolved];
}

function escalationMs({ louder, full_screen, webhook, pause }: RawLocation['escalation']): Escalation {
  return {
    louderMs: louder * 1_000,
    fullScreenMs: full_screen * 1_000,
    webhookMs: webhook * 1_000,
    pauseMs: pause * 1_000,
  };
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

  /** For what a restaurant can do without: `undefined` when nobody has set it. */
  known(value: string): string | undefined {
    const name = placeholderName(value);
    return name === undefined ? value : this.#find(name);
  }

  /** Whether this is an address that may be used here. */
  mayReach(address: string): boolean {
    return isWebAddress(address) && !(this.#httpsOnly && isPlainHttp(address));
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

/** In the words of the board: guests order at Odoo's own pages. */
const SELF_ORDERS = ['QR codes and kiosks'];

function resolveTill({ key, raw, chosen, enabled, priority }: RankedTill, id: string, values: Values): Till {
  const shared = {
    key,
    provider: raw.provider,
    enabled,
    priority,
    share: (chosen.share === undefined ? raw.share : chosen.share) ?? null,
    webhookSecret: optionalSecret(raw.webhook_secret, id),
    syncMenu: chosen.syncMenu ?? raw.sync_menu,
    autoProcessOrders: chosen.autoProcessOrders ?? raw.auto_process_orders,
    fallbackToWhatsapp: chosen.fallbackToWhatsapp ?? raw.fallback_to_whatsapp,
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
      charges: {
        discount: null,
        delivery: values.optional(raw.delivery_item) ?? chosen.charges?.delivery ?? null,
        tip: values.optional(raw.tip_item) ?? chosen.charges?.tip ?? null,
      },
      bookUnpaid: 'accept',
      orderSources: raw.self_orders ? SELF_ORDERS : [],
      odoo: {
        database: values.text(raw.database),
        companyId: values.text(raw.company_id),
        partnerId: values.text(raw.partner_id),
        posConfigId,
        userId: values.text(raw.user_id),
        paymentMethod: values.optional(raw.payment_method) ?? chosen.paymentTypes?.paid ?? null,
        openRegister: raw.open_register,
        useTables: raw.use_tables,
      },
    };
  }
  const one = values.optional(raw.payment_type);
  const paymentType = (use: 'paid' | 'cash' | 'card') =>
    values.optional(raw.payment_types?.[use]) ?? one ?? chosen.paymentTypes?.[use] ?? null;
  return {
    ...shared,
    apiUrl: values.address(raw.api_url, (name) => (isPosApiUrl(name) ? LOYVERSE_API : undefined)),
    storeId: values.text(raw.store_id),
    accessToken: secretName(raw.access_token, id),
    paymentTypes: { paid: paymentType('paid'), cash: paymentType('cash'), card: paymentType('card') },
    employee: values.optional(raw.employee) ?? chosen.employee ?? null,
    charges: {
      discount: values.optional(raw.discount) ?? chosen.charges?.discount ?? null,
      delivery: values.optional(raw.delivery_item) ?? chosen.charges?.delivery ?? null,
      tip: values.optional(raw.tip_item) ?? chosen.charges?.tip ?? null,
    },
    bookUnpaid: raw.book_unpaid,
    orderSources: raw.order_sources.map((source) => values.text(source)),
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
    statusUrl: raw.status_url === undefined ? null : values.address(raw.status_url, () => '') || null,
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
