import { z } from 'zod';

const flag = z.boolean().default(false);
/** How many of the next ones; each counts one down. */
const next = z.union([z.int().min(0), z.literal(Number.POSITIVE_INFINITY)]).default(0);
const duration = z.union([z.number().min(0), z.literal(Number.POSITIVE_INFINITY)]).default(0);
const probability = z.number().min(0).max(1).default(0);

/** `true`: every connection is cut at once; `refuse`: nobody listens on the port at all. */
const downSchema = z.union([z.boolean(), z.literal('refuse')]).default(false);
export type Down = z.output<typeof downSchema>;

/** Everything that can go wrong with the sandbox; with the defaults, nothing does. */
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

  /** The next sales get 500 and are not stored. */
  serverErrorBefore: next,
  /** The next sales are stored and get 500. */
  serverErrorAfter: next,
  /** The next sales end in a cut connection and are not stored. */
  cutBeforeSale: next,
  /** The next sales are stored, and the connection is cut before the answer. */
  cutAfterSale: next,
  /** The same, by chance: each sale's answer is lost with this probability. */
  lose: probability,
  /** The next sales are stored and answered 200, with something that is not a receipt. */
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
  | 'garbleAfterSale';

/** Counts one down. @returns whether there was one. */
export function takeOne(switches: SandboxSwitches, counter: Counter): boolean {
  if (switches[counter] <= 0) return false;
  switches[counter] -= 1;
  return true;
}
