import { DateTime } from 'luxon';
import type { RawHours } from './location-schema';
import { type Span, type SpecialDay, WEEKDAYS, type Weekday, type WeeklyHours } from './opening-hours';

/** One `{type, time}` of the guide's lists. */
type Entry = NonNullable<RawHours[Weekday]>[number];

/** Something odd about the lists. */
export interface HoursMistake {
  /** The entry, below `opening_hours`: `['mon', 0]`, `['special', 2, 'hours', 0]`. */
  readonly place: readonly (string | number)[];
  readonly kind: 'no_close' | 'no_open' | 'overlap';
}

const DAY = 1440;

/** The guide's lists of `Open` and `Close` as spans; a close that is not after its open is on the next day. */
export function weeklyHours(hours: RawHours | undefined): WeeklyHours {
  const of = (day: Weekday): Span[] =>
    pairs(hours?.[day] ?? []).spans.map(({ opens, closes }) => ({ opens, closes }));
  return {
    mon: of('mon'),
    tue: of('tue'),
    wed: of('wed'),
    thu: of('thu'),
    fri: of('fri'),
    sat: of('sat'),
    sun: of('sun'),
  };
}

/** The dates with hours of their own. */
export function specialDays(hours: RawHours | undefined): SpecialDay[] {
  return (hours?.special ?? []).map(({ date, name, hours: entries }) => ({
    date,
    name: name ?? null,
    spans: pairs(entries ?? []).spans.map(({ opens, closes }) => ({ opens, closes })),
  }));
}

/**
 * An `Open` or `Close` without its other half, and spans that run into each other: on one day, over midnight, and over
 * midnight into or out of a special date.
 */
export function hoursMistakes(hours: RawHours): HoursMistake[] {
  const week = new Map(WEEKDAYS.map((day) => [day, pairs(hours[day] ?? [])]));
  const dates = new Map((hours.special ?? []).map(({ date, hours: list }) => [date, pairs(list ?? [])]));
  /** A date's own spans; weekdays repeat. */
  const spansOn = (date: string) => (dates.get(date) ?? week.get(weekdayOf(date)))?.spans ?? [];
  const weekly = WEEKDAYS.flatMap((day, position) => {
    const yesterday = WEEKDAYS[(position + 6) % 7] ?? day;
    return dayMistakes([day], week.get(day), week.get(yesterday)?.spans ?? []);
  });
  const special = (hours.special ?? []).flatMap(({ date }, index) => {
    const list = ['special', index, 'hours'];
    const own = dates.get(date);
    const tomorrow = neighbour(date, 1);
    // The date after it, where it is special too, is reported there.
    const next = dates.has(tomorrow) ? [] : spansOn(tomorrow);
    const reach = reachOf(own?.spans ?? []);
    const late = (own?.spans ?? []).filter(
      ({ closes }) => closes - DAY === reach && next.some(({ opens }) => opens < reach),
    );
    return [
      ...dayMistakes(list, own, spansOn(neighbour(date, -1))),
      ...late.map((span) => ({ place: [...list, span.index], kind: 'overlap' as const })),
    ];
  });
  return [...weekly, ...special];
}

function dayMistakes(
  list: readonly (string | number)[],
  day: Pairs | undefined,
  yesterday: readonly Span[],
): HoursMistake[] {
  const { spans, unpaired } = day ?? { spans: [], unpaired: [] };
  const reach = reachOf(yesterday);
  return [
    ...unpaired.map(({ index, kind }) => ({ place: [...list, index], kind })),
    ...spans
      .filter((span, at) => span.opens < reach || spans.slice(0, at).some((other) => overlap(span, other)))
      .map(({ index }) => ({ place: [...list, index], kind: 'overlap' as const })),
  ];
}

/** Minutes after the next midnight at which the last of a day's spans ends. */
function reachOf(spans: readonly Span[]): number {
  return Math.max(0, ...spans.map(({ closes }) => closes - DAY));
}

function neighbour(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

function weekdayOf(date: string): Weekday {
  return WEEKDAYS[DateTime.fromISO(date, { zone: 'utc' }).weekday - 1] ?? 'mon';
}

function overlap(a: Span, b: Span): boolean {
  return a.opens < b.closes && b.opens < a.closes;
}

interface IndexedSpan extends Span {
  /** Of its `Open`. */
  readonly index: number;
}

interface Pairs {
  readonly spans: readonly IndexedSpan[];
  readonly unpaired: readonly Unpaired[];
}

interface Unpaired {
  readonly index: number;
  readonly kind: 'no_close' | 'no_open';
}

function pairs(entries: readonly Entry[]): Pairs {
  const spans: IndexedSpan[] = [];
  const unpaired: Unpaired[] = [];
  let open: { readonly opens: number; readonly index: number } | undefined;
  entries.forEach(({ type, time }, index) => {
    const at = minutes(time);
    if (type === 'Open') {
      if (open !== undefined) unpaired.push({ index: open.index, kind: 'no_close' });
      open = { opens: at, index };
    } else if (open === undefined) {
      unpaired.push({ index, kind: 'no_open' });
    } else {
      spans.push({ ...open, closes: at > open.opens ? at : at + DAY });
      open = undefined;
    }
  });
  if (open !== undefined) unpaired.push({ index: open.index, kind: 'no_close' });
  return { spans, unpaired };
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}
