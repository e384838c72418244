import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchWindow } from '../../../main/pos/loyverse/sale-search';
import { ServerClock } from '../../../main/pos/loyverse/server-clock';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const NOW = Date.parse('2026-06-18T19:00:00.000Z');

function told(difference: number, now = NOW) {
  const clock = new ServerClock();
  return { clock, time: clock.read(new Date(now + difference).toUTCString(), now) };
}

describe('a server’s clock', () => {
  it.each([0, 11 * 60_000, -10 * 60_000, DAY, -DAY])('is followed when it is %i ms from ours', (ms) => {
    const { clock, time } = told(ms);
    expect(time).toBe(NOW + ms);
    expect([clock.offset(), clock.search()]).toEqual([ms, { offset: ms, back: 0 }]);
  });

  it.each([
    ['two days ahead', 2 * DAY, { offset: 2 * DAY, back: 2 * DAY }],
    ['two days behind', -2 * DAY, { offset: -2 * DAY, back: 0 }],
    ['in a hundred years', 100 * YEAR, { offset: 0, back: 0 }],
    ['in 1970', -NOW, { offset: 0, back: 0 }],
  ])('dates nothing when it is %s, and is said to be so', (_, ms, search) => {
    const { clock, time } = told(ms);
    expect(time).toBeNull();
    expect([clock.offset(), clock.difference(), clock.search()]).toEqual([0, ms, search]);
  });

  it('is followed however far it is, when ours has lost the time', () => {
    const { clock, time } = told(NOW, 0);
    expect([time, clock.offset()]).toEqual([NOW, NOW]);
  });

  it.each([null, '', 'yesterday'])('that says %j is not known', (date) => {
    const clock = new ServerClock();
    expect([clock.read(date, NOW), clock.offset(), clock.difference()]).toEqual([null, null, null]);
    told(HOUR);
    clock.read(new Date(NOW + HOUR).toUTCString(), NOW);
    clock.read(date, NOW);
    expect(clock.offset()).toBe(HOUR);
  });
});

it('a sale is in the window whichever of the two clocks is right, or nothing is said to be missing', () => {
  const difference = fc.oneof(
    fc.integer({ min: -40 * DAY, max: 40 * DAY }),
    fc.integer({ min: -56 * YEAR, max: 100 * YEAR }),
  );
  fc.assert(
    fc.property(
      difference,
      fc.integer({ min: 0, max: 20 * DAY }),
      fc.boolean(),
      (seconds, age, oursIsRight) => {
        const ms = Math.round(seconds / 1000) * 1000;
        const { clock } = told(ms);
        const { offset, back } = clock.search();
        const { from, reachesAttempt } = searchWindow(NOW - age - back, NOW, offset);
        // With sound clocks on both sides either may be the right one; one that lost the time is never right.
        const isLost = clock.search().offset === 0;
        const createdAt = (oursIsRight || isLost ? NOW : NOW + ms) - age;
        expect(from <= createdAt || !reachesAttempt).toBe(true);
      },
    ),
    { seed: 3, numRuns: 500 * (process.env.TILLSIDE_LONG ? 20 : 1) },
  );
});
