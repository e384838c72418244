import { DateTime } from 'luxon';
import type { Ms } from './order';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A span of opening in minutes after the day's midnight; `closes` may pass 1440 (after midnight). */
export interface Span {
  readonly opens: number;
  readonly closes: number;
}

export type WeeklyHours = Readonly<Record<Weekday, readonly Span[]>>;

export interface StoreHours {
  readonly open: boolean;
  /** When this changes next; `null` if it never does. */
  readonly until: Ms | null;
}

interface Hours {
  readonly mode: 'Auto' | 'Open' | 'Closed';
  readonly weekly: WeeklyHours;
}

/**
 * Whether the store is open at `now`, and until when.
 * Wall-clock times are read in the location's zone, so that a change of the clocks moves them along.
 */
export function storeHours(hours: Hours, timezone: string, now: Ms): StoreHours {
  if (hours.mode !== 'Auto') return { open: hours.mode === 'Open', until: null };
  const spans = spansAround(hours.weekly, timezone, now);
  const current = spans.filter((span) => span.from <= now && now < span.to);
  if (current.length > 0) return { open: true, until: closingOf(current, spans) };
  const next = spans.filter((span) => span.from > now).map((span) => span.from);
  return { open: false, until: next.length > 0 ? Math.min(...next) : null };
}

interface Period {
  readonly from: Ms;
  readonly to: Ms;
}

/** Yesterday to a week ahead: yesterday may reach past midnight, the next opening is within a week. */
function spansAround(weekly: WeeklyHours, timezone: string, now: Ms): Period[] {
  const today = DateTime.fromMillis(now, { zone: timezone }).startOf('day');
  return Array.from({ length: 9 }, (_, index) => today.plus({ days: index - 1 })).flatMap((day) => {
    const weekday = WEEKDAYS[day.weekday - 1] as Weekday;
    return weekly[weekday].map((span) => ({
      from: wallClock(day, span.opens),
      to: wallClock(day, span.closes),
    }));
  });
}

function wallClock(day: DateTime, minutes: number): Ms {
  return day
    .plus({ days: Math.floor(minutes / 1440) })
    .set({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 })
    .toMillis();
}

/**
 * Spans that touch or overlap count as one: 11:00–15:00 and 15:00–22:00 close at 22:00.
 * @returns `null` when they go on to the end of all that is looked at, more than a week ahead: it never closes.
 */
function closingOf(current: readonly Period[], all: readonly Period[]): Ms | null {
  const horizon = Math.max(...all.map((span) => span.to));
  let end = Math.max(...current.map((span) => span.to));
  for (;;) {
    const longer = all.filter((span) => span.from <= end && span.to > end).map((span) => span.to);
    if (longer.length === 0) return end === horizon ? null : end;
    end = Math.max(...longer);
  }
}
