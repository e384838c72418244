import { z } from 'zod';
import type { EventName, RequestName } from './channels';
import { dayRequests } from './day-contract';
import { historyRequests } from './history-contract';
import { managerEvents, managerRequests } from './manager-contract';
import { menuEvents, menuRequests } from './menu-contract';
import { orderKeySchema } from './order-key';
import { modeSchema, storeRequests } from './store-contract';
import { ticketRequests, ticketsSchema } from './tickets-contract';

export type { DayView } from './day-contract';
export type { HistoryRow, HistorySummary } from './history-contract';
export type {
  AuditLine,
  BackupView,
  ManagerView,
  SecretsView,
  SecretView,
  SetupCheck,
  SetupChoice,
  SetupImport,
  SetupSurvey,
  SetupView,
  TillHookView,
  TillNumber,
  TillSwitch,
  TillView,
} from './manager-contract';
export type { MatchChoice, MatchLine, MatchQuestion, MenuView } from './menu-contract';
export type { ModeView } from './store-contract';
export type { PrintersView, PrinterView, TicketsView } from './tickets-contract';

/**
 * The one IPC contract: what the screen may ask, what it is told, and in which shape.
 * Main parses every request on arrival and every answer before it leaves (unknown keys are refused on the way in
 * and stripped on the way out, so that nothing more than this page can cross). Times are milliseconds since 1970,
 * money is minor units. `words` are sentences for a cashier.
 */

const ms = z.number();
const text = (max: number) => z.string().max(max);

const REASONS = ['too_busy', 'item_finished', 'closed', 'out_of_reach', 'payment', 'other'] as const;

const givingBackShape = {
  status: z.enum(['offered', 'waiting', 'refunding', 'unknown', 'refunded', 'failed']),
  /** The receipt of the sale, and what it comes to by the till. */
  receipt: z.string(),
  amount: z.number(),
  /** Nobody has paid yet: it is an open bill, which is called off. */
  bill: z.boolean(),
  /** How far it is, in one sentence. */
  words: z.string().nullable(),
};

const cardSchema = z.object({
  key: orderKeySchema,
  number: z.string(),
  channel: z.string(),
  /** Who sent it, and speaks of it later. */
  sender: z.enum(['website', 'till']),
  /** Sent by the set-up: it counts in no figures. */
  test: z.boolean(),
  status: z.enum(['new', 'accepted', 'preparing', 'ready', 'completed', 'rejected', 'cancelled']),
  service: z.enum(['pickup', 'delivery', 'dine_in']),
  table: z.string().nullable(),
  requestedFor: ms.nullable(),
  customer: z.object({ name: z.string(), phone: z.string(), note: z.string() }),
  delivery: z.object({ address: z.string(), instructions: z.string(), fee: z.number() }).nullable(),
  itemCount: z.number(),
  lines: z.array(
    z.object({
      name: z.string(),
      quantity: z.number(),
      /** `mapped: false`: the till's dish does not offer it. */
      modifiers: z.array(z.object({ name: z.string(), quantity: z.number(), mapped: z.boolean() })),
      note: z.string(),
      total: z.number(),
      /** The till's menu has it; `false` marks the line. */
      mapped: z.boolean(),
    }),
  ),
  discount: z.number(),
  tip: z.number(),
  total: z.number(),
  currency: z.string(),
  paid: z.boolean(),
  paymentMethod: z.string(),
  /** It goes into the till when it is handed over: *Completed* asks how it was paid. */
  paidAtHandover: z.boolean(),
  receivedAt: ms,
  promisedFor: ms.nullable(),
  readyAt: ms.nullable(),
  /**
   * The moment it is due in the kitchen and, unless it is paid at hand-over, in the till; later than now for an order
   * that waits its turn.
   */
  dueAt: ms.nullable(),
  /** It rings until this is false. */
  unanswered: z.boolean(),
  changed: z.boolean(),
  acceptedBy: z.enum(['staff', 'auto']).nullable(),
  pos: z.object({
    status: z.enum(['waiting', 'injecting', 'unknown', 'injected', 'failed', 'diverted', 'entered']),
    /** The till's receipt, once there is one. */
    receipt: z.string().nullable(),
    /** It is a bill in the till that staff still have to take the money for. */
    billOpen: z.boolean(),
    /** What is going on with the till, when a person may want to know. */
    words: z.string().nullable(),
  }),
  diversion: z
    .object({
      status: z.enum(['queued', 'opened', 'sent', 'released', 'entered']),
      words: z.string().nullable(),
    })
    .nullable(),
  /** Giving the sale back; null while there is none to give back, or no reason to. */
  refund: z.object(givingBackShape).nullable(),
  /** The same order in another till, as long as a person has something to do about it. */
  copy: z
    .object({
      /** The till's key, and what staff call it. */
      till: z.string(),
      name: z.string(),
      ...givingBackShape,
    })
    .nullable(),
  /** The one sentence why a person must act now, or null. */
  attention: z.string().nullable(),
  closing: z
    .object({ reason: z.enum(REASONS), text: z.string(), by: z.enum(['staff', 'website']) })
    .nullable(),
});

const linkSchema = z.object({
  /** `ok` proven; `trying` not proven yet; `down`; `off` not set up. */
  status: z.enum(['ok', 'trying', 'down', 'off']),
  name: z.string(),
  /** One sentence: what is so, and what happens next. */
  words: z.string(),
  /** Sentences about what is so, though nothing is wrong with it. */
  facts: z.array(z.string()).optional(),
  lastProofAt: ms.nullable(),
  latencyMs: z.number().nullable(),
});

const storeSchema = z.object({
  location: z.object({
    id: z.string(),
    name: z.string(),
    timezone: z.string(),
    currency: z.string(),
    subcategories: z.array(z.string()),
    /** Where else customers order: opened by name with `store:open-link`. */
    delivery: z.array(z.object({ name: z.string(), url: z.string() })),
  }),
  environment: z.enum(['production', 'staging', 'development']),
  training: z.object({ tillDown: z.boolean() }).nullable(),
  hours: z.object({ open: z.boolean(), until: ms.nullable() }),
  /** In the order of the chain: website(s), the webhook relay, this computer's disk, till(s). */
  links: z.object({
    websites: z.array(linkSchema),
    relay: linkSchema,
    disk: linkSchema,
    tills: z.array(linkSchema),
  }),
  /** `null` when everything is answered. */
  ringing: z.object({ since: ms, orders: z.number(), louder: z.boolean() }).nullable(),
  /** Things that happened to the app itself and that a person should know until dismissed or mended. */
  notices: z.array(z.string()),
  listeningSince: ms,
  lastOrderAt: ms.nullable(),
  menu: z.object({ items: z.number(), syncedAt: ms.nullable() }),
  figures: z.object({
    today: z.number(),
    inTill: z.number(),
    diverted: z.number(),
    toEnter: z.number(),
  }),
  tickets: ticketsSchema,
  mode: modeSchema,
});

const boardSchema = z.object({ cards: z.array(cardSchema), store: storeSchema });

const infoSchema = z.object({
  version: z.string(),
  /** Which screen the app is on; each of the last two says in `words` what is wrong and what to do. */
  stage: z.enum(['starting', 'setup', 'open', 'keychain', 'broken']),
  words: z.string().nullable(),
  training: z.boolean(),
});

const nothing = z.strictObject({});
const done = z.null();
const withKey = z.strictObject({ key: orderKeySchema });
const withCopy = z.strictObject({ key: orderKeySchema, till: text(64) });
const closing = z.strictObject({ key: orderKeySchema, reason: z.enum(REASONS), text: text(500) });

export const requests = {
  'app:info': { input: nothing, output: infoSchema },
  /** Try again what stopped the start: a locked keychain, a broken file. */
  'app:retry': { input: nothing, output: done },
  'board:read': { input: nothing, output: boardSchema },
  /** The first board is painted and can be touched. */
  'board:shown': { input: nothing, output: done },
  /** The screen lives. `hears`: a ring would be heard, as far as it knows. */
  'board:alive': { input: z.strictObject({ hears: z.boolean() }), output: done },
  'order:details': {
    input: withKey,
    output: z.object({ card: cardSchema, timeline: z.array(z.object({ at: ms, words: z.string() })) }),
  },
  'order:accept': {
    input: z.strictObject({ key: orderKeySchema, minutes: z.int().min(1).max(240) }),
    output: done,
  },
  'order:reject': { input: closing, output: done },
  'order:cancel': { input: closing, output: done },
  'order:prepare': { input: withKey, output: done },
  'order:ready': { input: withKey, output: done },
  'order:complete': {
    input: z.strictObject({ key: orderKeySchema, paidBy: z.enum(['cash', 'card']).optional() }),
    output: done,
  },
  'order:seen': { input: withKey, output: done },
  'order:whatsapp': { input: withKey, output: done },
  'order:sent': { input: withKey, output: done },
  /** Opens WhatsApp with the first words to the customer. */
  'order:message-customer': { input: withKey, output: done },
  'order:copy-phone': { input: withKey, output: done },
  'order:enter': { input: withKey, output: done },
  'order:entered': {
    input: z.strictObject({ key: orderKeySchema, receipt: text(40).nullable() }),
    output: done,
  },
  'order:retry': { input: withKey, output: done },
  /** Gives the sale back in the till. */
  'order:refund': { input: withKey, output: done },
  /** Gives back the order's second sale, in that till. */
  'order:refund-copy': { input: withCopy, output: done },
  /** Staff gave it back there themselves. */
  'order:copy-given-back': { input: withCopy, output: done },
  'till:enter-all': { input: nothing, output: done },
  'till:check': { input: nothing, output: done },
  /** Opens one of the restaurant's delivery links in the browser. */
  'store:open-link': { input: z.strictObject({ name: text(64) }), output: done },
  'training:start': { input: nothing, output: done },
  'training:order': { input: z.strictObject({ by: z.enum(['webhook', 'poll']) }), output: done },
  'training:switch': { input: z.strictObject({ tillDown: z.boolean() }), output: done },
  ...storeRequests,
  ...dayRequests,
  ...historyRequests,
  ...ticketRequests,
  ...menuRequests,
  ...managerRequests,
} as const satisfies Record<RequestName, { input: z.ZodType; output: z.ZodType }>;

export const events = {
  'app:changed': infoSchema,
  /** Cards to put in place of those with the same key. A card that is no longer open comes once more, closed. */
  'board:changed': z.object({ cards: z.array(cardSchema) }),
  'store:changed': storeSchema,
  ...menuEvents,
  ...managerEvents,
} as const satisfies Record<EventName, z.ZodType>;

export type OrderCard = z.output<typeof cardSchema>;
export type StoreView = z.output<typeof storeSchema>;
export type Link = z.output<typeof linkSchema>;
export type Board = z.output<typeof boardSchema>;
export type AppInfo = z.output<typeof infoSchema>;
export type RejectReason = (typeof REASONS)[number];

export type Input<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type Output<N extends RequestName> = z.output<(typeof requests)[N]['output']>;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

/** Electron loses error classes on the way, so an expected failure is a value. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string; readonly words: string } };

/** What the preload puts on `window.tillside`: these two, and nothing else. */
export interface Bridge {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Reply<Output<N>>>;
  /** Calls back on each event; returns how to stop. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}
