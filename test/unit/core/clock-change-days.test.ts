import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { backupName, backupTime } from '../../../main/backup/backup-name';
import { dayStart } from '../../../main/core/day-report';
import { weeklyHours } from '../../../main/core/hours-list';
import { storeHours, WEEKDAYS } from '../../../main/core/opening-hours';
import { pauseEnd } from '../../../main/core/store-mode';
import { isFullReadDue } from '../../../main/menu/menu-schedule';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Nights in which clocks are changed: by an hour, by half of one, at two in the morning, at midnight, and not at all. */
const NIGHTS = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['America/Santiago', '2026-04-05'],
  ['America/Port_of_Spain', '2026-03-08'],
] as const;

/** Every quarter of an hour from two days before the night to two days after it. */
function* quarters(zone: string, date: string): Generator<DateTime> {
  const night = DateTime.fromISO(date, { zone });
  const end = night.plus({ days: 2 }).toMillis();
  for (let at = night.minus({ days: 2 }).toMillis(); at < end; at += 15 * MINUTE) {
    yield DateTime.fromMillis(at, { zone });
  }
}

function hoursAt(now: DateTime, opens: string, closes: string) {
  const list = [
    { type: 'Open' as const, time: opens },
    { type: 'Close' as const, time: closes },
  ];
  const weekly = weeklyHours({ mode: 'Auto', ...Object.fromEntries(WEEKDAYS.map((day) => [day, list])) });
  return storeHours({ mode: 'Auto', weekly, special: [] }, now.zoneName ?? '', now.toMillis());
}

describe.each(NIGHTS)('around the night in which the clocks change in %s, %s', (zone, date) => {
  it.each([
    ['11:00', '22:00'],
    ['17:00', '00:00'],
    ['18:00', '04:00'],
  ])('the store opens at %s and closes at %s by the clock on its wall', (opens, closes) => {
    for (const now of quarters(zone, date)) {
      const wall = now.toFormat('HH:mm');
      const isOpen = opens < closes ? opens <= wall && wall < closes : wall >= opens || wall < closes;
      const { open, until } = hoursAt(now, opens, closes);
      expect({ at: now.toISO(), open }).toEqual({ at: now.toISO(), open: isOpen });
      expect(until).toBeGreaterThan(now.toMillis());
      const then = DateTime.fromMillis(until ?? 0, { zone });
      expect(hoursAt(then, opens, closes).open).toBe(!isOpen);
    }
  });

  it('every moment is in one business day, which begins at five', () => {
    const begun = new Set<number>();
    for (const now of quarters(zone, date)) {
      const start = dayStart(now.toMillis(), zone);
      expect(DateTime.fromMillis(start, { zone }).toFormat('HH:mm')).toBe('05:00');
      expect(start).toBeLessThanOrEqual(now.toMillis());
      expect(now.toMillis() - start).toBeLessThan(25 * HOUR);
      begun.add(start);
    }
    expect(begun.size).toBe(5);
  });

  it('a pause of the day ends with it, the menu is read once a night, and a backup keeps its time', () => {
    let nights = 0;
    let readAt: number | null = null;
    for (const now of quarters(zone, date)) {
      const at = now.toMillis();
      const end = pauseEnd('day', { open: false, until: null }, zone, at) ?? 0;
      // Where midnight comes twice, the day ends with the second one.
      expect(end).toBeGreaterThanOrEqual(at);
      expect(end - at).toBeLessThanOrEqual(25 * HOUR);
      if (isFullReadDue(readAt, at, zone)) {
        readAt = at;
        nights += 1;
      }
      const owner = { location: 'A', timezone: zone };
      // An hour that comes twice has one name.
      expect(Math.abs((backupTime(owner, backupName(owner, at)) ?? 0) - at)).toBeLessThanOrEqual(HOUR);
    }
    expect(nights).toBe(5);
  });
});

it('a time in the hour that is left out moves along with the clocks', () => {
  const now = DateTime.fromISO('2026-03-08T01:00', { zone: 'America/New_York' });
  const { open, until } = hoursAt(now, '17:00', '02:30');
  expect([open, DateTime.fromMillis(until ?? 0, { zone: 'America/New_York' }).toFormat('HH:mm')]).toEqual([
    true,
    '03:30',
  ]);
});
