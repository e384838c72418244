import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { hoursMistakes, specialDays, weeklyHours } from '../../../main/core/hours-list';
import { storeHours, WEEKDAYS } from '../../../main/core/opening-hours';

const ZONE = 'America/Port_of_Spain';
type Entry = { type: 'Open' | 'Close'; time: string };
const entries = (...times: string[]): Entry[] =>
  times.map((time, index) => ({ type: index % 2 === 0 ? 'Open' : 'Close', time }));
const at = (text: string, zone = ZONE): number => DateTime.fromISO(text, { zone }).toMillis();

interface Raw {
  week?: Partial<Record<(typeof WEEKDAYS)[number], Entry[]>>;
  special: { date: string; closed?: true; hours?: Entry[]; name?: string }[];
}

function read({ week = {}, special }: Raw, now: string, zone = ZONE) {
  const raw = { mode: 'Auto' as const, ...week, special };
  const hours = { mode: 'Auto' as const, weekly: weeklyHours(raw), special: specialDays(raw) };
  const { open, until } = storeHours(hours, zone, at(now, zone));
  return [open, until === null ? null : DateTime.fromMillis(until, { zone }).toFormat("yyyy-MM-dd'T'HH:mm")];
}

const daily = (...times: string[]) => Object.fromEntries(WEEKDAYS.map((day) => [day, entries(...times)]));

describe('a special date', () => {
  const christmas = { date: '2026-12-25', closed: true as const, name: 'Christmas Day' };
  const week = daily('11:00', '22:00');

  it.each([
    // Christmas 2026 is a Friday.
    ['2026-12-24T23:00', [false, '2026-12-26T11:00']],
    ['2026-12-25T12:00', [false, '2026-12-26T11:00']],
    ['2026-12-24T12:00', [true, '2026-12-24T22:00']],
    ['2026-12-18T12:00', [true, '2026-12-18T22:00']],
  ])('that is closed stands instead of its weekday, at %s', (now, expected) => {
    expect(read({ week, special: [christmas] }, now)).toEqual(expected);
  });

  it('has hours of its own, also where its weekday has none', () => {
    const special = [{ date: '2026-12-27', hours: entries('12:00', '16:00', '18:00', '20:00') }];
    expect(read({ special }, '2026-12-27T15:00')).toEqual([true, '2026-12-27T16:00']);
    expect(read({ special }, '2026-12-27T17:00')).toEqual([false, '2026-12-27T18:00']);
    expect(read({ special }, '2026-12-27T21:00')).toEqual([false, null]);
    expect(read({ special }, '2026-08-01T12:00')).toEqual([false, '2026-12-27T12:00']);
  });

  it('does not end the night that began the day before, and its own night goes on after it', () => {
    const nights = daily('18:00', '02:00');
    expect(read({ week: nights, special: [christmas] }, '2026-12-25T01:00')).toEqual([
      true,
      '2026-12-25T02:00',
    ]);
    expect(read({ week: nights, special: [christmas] }, '2026-12-26T01:00')).toEqual([
      false,
      '2026-12-26T18:00',
    ]);
    const eve = [{ date: '2026-12-31', hours: entries('18:00', '05:00') }];
    expect(read({ week, special: eve }, '2027-01-01T04:59')).toEqual([true, '2027-01-01T05:00']);
  });

  it('joins on to the days around it', () => {
    const all = daily('00:00', '00:00');
    const special = [{ date: '2026-12-25', hours: entries('00:00', '18:00') }];
    expect(read({ week: all, special }, '2026-12-20T12:00')).toEqual([true, '2026-12-25T18:00']);
    expect(read({ week: all, special: [] }, '2026-12-20T12:00')).toEqual([true, null]);
  });

  it('may be one of many in a row: the next opening is behind them all', () => {
    const special = Array.from({ length: 30 }, (_, day) => ({
      date: DateTime.fromISO('2026-12-20').plus({ days: day }).toFormat('yyyy-MM-dd'),
      closed: true as const,
    }));
    expect(read({ week, special }, '2026-12-20T12:00')).toEqual([false, '2027-01-19T11:00']);
  });

  it.each([
    // The clocks go forward on 8 March 2026 and back on 1 November 2026.
    ['2026-03-08', '2026-03-08T10:00', [true, '2026-03-08T12:00']],
    ['2026-11-01', '2026-11-01T10:00', [true, '2026-11-01T12:00']],
    ['2026-11-01', '2026-11-01T12:00', [false, '2026-11-02T11:00']],
    ['2026-03-09', '2026-03-08T23:00', [false, '2026-03-09T09:00']],
  ])('%s goes by the wall clock when the clocks change', (date, now, expected) => {
    const special = [{ date, hours: entries('09:00', '12:00') }];
    expect(read({ week, special }, now, 'America/New_York')).toEqual(expected);
  });

  it('agrees, minute by minute, with a calendar filled in by hand', () => {
    const half = fc.integer({ min: 0, max: 47 });
    const span = fc.option(fc.tuple(half, half).filter(([from, to]) => from !== to));
    const time = (n: number) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`;
    const list = (given: [number, number] | null) =>
      given === null ? [] : entries(time(given[0]), time(given[1]));
    fc.assert(
      fc.property(
        fc.array(span, { minLength: 7, maxLength: 7 }),
        fc.uniqueArray(fc.record({ day: fc.integer({ min: 0, max: 9 }), hours: span }), {
          selector: ({ day }) => day,
          maxLength: 4,
        }),
        fc.integer({ min: 1440, max: 8 * 1440 }),
        (days, dates, minute) => {
          // A Monday.
          const monday = DateTime.fromISO('2026-11-23T00:00', { zone: ZONE });
          const date = (day: number) => monday.plus({ days: day }).toFormat('yyyy-MM-dd');
          const filled = new Set<number>();
          for (let day = 0; day < 10; day += 1) {
            const own = dates.find((special) => special.day === day);
            const hours = own === undefined ? days[day % 7] : own.hours;
            if (!hours) continue;
            const [from, to] = hours;
            const end = to > from ? to : to + 48;
            for (let m = from * 30; m < end * 30; m += 1) filled.add(day * 1440 + m);
          }
          const week = Object.fromEntries(days.map((hours, day) => [WEEKDAYS[day], list(hours)]));
          const special = dates.map(({ day, hours }) => ({ date: date(day), hours: list(hours) }));
          const now = monday.plus({ minutes: minute }).toFormat("yyyy-MM-dd'T'HH:mm");
          const [open, until] = read({ week, special }, now);
          expect(open).toBe(filled.has(minute));
          if (typeof until !== 'string') return;
          const change = Math.round((at(until) - monday.toMillis()) / 60_000);
          if (change >= 9 * 1440) return;
          expect(filled.has(change)).toBe(!open);
          expect(filled.has(change - 1)).toBe(open);
        },
      ),
      { seed: 31, numRuns: process.env.TILLSIDE_LONG ? 2_000 : 100 },
    );
  });
});

describe('the hours of special dates', () => {
  const mistakes = ({ week = {}, special }: Raw) => hoursMistakes({ mode: 'Auto', ...week, special });
  const thursdayNight = { thu: entries('18:00', '02:00') };
  const friday = '2026-12-25';

  it('have their halves in pairs, and do not run into each other', () => {
    expect(mistakes({ special: [{ date: friday, hours: entries('11:00') }] })).toEqual([
      { place: ['special', 0, 'hours', 0], kind: 'no_close' },
    ]);
    expect(
      mistakes({ special: [{ date: friday, hours: entries('11:00', '15:00', '14:00', '20:00') }] }),
    ).toEqual([{ place: ['special', 0, 'hours', 2], kind: 'overlap' }]);
  });

  it('do not run into the night before or the day after', () => {
    expect(
      mistakes({ week: thursdayNight, special: [{ date: friday, hours: entries('01:00', '11:00') }] }),
    ).toEqual([{ place: ['special', 0, 'hours', 0], kind: 'overlap' }]);
    expect(
      mistakes({
        week: { sat: entries('04:00', '12:00') },
        special: [{ date: friday, hours: entries('18:00', '05:00') }],
      }),
    ).toEqual([{ place: ['special', 0, 'hours', 0], kind: 'overlap' }]);
    expect(
      mistakes({
        week: { fri: entries('00:00', '23:00') },
        special: [
          { date: '2026-12-24', closed: true },
          { date: friday, hours: entries('01:00', '11:00') },
        ],
      }),
    ).toEqual([]);
  });
});
