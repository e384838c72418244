import type { BudgetLimits } from '../../../main/pos/loyverse/budget-limits';

/** Loyverse's rules a thousand times faster: nobody waits minutes for a test. */
export const HASTY: BudgetLimits = {
  windowMs: 300,
  slackMs: 1,
  account: 300,
  reserve: 45,
  background: 60,
  leastBackground: 10,
  growth: 10,
  calmMs: 600,
  firstPauseMs: 1,
  longestPauseMs: 60,
  holdMs: 2_000,
};
