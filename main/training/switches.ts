import { z } from 'zod';

const flag = z.boolean().default(false);
/** How many of the next ones; each counts one down. */
const next = z.union([z.int().min(0), z.literal(Number.POSITIVE_INFINITY)]).default(0);
const duration = z.union([z.number().min(0), z.literal(Number.POSITIVE_INFINITY)]).default(0);
const probability = z.number().min(0).max(1).default(0);

/** `true`: every connection is cut at once; `refuse`: nobody listens on the port at all. */
const downSchema = z.union([z.boolean(), z.literal('refuse')]).default(false);
export type Down = z.output<typeof downSchema>;

/**
 * Everything that can go wrong with the sandbox; with the defaults, nothing does. A "write" is any POST or DELETE: a
 * sale, a refund, an edit of the menu, a webhook.
 */
export const switchesSchema = z.strictObject({
  /** The whole server. Comes back on the same port. */
  down: downSchema,
  /** Each connection is cut with this probability, before the request is looked at. */
  flap: probability,
  /** A gateway in front answers everything with 502 and a page of HTML. */
  htmlError: flag,
  /** Every token is refused with 401, as after it was deleted in Back Office. */
  wrongToken: flag,
  /** What the token may not touch, by the first part of the path (`employees`); answered 403, as without a scope. */
  scopeMissing: z.array(z.string()).nullable().default(null),
  /** The next requests of any kind get 429 and are not carried out. */
  tooManyRequests: next,
  /** The same, by chance: each request gets 429 with this probability. */
  tooManyChance: probability,
  /** `Retry-After` of each 429, in seconds; `null` for none, as with Loyverse. */
  retryAfterS: z.int().min(0).nullable().default(null),
  /** The limit of the whole account over a sliding window. Loyverse's is 300 in 300 s. */
  rateLimit: z
    .object({ requests: z.int().min(1), perSeconds: z.number().positive() })
    .nullable()
    .default(null),
  /** Milliseconds between doing what was asked and answering. */
  slowMs: duration,
  /** The next reads get 500. */
  serverErrorReads: next,
  /** The till's clock is ahead of ours by so many milliseconds (behind, when below zero): header and rows. */
  clockOffsetMs: z.number().default(0),

  /** The next writes get 500 and are not carried out. */
  serverErrorBefore: next,
  /** The same, by chance. */
  serverErrorBeforeChance: probability,
  /** The next writes are carried out and get 500. */
  serverErrorAfter: next,
  /** The same, by chance. */
  serverErrorAfterChance: probability,
  /** The next writes end in a cut connection and are not carried out. */
  cutBeforeSale: next,
  /** The next writes are carried out, and the connection is cut before the answer. */
  cutAfterSale: next,
  /** The same, by chance: each write's answer is lost with this probability. */
  lose: probability,
  /** The next writes are carried out and answered 200, with something that is not what was asked for. */
  garbleAfterSale: next,
  /** Milliseconds until a sale is stored, even if the caller has hung up meanwhile. */
  lateSaleMs: duration,

  /** A new receipt is not in lists for so many milliseconds by the sandbox's clock. */
  listLagMs: duration,
  /** How lists compare `order` and `source`. */
  orderFilter: z.enum(['exact', 'prefix', 'ignored']).default('exact'),
  /** Lists reach so many days back, and answer 402 beyond; `null` for no limit. Loyverse's free plan has 31. */
  historyLimit: z.number().positive().nullable().default(null),
  /** An item's taxes apply to a line without `line_taxes`. */
  autoTax: flag,
  /** A payment's `money_amount` that differs from the computed total. */
  moneyAmountMismatch: z.enum(['ignore', 'refuse']).default('ignore'),
  /** What a variant's `stores[]` in a write does with the stores that it does not name: nothing, or away with them. */
  storesPartial: z.enum(['merge', 'replace']).default('merge'),
  /** After each of the next full or incremental reads of items, the owner edits: see `sandbox.churn`. */
  catalogueChurn: next,

  /** The next answers end in the middle of their JSON. */
  truncatedJson: next,
  /** The next answers have no body. */
  emptyBody: next,
  /** Every answer is packed with gzip, asked for or not. */
  gzip: flag,
  /** Every request is sent elsewhere with 302. */
  redirectTo: z.string().nullable().default(null),
  /** Every JSON answer is blown up to so many bytes by a field that nobody knows. */
  answerBytes: z.int().min(0).default(0),
  /** Lists hold rows with nulls where none belong and with words that nobody knows. */
  oddRows: flag,

  /** Milliseconds between a change and its webhook; Loyverse takes about 5 s. */
  webhookDelayMs: duration,
  /** Each webhook is sent twice. */
  webhookDuplicate: flag,
  /** Webhooks are sent in pairs, the later one first; one that stays alone goes out after a second. */
  webhookOutOfOrder: flag,
  /** Loyverse gives up: the next time anybody looks or anything is to be sent, all webhooks are DISABLED. */
  webhookDisabled: next,
  /** Milliseconds until a webhook is tried again; each further try waits twice as long. */
  webhookRetryMs: z.number().min(0).default(1_000),
  /** After so many tries a webhook is DISABLED; Loyverse makes 200. */
  webhookTries: z.int().min(1).default(5),
});

/** May be changed at any time; the next request sees it. */
export type SandboxSwitches = z.output<typeof switchesSchema>;

type Counter =
  | 'tooManyRequests'
  | 'serverErrorReads'
  | 'serverErrorBefore'
  | 'serverErrorAfter'
  | 'cutBeforeSale'
  | 'cutAfterSale'
  | 'garbleAfterSale'
  | 'catalogueChurn'
  | 'truncatedJson'
  | 'emptyBody'
  | 'webhookDisabled';

/** Counts one down. @returns whether there was one. */
export function takeOne(switches: SandboxSwitches, counter: Counter): boolean {
  if (switches[counter] <= 0) return false;
  switches[counter] -= 1;
  return true;
}
