import type { Ms } from '../../core/order';

/** What a request is for. Those held back leave in this order. `backlog`: a sale that has waited for long. */
const USES = ['sale', 'backlog', 'search', 'refund', 'availability', 'check', 'orders', 'menu'] as const;
export type RequestUse = (typeof USES)[number];

/** The lower, the more urgent. */
export const RANKS: Readonly<Record<RequestUse, number>> = {
  sale: 0,
  search: 1,
  backlog: 2,
  refund: 3,
  availability: 3,
  check: 4,
  orders: 5,
  menu: 6,
};

/** Nobody stands and waits for these: they keep to their share, and wait as long as it takes. */
export function isBackground(use: RequestUse): boolean {
  return use === 'orders' || use === 'menu';
}

/** What must not use up what is left for an order that comes now. */
export function leavesReserve(use: RequestUse): boolean {
  return use === 'backlog' || isBackground(use);
}

export interface BudgetLimits {
  readonly windowMs: Ms;
  /** By how much longer ours is: a request is counted there when it arrives, which is later than when it left. */
  readonly slackMs: Ms;
  /** What Loyverse allows an account in the window. We keep to it once it has complained. */
  readonly account: number;
  /**
   * What a backlog and background reads leave of it, also before any complaint: for orders that come meanwhile, and for
   * the checks whether the till is there.
   */
  readonly reserve: number;
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
  slackMs: 1_000,
  account: 300,
  reserve: 45,
  background: 60,
  leastBackground: 10,
  growth: 10,
  calmMs: 600_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  holdMs: 5_000,
};
