import type { SpecialDay, WeeklyHours } from './opening-hours';

/** A secret is never in the configuration: only the name of its keychain entry is. */
export interface SecretName {
  readonly account: string;
}

/** One till at a location: a `pos.<key>` block with its placeholders resolved. */
export interface Till {
  /** The YAML key, which names the till on the screen, in routes and in metrics. */
  readonly key: string;
  readonly provider: string;
  readonly enabled: boolean;
  /** Lower goes first. */
  readonly priority: number;
  /** The share of orders that it takes, in percent (0 to 100); `null` for what the others leave, by priority. */
  readonly share: number | null;
  readonly apiUrl: string;
  /** Loyverse. */
  readonly storeId: string;
  readonly accessToken: SecretName;
  readonly webhookSecret: SecretName | null;
  readonly paymentTypes: {
    readonly paid: string | null;
    readonly cash: string | null;
    readonly card: string | null;
  };
  readonly employee: string | null;
  /** What stands in the till for a website's discount, delivery fee and tip: ids or names, `null` for the usual names. */
  readonly charges: {
    readonly discount: string | null;
    readonly delivery: string | null;
    readonly tip: string | null;
  };
  /** When an order that is not paid yet is booked: once it is accepted, or when it is handed over. */
  readonly bookUnpaid: 'accept' | 'handover';
  /** Ordering sites that ring their orders up in this till, as its receipts name them: those orders are shown here too. */
  readonly orderSources: readonly string[];
  readonly syncMenu: boolean;
  readonly autoProcessOrders: boolean;
  readonly fallbackToWhatsapp: boolean;
  /** How long a due order may wait for this till, in milliseconds. */
  readonly fallbackAfterMs: number;
  /** Only for an Odoo till: what else it takes to find its point of sale. `storeId` is its `posConfigId`. */
  readonly odoo?: OdooTill;
}

/** The ids are Odoo's, as the manager entered them: texts that hold whole numbers. */
export interface OdooTill {
  readonly database: string;
  readonly companyId: string;
  readonly partnerId: string;
  readonly posConfigId: string;
  readonly userId: string;
  readonly paymentMethod: string | null;
  /** Whether the app opens a closed register when an order is to go in; otherwise the order waits for a person. */
  readonly openRegister: boolean;
  /** Whether an order for a table is put onto that table's plan, where nobody else's order is open on it. */
  readonly useTables: boolean;
}

/** A website or gateway that sends orders. */
export interface Channel {
  readonly name: string;
  readonly webhookSecret: SecretName | null;
  readonly pollUrl: string | null;
  readonly pollToken: SecretName | null;
  /** Where the website wants to be told what became of an order. */
  readonly statusUrl: string | null;
  /** Requests a minute over a sliding window; 0 for no limit. */
  readonly rateLimit: number;
}

export interface OpeningHours {
  readonly mode: 'Auto' | 'Open' | 'Closed';
  readonly weekly: WeeklyHours;
  /** Dates with hours of their own, one entry a date. */
  readonly special: readonly SpecialDay[];
}

/** A delivery service's page for this restaurant. */
export interface DeliveryLink {
  /** As the YAML calls it: `fooddrop`. */
  readonly name: string;
  readonly url: string;
}

/** How long an order may stay unanswered before something louder happens, in milliseconds from its arrival. */
export interface Escalation {
  readonly louderMs: number;
  readonly fullScreenMs: number;
  readonly webhookMs: number;
  readonly pauseMs: number;
}

/** One restaurant, ready to run: everything resolved but the secrets. */
export interface Location {
  readonly id: string;
  /** What people call it: "Ariapita". */
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly island: string;
  /** What kind of place it is: `Restaurant`, `Bar`. */
  readonly subcategories: readonly string[];
  /** Latitude and longitude in degrees. */
  readonly latlon: readonly [number, number] | null;
  readonly timezone: string;
  readonly currency: string;
  readonly phone: string;
  /** Digits only, with the country code, as `wa.me` wants it; `null` when the location has none. */
  readonly whatsapp: string | null;
  readonly orderingTables: readonly string[];
  readonly delivery: readonly DeliveryLink[];
  readonly openingHours: OpeningHours;
  readonly escalation: Escalation;
  /** By priority; disabled ones left out. */
  readonly tills: readonly Till[];
  /**
   * Tills that are switched off and whose values are all there: they take no orders, but one whose outcome is unknown
   * may still be looked for in them.
   */
  readonly retiredTills: readonly Till[];
  readonly channels: readonly Channel[];
}

/** `DIAMOND_VALE` → `Diamond Vale`. */
export function locationName(id: string): string {
  return id
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');
}
