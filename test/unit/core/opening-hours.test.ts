import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { weeklyHours } from '../../../main/core/hours-list';
import { type StoreHours, storeHours, WEEKDAYS, type Weekday } from '../../../main/core/opening-hours';

const ZONE = 'America/Port_of_Spain';
const at = (text: string, zone = ZONE): number => DateTime.fromISO(text, { zone }).toMillis();
const open = (from: string, to: string) => [
  { type: 'Open' as const, time: from },
  { type: 'Close' as const, time: to },
];

function hoursOf(
  days: Partial<Record<Weekday, ReturnType<typeof open>>>,
  zone: string,
  now: number,
): StoreHours {
  return storeHours({ mode: 'Auto', weekly: weeklyHours({ mode: 'Auto', ...days }), special: [] }, zone, now);
}

describe('opening hours', () => {
  const week = { fri: open('11:00', '01:00'), sat: open('11:00', '22:00') };

  it.each([
    // 2026-11-20 is a Friday.
    ['2026-11-20T10:59', false, '2026-11-20T11:00'],
    ['2026-11-20T11:00', true, '2026-11-21T01:00'],
    ['2026-11-21T00:59', true, '2026-11-21T01:00'],
    ['2026-11-21T01:00', false, '2026-11-21T11:00'],
    ['2026-11-21T22:00', false, '2026-11-27T11:00'],
  ])('at %s: open %s, until %s', (now, isOpen, until) => {
    expect(hoursOf(week, ZONE, at(now))).toEqual({ open: isOpen, until: at(until) });
  });

  it('counts spans that touch as one', () => {
    const lunchAndDinner = { fri: [...open('11:00', '15:00'), ...open('15:00', '22:00')] };
    expect(hoursOf(lunchAndDinner, ZONE, at('2026-11-20T12:00')).until).toBe(at('2026-11-20T22:00'));
  });

  it('follows the wall clock when summer time begins', () => {
    const sunday = { sun: open('11:00', '22:00') };
    const zone = 'America/New_York';
    expect(hoursOf(sunday, zone, at('2026-03-08T11:30', zone))).toEqual({
      open: true,
      until: at('2026-03-08T22:00', zone),
    });
  });

  it.each([
    ['Open' as const, true],
    ['Closed' as const, false],
  ])('ignores the lists when the mode is %s', (mode, isOpen) => {
    expect(storeHours({ mode, weekly: weeklyHours({ mode, ...week }), special: [] }, ZONE, 0)).toEqual({
      open: isOpen,
      until: null,
    });
  });

  it('agrees, minute by minute, with a calendar filled in by hand', () => {
    const time = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
    const day = fc.option(
      fc.tuple(time, time).filter(([from, to]) => from !== to),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.tuple(day, day, day, day, day, day, day), fc.nat(7 * 1440 - 1), (days, minute) => {
        const week = Object.fromEntries(
          days.flatMap((span, index) => (span === undefined ? [] : [[WEEKDAYS[index], open(...span)]])),
        );
        const monday = DateTime.fromISO('2026-11-23T00:00', { zone: ZONE });
        const filled = new Set<number>();
        days.forEach((span, index) => {
          if (span === undefined) return;
          const [from, to] = span.map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
          if (from === undefined || to === undefined) return;
          const end = to > from ? to : to + 1440;
          for (let m = from; m < end; m += 1) filled.add((index * 1440 + m) % (7 * 1440));
        });
        expect(hoursOf(week, ZONE, monday.plus({ minutes: minute }).toMillis()).open).toBe(
          filled.has(minute),
        );
      }),
      { seed: 8, numRuns: process.env.TILLSIDE_LONG ? 5_000 : 200 },
    );
  });
});
