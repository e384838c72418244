import { specialDays, weeklyHours } from '../../core/hours-list';
import type { RawLocation } from '../../core/location-schema';
import { type Span, WEEKDAYS } from '../../core/opening-hours';
import type { YamlPath } from '../yaml-source';

/** One value of a location, its defaults filled in and its placeholders still in it. */
export interface Leaf {
  /** Below the location: `pos`, `loyverse`, `store_id`. A special day stands below its date. */
  readonly path: YamlPath;
  /** One text; more for a list. Empty for an empty list: a day on which the restaurant is closed. */
  readonly texts: readonly string[];
}

/** Every value of a location, in the schema's order, as people read it. Nothing of the schema is left out. */
export function locationLeaves({ opening_hours: hours, ...others }: RawLocation): Leaf[] {
  const weekly = weeklyHours(hours);
  return [
    ...leavesOf(others, []),
    { path: ['opening_hours', 'mode'], texts: [hours?.mode ?? 'Open'] },
    ...WEEKDAYS.map((day) => ({ path: ['opening_hours', day], texts: weekly[day].map(spanText) })),
    ...specialDays(hours).map(({ date, name, spans }) => ({
      path: ['opening_hours', 'special', date],
      texts: [
        ...(name === null ? [] : [name]),
        spans.length === 0 ? 'closed' : spans.map(spanText).join(', '),
      ],
    })),
  ];
}

function leavesOf(value: unknown, path: YamlPath): Leaf[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return [{ path, texts: value.map(String) }];
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
  }
  // The schema keeps this span in milliseconds.
  const text = path.at(-1) === 'fallback_after' ? `${Number(value) / 1_000} s` : String(value);
  return [{ path, texts: [text] }];
}

const DAY = 1440;

function spanText({ opens, closes }: Span): string {
  return `${clock(opens)}–${clock(closes)}`;
}

function clock(minutes: number): string {
  const of = minutes % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
}
