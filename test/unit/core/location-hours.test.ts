import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursMistakes, weeklyHours } from '../../../main/core/hours-list';
import { storeHours, WEEKDAYS, type Weekday, type WeeklyHours } from '../../../main/core/opening-hours';

type Entry = { type: 'Open' | 'Close'; time: string };
const entries = (...times: string[]): Entry[] =>
  times.map((time, index) => ({ type: index % 2 === 0 ? 'Open' : 'Close', time }));
const mistakes = (days: Partial<Record<Weekday, Entry[]>>) => hoursMistakes({ mode: 'Auto', ...days });

const MINUTE = 60_000;

/** The wall clock of a zone as the engine's calendar has it: weekday and minute of the day. */
function wallClock(zone: string): (at: number) => { weekday: Weekday; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const weekday = WEEKDAYS.find((day) => day === parts.get('weekday')?.toLowerCase());
    if (weekday === undefined) throw new Error('The calendar names a day that is none.');
    return { weekday, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
  };
}

/** Open by the wall clock alone: today's spans, or one of yesterday's that reaches past midnight. */
function openBy(weekly: WeeklyHours, { weekday, minute }: { weekday: Weekday; minute: number }): boolean {
  const yesterday = WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 6) % 7] ?? weekday;
  return (
    weekly[weekday].some(({ opens, closes }) => opens <= minute && minute < closes) ||
    weekly[yesterday].some(({ closes }) => minute < closes - 1440)
  );
}

describe('opening hours', () => {
  // The nights around these days change the clocks in the zones that do; restaurants do not open or close
  // inside the hour that is left out or comes twice, so the spans keep clear of it.
  const zones = fc.constantFrom(
    'America/Port_of_Spain',
    'America/New_York',
    'America/Havana',
    'Europe/London',
    'Asia/Kolkata',
  );
  const starts = fc.constantFrom('2026-03-06', '2026-03-27', '2026-10-23', '2026-10-30', '2026-11-20');
  const quarter = (from: number, to: number) =>
    fc.integer({ min: from / 15, max: to / 15 }).map((n) => n * 15);
  const span = fc
    .record({ opens: quarter(6 * 60, 23 * 60 + 45), length: quarter(15, 18 * 60) })
    .map((given) => ({
      opens: given.opens,
      // Through the night until six at most, and not to an hour when clocks change.
      closes: avoidNight(Math.min(given.opens + given.length, 1440 + 6 * 60)),
    }));
  const week = fc.tuple(...WEEKDAYS.map(() => fc.array(span, { maxLength: 2 })));

  it('agree, quarter by quarter, with the wall clock, also when the clocks change', () => {
    fc.assert(
      fc.property(zones, starts, week, (zone, start, days) => {
        const [mon, tue, wed, thu, fri, sat, sun] = days;
        if (!mon || !tue || !wed || !thu || !fri || !sat || !sun) return;
        const weekly: WeeklyHours = { mon, tue, wed, thu, fri, sat, sun };
        const clock = wallClock(zone);
        const begin = Date.parse(`${start}T00:00:00Z`);
        for (let at = begin; at < begin + 3 * 1440 * MINUTE; at += 15 * MINUTE) {
          const { open, until } = storeHours({ mode: 'Auto', weekly, special: [] }, zone, at);
          expect({ at, open }).toEqual({ at, open: openBy(weekly, clock(at)) });
          if (until === null) continue;
          // What it says about later is what it says then, and nothing changes in between.
          expect(openBy(weekly, clock(until))).toBe(!open);
          expect(openBy(weekly, clock(until - MINUTE))).toBe(open);
        }
      }),
      { seed: 21, numRuns: process.env.TILLSIDE_LONG ? 240 : 12 },
    );
  });

  it('of a store that never closes have no end', () => {
    const all = entries('00:00', '00:00');
    const weekly = weeklyHours({
      mode: 'Auto',
      ...{ mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all },
    });
    expect(
      storeHours(
        { mode: 'Auto', weekly, special: [] },
        'America/Port_of_Spain',
        Date.parse('2026-11-23T12:00Z'),
      ),
    ).toEqual({
      open: true,
      until: null,
    });
  });
});

function avoidNight(minutes: number): number {
  return minutes > 1440 && minutes < 1440 + 4 * 60 ? 1440 : minutes;
}

describe('the lists of Open and Close', () => {
  it('may hold several spans a day, and a close after midnight', () => {
    const { fri } = weeklyHours({ mode: 'Auto', fri: entries('11:00', '15:00', '18:00', '01:30') });
    expect(fri).toEqual([
      { opens: 660, closes: 900 },
      { opens: 1080, closes: 1530 },
    ]);
  });

  it('have their halves in pairs', () => {
    expect(mistakes({ mon: entries('11:00') })).toEqual([{ place: ['mon', 0], kind: 'no_close' }]);
    expect(mistakes({ mon: [...entries('11:00'), ...entries('12:00', '13:00')] })).toEqual([
      { place: ['mon', 0], kind: 'no_close' },
    ]);
    expect(mistakes({ mon: [{ type: 'Close', time: '11:00' }, ...entries('12:00', '13:00')] })).toEqual([
      { place: ['mon', 0], kind: 'no_open' },
    ]);
  });

  it('do not run into each other, also over midnight and over Sunday', () => {
    expect(mistakes({ mon: entries('11:00', '15:00', '15:00', '22:00') })).toEqual([]);
    expect(mistakes({ mon: entries('17:00', '22:00', '11:00', '15:00') })).toEqual([]);
    expect(mistakes({ mon: entries('11:00', '15:00', '14:00', '22:00') })).toEqual([
      { place: ['mon', 2], kind: 'overlap' },
    ]);
    expect(mistakes({ sun: entries('20:00', '03:00'), mon: entries('02:00', '12:00') })).toEqual([
      { place: ['mon', 0], kind: 'overlap' },
    ]);
  });
});
