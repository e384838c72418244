import { DateTime } from 'luxon';
import type { Ms, Trouble } from '../../core/order';
import type { SeatState } from './budget-seats';
import type { ServerClock } from './server-clock';

/** What a manager should know of a Loyverse account though nothing is wrong with it. */

/** Loyverse's tokens belong to the whole account, whatever they are called in Back Office. */
export function reachWords(account: string, stores: number): string {
  const all = stores === 1 ? 'the store' : stores === 2 ? 'both stores' : `all ${stores} stores`;
  return `This token can read and write ${all} of ${account}. Loyverse has no narrower token.`;
}

export const MONTH_OF_HISTORY = 'Loyverse keeps 31 days of receipts on this plan.';

/** Nothing in its interface says that it would; one shop tried. */
export const NO_KITCHEN =
  'Sales that Tillside books do not print in the kitchen and do not show on Loyverse’s kitchen display.';

/** How much we ask, and what holds us back. */
export function budgetWords(state: SeatState, now: Ms, timezone: string): string[] {
  const { limits, used, share, pausedForMs, lessForMs } = state;
  const clock = (at: Ms) => DateTime.fromMillis(at, { zone: timezone }).toFormat('HH:mm');
  const minutes = Math.round(limits.windowMs / 60_000);
  return [
    `Loyverse allows ${limits.account} questions in ${minutes} minutes for the whole account. We used ${used} of our ${limits.background}.`,
    ...sharingWords(state),
    ...(lessForMs > 0
      ? [
          `Other tills use the same account: we ask ${lessOften(share / limits.background)} until ${clock(now + lessForMs)}.`,
        ]
      : []),
    ...(pausedForMs > 0 ? [`Loyverse asks us to slow down: we wait until ${clock(now + pausedForMs)}.`] : []),
  ];
}

/** Said only where it is so. */
export function sharingWords({ stores }: Pick<SeatState, 'stores'>): string[] {
  return stores > 1 ? [`${stores} stores on this computer use this account and share its questions.`] : [];
}

function lessOften(part: number): string {
  if (part > 0.6) return 'a little less often';
  return part >= 0.4 ? 'half as often' : 'much less often';
}

const MINUTE: Ms = 60_000;
/** Below this, nobody has to do anything. */
const NOTABLE: Ms = 2 * MINUTE;

/** The two clocks, when they are notably apart. `trouble` when neither can be relied on. */
export function clockWords(clock: Pick<ServerClock, 'difference' | 'isRelied'>): {
  readonly facts: readonly string[];
  readonly trouble: Trouble | null;
} {
  const apart = Math.abs(clock.difference() ?? 0);
  if (apart <= NOTABLE) return { facts: [], trouble: null };
  const differs = `This computer’s clock differs from Loyverse’s by ${lengthWords(apart)}.`;
  if (clock.isRelied()) return { facts: [differs], trouble: null };
  return { facts: [], trouble: { code: 'clock', words: `${differs} Set this computer’s date and time.` } };
}

function lengthWords(ms: Ms): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} hours`;
  const days = Math.round(hours / 24);
  return days < 730 ? `${days} days` : `${Math.round(days / 365.25)} years`;
}
