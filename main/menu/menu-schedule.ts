import { DateTime } from 'luxon';
import type { Ms } from '../core/order';

/** When the last guest has gone and the first cook has not come, by the clock on the wall. */
const NIGHT_HOUR = 4;

/**
 * Whether a full read is due: there was none yet, or a night has passed since the last one. Full reads catch what
 * reads of changes cannot see, such as a renamed category.
 */
export function isFullReadDue(lastFullAt: Ms | null, now: Ms, timezone: string): boolean {
  if (lastFullAt === null) return true;
  const local = DateTime.fromMillis(now, { zone: timezone });
  const today = local.set({ hour: NIGHT_HOUR, minute: 0, second: 0, millisecond: 0 });
  const lastNight = local < today ? today.minus({ days: 1 }) : today;
  return lastFullAt < lastNight.toMillis();
}

/** How long to wait after `failures` failed reads in a row: longer each time, never longer than usual. */
export function waitAfterFailure(failures: number, shortest: Ms, usual: Ms, askedFor: Ms | null): Ms {
  const doubled = Math.min(shortest * 2 ** Math.max(0, failures - 1), usual);
  return Math.max(doubled, askedFor ?? 0);
}
