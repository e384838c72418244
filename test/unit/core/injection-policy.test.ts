import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../main/core/injection-policy';
import { dueTime, promiseTime } from '../../../main/core/promise';

describe('the retry table', () => {
  it('doubles from ten seconds to five minutes, and stays there', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => retryDelay(attempt, 0.5))).toEqual([
      10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000,
    ]);
  });

  it('is spread by a fifth to either side', () => {
    expect(retryDelay(1, 0)).toBe(8_000);
    expect(retryDelay(1, 0.999999)).toBe(12_000);
  });
});

describe('an order for later', () => {
  const now = Date.parse('2026-11-22T18:00:00Z');
  it.each([
    [null, '2026-11-22T18:00:00Z'],
    ['2026-11-22T18:40:00Z', '2026-11-22T18:00:00Z'],
    ['2026-11-22T19:00:00Z', '2026-11-22T18:00:00Z'],
    ['2026-11-22T20:30:00Z', '2026-11-22T20:00:00Z'],
  ])('asked for %s goes into the till at %s', (requested_for, due) => {
    expect(dueTime({ requested_for }, now)).toBe(Date.parse(due));
  });

  it('is promised for the time asked for, unless the kitchen needs longer', () => {
    expect(promiseTime({ requested_for: '2026-11-22T20:30:00Z' }, 20, now)).toBe(
      Date.parse('2026-11-22T20:30:00Z'),
    );
    expect(promiseTime({ requested_for: '2026-11-22T18:05:00Z' }, 20, now)).toBe(
      Date.parse('2026-11-22T18:20:00Z'),
    );
  });
});
