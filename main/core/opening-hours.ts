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

/** One date with hours of its own: they stand instead of its weekday's. */
export interface SpecialDay {
  /** In the location's zone: `2026-12-25`. */
  readonly date: string;
  /** What it is called, for the screen: `Christmas Day`. */
  readonly name: string | null;
  /** None: the store is closed. */
  readonly spans: readonly Span[];
}

export interface StoreHours {
  readonly open: boolean;
  /** When this changes next; `null` if it never does. */
  readonly until: Ms | null;
}

interface Hours {
  readonly mode: 'Auto' | 'Open' | 'Closed';
  readonly weekly: WeeklyHours;
  readonly special: readonly SpecialDay[];
}

/**
 * Whether the store is open at `now`, and until when.
 * Wall-clock times are read in the location's zone, so that a change of the clocks moves them along.
 */
export function storeHours(hours: Hours, timezone: string, now: Ms): StoreHours {
  if (hours.mode !== 'Auto') return { open: hours.mode === 'Open', until: null };
  const days = new Days(hours, timezone, now);
  const current = [...days.periods(-1), ...days.periods(0)].filter(({ from, to }) => from <= now && now < to);
  return current.length > 0
    ? { open: true, until: closingAfter(Math.max(...current.map(({ to }) => to)), days) }
    : { open: false, until: openingAfter(now, days) };
}

interface Period {
  readonly from: Ms;
  readonly to: Ms;
}

/** How far ahead a change is looked for: beyond it, whoever asks will have asked again. */
const MOST_DAYS = 400;

/** The calendar around today, worked out as far as somebody asks. */
class Days {
  /** Past the last special date the weeks repeat: what has not come a week after it never comes. */
  readonly last: number;
  readonly #today: DateTime;
  readonly #weekly: WeeklyHours;
  readonly #special: ReadonlyMap<string, SpecialDay>;

  constructor({ weekly, special }: Hours, timezone: string, now: Ms) {
    this.#today = DateTime.fromMillis(now, { zone: timezone }).startOf('day');
    this.#weekly = weekly;
    this.#special = new Map(special.map((day) => [day.date, day]));
    const ahead = special.map(({ date }) => Math.ceil((Date.parse(date) - now) / DAY_MS));
    this.last = Math.min(MOST_DAYS, Math.max(0, ...ahead) + 8);
  }

  /** When the day begins; 0 is today. */
  start(day: number): Ms {
    return this.#today.plus({ days: day }).toMillis();
  }

  /** What that day's list opens, until after midnight perhaps. */
  periods(day: number): Period[] {
    const date = this.#today.plus({ days: day });
    const spans =
      this.#special.get(date.toFormat('yyyy-MM-dd'))?.spans ??
      this.#weekly[WEEKDAYS[date.weekday - 1] as Weekday];
    return spans.map(({ opens, closes }) => ({ from: wallClock(date, opens), to: wallClock(date, closes) }));
  }
}

const DAY_MS = 86_400_000;

function wallClock(day: DateTime, minutes: number): Ms {
  return day
    .plus({ days: Math.floor(minutes / 1440) })
    .set({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 })
    .toMillis();
}

function openingAfter(now: Ms, days: Days): Ms | null {
  for (let day = 0; day <= days.last; day += 1) {
    const next = days.periods(day).filter(({ from }) => from > now);
    if (next.length > 0) return Math.min(...next.map(({ from }) => from));
  }
  return null;
}

/**
 * Spans that touch or overlap count as one: 11:00–15:00 and 15:00–22:00 close at 22:00.
 * @returns `null` when it never closes.
 */
function closingAfter(end: Ms, days: Days): Ms | null {
  let closing = end;
  for (let day = -1; day <= days.last; day += 1) {
    if (days.start(day) > closing) return closing;
    closing = extended(closing, days.periods(day));
  }
  return null;
}

/** A day's list need not be in order: each span that is joined on may join on another one. */
function extended(end: Ms, periods: readonly Period[]): Ms {
  const longer = periods.filter(({ from, to }) => from <= end && to > end).map(({ to }) => to);
  return longer.length === 0 ? end : extended(Math.max(...longer), periods);
}
