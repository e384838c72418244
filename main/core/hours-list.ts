import type { RawHours } from './location-schema';
import { type Span, WEEKDAYS, type Weekday, type WeeklyHours } from './opening-hours';

/** One `{type, time}` of the guide's lists. */
type Entry = NonNullable<RawHours[Weekday]>[number];

/** Something odd about the lists, at one entry of one day. */
export interface HoursMistake {
  readonly day: Weekday;
  readonly index: number;
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

/** An `Open` or `Close` without its other half, and spans that run into each other, also over midnight. */
export function hoursMistakes(hours: RawHours): HoursMistake[] {
  const days = WEEKDAYS.map((day) => ({ day, ...pairs(hours[day] ?? []) }));
  return days.flatMap(({ day, spans, unpaired }, position) => {
    const yesterday = days[(position + 6) % 7]?.spans ?? [];
    const reach = Math.max(0, ...yesterday.map(({ closes }) => closes - DAY));
    return [
      ...unpaired.map((mistake) => ({ day, ...mistake })),
      ...spans
        .filter((span, at) => span.opens < reach || spans.slice(0, at).some((other) => overlap(span, other)))
        .map(({ index }) => ({ day, index, kind: 'overlap' as const })),
    ];
  });
}

function overlap(a: Span, b: Span): boolean {
  return a.opens < b.closes && b.opens < a.closes;
}

interface IndexedSpan extends Span {
  /** Of its `Open`. */
  readonly index: number;
}

function pairs(entries: readonly Entry[]): {
  readonly spans: readonly IndexedSpan[];
  readonly unpaired: readonly Pick<HoursMistake, 'index' | 'kind'>[];
} {
  const spans: IndexedSpan[] = [];
  const unpaired: Pick<HoursMistake, 'index' | 'kind'>[] = [];
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
