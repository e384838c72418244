import { DateTime } from 'luxon';
import type { StoreHours } from './opening-hours';
import type { Ms } from './order';

/** Why the store takes no orders for a while; told to the website. */
export const PAUSE_REASONS = ['too_busy', 'short_staffed', 'item_finished', 'equipment', 'other'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** How long: `day` until the store closes, `open_end` until somebody resumes. */
export const PAUSE_LENGTHS = ['quarter', 'hour', 'day', 'open_end'] as const;
export type PauseLength = (typeof PAUSE_LENGTHS)[number];

/** What every promise may be longer by, in minutes. */
export const BUSY_MINUTES = [10, 20, 30] as const;
export type BusyMinutes = (typeof BUSY_MINUTES)[number];

/** For how long the kitchen is busy, in minutes. */
export const BUSY_FOR_MINUTES = [30, 60, 120] as const;
export type BusyForMinutes = (typeof BUSY_FOR_MINUTES)[number];

/** The website is to sell nothing. `until` is `null` when somebody has to resume. */
export interface Pause {
  readonly since: Ms;
  readonly until: Ms | null;
  readonly reason: PauseReason;
}

/** Every promise is longer than it would be. */
export interface Busy {
  readonly since: Ms;
  readonly until: Ms;
  readonly extraMinutes: BusyMinutes;
}

/** A pause that is over. */
export interface PastPause {
  readonly from: Ms;
  readonly to: Ms;
}

export interface StoreMode {
  readonly pause: Pause | null;
  readonly busy: Busy | null;
  /** Those of the last day, newest last: what came in during one waits for a person all the same. */
  readonly earlier: readonly PastPause[];
}

export const NORMAL: StoreMode = { pause: null, busy: null, earlier: [] };

const MINUTE_MS: Ms = 60_000;
const EARLIER_MS: Ms = 86_400_000;
const MOST_EARLIER = 50;
/** A clock that was put right by a little moves nothing; one that was set back far must not keep the store shut. */
const SLACK_MS: Ms = MINUTE_MS;

/** The same object while nothing of it has ended. */
export function modeAt(mode: StoreMode, now: Ms): StoreMode {
  const { pause, busy } = mode;
  const isPauseOver = pause !== null && isOver(pause, now);
  const isBusyOver = busy !== null && isOver(busy, now);
  if (!isPauseOver && !isBusyOver) return mode;
  const rest = isPauseOver ? resumed(mode, Math.min(pause.until ?? now, now)) : mode;
  return isBusyOver ? { ...rest, busy: null } : rest;
}

export function paused(mode: StoreMode, pause: Pause): StoreMode {
  return { ...resumed(mode, pause.since), pause };
}

/** No more pause; the one that was is remembered. */
export function resumed(mode: StoreMode, now: Ms): StoreMode {
  const { pause, earlier } = mode;
  if (pause === null) return mode;
  const recent = [...earlier, { from: pause.since, to: now }].filter(({ to }) => now - to < EARLIER_MS);
  return { ...mode, pause: null, earlier: recent.slice(-MOST_EARLIER) };
}

/** Whether the store was paused then. */
export function wasPausedAt({ pause, earlier }: StoreMode, at: Ms): boolean {
  if (earlier.some(({ from, to }) => from <= at && at < to)) return true;
  return pause !== null && pause.since <= at && (pause.until === null || at < pause.until);
}

/** What every promise is longer by now, in minutes. */
export function extraMinutes({ busy }: StoreMode): number {
  return busy?.extraMinutes ?? 0;
}

/** When a pause of that length ends; `null`: not by itself. */
export function pauseEnd(length: PauseLength, hours: StoreHours, timezone: string, now: Ms): Ms | null {
  switch (length) {
    case 'quarter':
      return now + 15 * MINUTE_MS;
    case 'hour':
      return now + 60 * MINUTE_MS;
    case 'day':
      // A store that never closes, or is closed, has a day all the same.
      if (hours.open && hours.until !== null) return hours.until;
      return DateTime.fromMillis(now, { zone: timezone }).endOf('day').toMillis();
    case 'open_end':
      return null;
  }
}

function isOver({ since, until }: Pause | Busy, now: Ms): boolean {
  if (until === null) return false;
  return now >= until || now < since - SLACK_MS;
}
