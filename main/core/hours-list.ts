import type { RawHours } from './location-schema';
import type { Span, Weekday, WeeklyHours } from './opening-hours';

const DAY = 1440;

/** The guide's lists of `Open` and `Close` as spans; a close that is not after its open is on the next day. */
export function weeklyHours(hours: RawHours | undefined): WeeklyHours {
  const of = (day: Weekday): Span[] => spans(hours?.[day] ?? []);
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

function spans(entries: readonly { readonly type: 'Open' | 'Close'; readonly time: string }[]): Span[] {
  const found: Span[] = [];
  let opens: number | undefined;
  for (const { type, time } of entries) {
    const at = minutes(time);
    if (type === 'Open') opens = at;
    else if (opens !== undefined) {
      found.push({ opens, closes: at > opens ? at : at + DAY });
      opens = undefined;
    }
  }
  // An open without a close lasts until midnight.
  return opens === undefined ? found : [...found, { opens, closes: DAY }];
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}
