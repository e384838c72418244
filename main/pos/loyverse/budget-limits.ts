import type { Ms } from '../../core/order';

/** What a request is for. Those held back leave in this order. */
const USES = ['sale', 'search', 'refund', 'availability', 'check', 'orders', 'menu'] as const;
export type RequestUse = (typeof USES)[number];

/** The lower, the more urgent. */
export const RANKS: Readonly<Record<RequestUse, number>> = {
  sale: 0,
  search: 1,
  refund: 2,
  availability: 2,
  check: 3,
  orders: 4,
  menu: 5,
};

/** Nobody stands and waits for these: they keep to their share, and wait as long as it takes. */
export function isBackground(use: RequestUse): boolean {
  return use === 'orders' || use === 'menu';
}

export interface BudgetLimits {
  readonly windowMs: Ms;
  /** What Loyverse allows an account in the window. We keep to it once it has complained. */
  readonly account: number;
  /** What background reads may use of it, and the least that they get after complaints. */
  readonly background: number;
  readonly leastBackground: number;
  /** By how much their share grows back for each window without a complaint. */
  readonly growth: number;
  /** After so long without a complaint, sales are no longer counted. */
  readonly calmMs: Ms;
  /** The first pause after a complaint that does not say how long; each one after it is twice as long. */
  readonly firstPauseMs: Ms;
  readonly longestPauseMs: Ms;
  /** What somebody waits for waits at most so long, and then fails with the time after which to come again. */
  readonly holdMs: Ms;
}

/** The vendor's figures where it states any; shared out as we see fit. */
export const LIMITS: BudgetLimits = {
  windowMs: 300_000,
  account: 300,
  background: 60,
  leastBackground: 10,
  growth: 10,
  calmMs: 600_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  holdMs: 5_000,
};
