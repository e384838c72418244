import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoreHours } from '../../../main/core/opening-hours';
import {
  extraMinutes,
  modeAt,
  NORMAL,
  PAUSE_LENGTHS,
  type Pause,
  paused,
  pauseEnd,
  resumed,
  type StoreMode,
  wasPausedAt,
} from '../../../main/core/store-mode';

const MINUTE = 60_000;
const ZONE = 'America/Port_of_Spain';
/** 2026-11-22, 18:05 there. */
const NOW = Date.UTC(2026, 10, 22, 22, 5);
const CLOSES = NOW + 4 * 60 * MINUTE;
const OPEN: StoreHours = { open: true, until: CLOSES };

const quarter: Pause = { since: NOW, until: NOW + 15 * MINUTE, reason: 'too_busy' };

describe('a pause', () => {
  it('ends when it was said to', () => {
    expect(pauseEnd('quarter', OPEN, ZONE, NOW)).toBe(NOW + 15 * MINUTE);
    expect(pauseEnd('hour', OPEN, ZONE, NOW)).toBe(NOW + 60 * MINUTE);
    expect(pauseEnd('day', OPEN, ZONE, NOW)).toBe(CLOSES);
    expect(pauseEnd('open_end', OPEN, ZONE, NOW)).toBeNull();
  });

  it('of the rest of the day ends with the day where no hours end it', () => {
    const midnight = Date.UTC(2026, 10, 23, 4) - 1;
    expect(pauseEnd('day', { open: true, until: null }, ZONE, NOW)).toBe(midnight);
    expect(pauseEnd('day', { open: false, until: CLOSES }, ZONE, NOW)).toBe(midnight);
  });

  it('is over by itself, and remembered', () => {
    const mode = paused(NORMAL, quarter);
    expect(modeAt(mode, NOW + 15 * MINUTE - 1)).toBe(mode);
    const after = modeAt(mode, NOW + 20 * MINUTE);
    expect(after.pause).toBeNull();
    expect(after.earlier).toEqual([{ from: NOW, to: NOW + 15 * MINUTE }]);
  });

  it('without an end goes on for days, until somebody resumes', () => {
    const mode = paused(NORMAL, { ...quarter, until: null });
    const later = NOW + 3 * 86_400_000;
    expect(modeAt(mode, later)).toBe(mode);
    expect(resumed(mode, later).pause).toBeNull();
  });

  it('does not outlast a clock that was wrong and is put right', () => {
    const mode = paused(NORMAL, quarter);
    expect(modeAt(mode, NOW - 2 * 3_600_000).pause).toBeNull();
    expect(modeAt(mode, NOW - 1_000).pause).not.toBeNull();
  });

  it('takes the place of another one', () => {
    const mode = paused(paused(NORMAL, quarter), { ...quarter, since: NOW + MINUTE, until: null });
    expect(mode.pause?.until).toBeNull();
    expect(mode.earlier).toEqual([{ from: NOW, to: NOW + MINUTE }]);
  });

  it('is known of an order that came in during it, whatever was done since', () => {
    const length = fc.constantFrom(...PAUSE_LENGTHS);
    const steps = fc.array(
      fc.record({ waits: fc.integer({ min: 1, max: 90 }), length, resumes: fc.boolean() }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let now = NOW;
        let mode: StoreMode = NORMAL;
        // The model: what was so in each minute, as it was then.
        const minutes: { readonly at: number; readonly isPaused: boolean }[] = [];
        const pass = (count: number): void => {
          for (let minute = 0; minute < count; minute += 1) {
            mode = modeAt(mode, now);
            minutes.push({ at: now + 1, isPaused: mode.pause !== null });
            now += MINUTE;
          }
        };
        for (const step of all) {
          pass(step.waits);
          mode = step.resumes
            ? resumed(modeAt(mode, now), now)
            : paused(modeAt(mode, now), {
                since: now,
                until: pauseEnd(step.length, { open: false, until: null }, ZONE, now),
                reason: 'other',
              });
          pass(1);
        }
        for (const { at, isPaused } of minutes) expect([at, wasPausedAt(mode, at)]).toEqual([at, isPaused]);
      }),
    );
  });

  it('of long ago is forgotten', () => {
    let mode: StoreMode = NORMAL;
    for (let day = 0; day < 200; day += 1) {
      const since = NOW + (day * 86_400_000) / 100;
      mode = resumed(paused(mode, { ...quarter, since, until: null }), since + MINUTE);
    }
    expect(mode.earlier.length).toBeLessThanOrEqual(50);
    const last = NOW + 10 * 86_400_000;
    expect(resumed(paused(mode, { ...quarter, since: last }), last).earlier).toEqual([
      { from: last, to: last },
    ]);
  });
});

describe('a busy kitchen', () => {
  const mode: StoreMode = { ...NORMAL, busy: { since: NOW, until: NOW + 30 * MINUTE, extraMinutes: 20 } };

  it('makes every promise longer until it is over', () => {
    expect(extraMinutes(NORMAL)).toBe(0);
    expect(extraMinutes(modeAt(mode, NOW + 29 * MINUTE))).toBe(20);
    expect(extraMinutes(modeAt(mode, NOW + 30 * MINUTE))).toBe(0);
  });

  it('and a pause end each by itself', () => {
    const both = paused(mode, quarter);
    const later = modeAt(both, NOW + 20 * MINUTE);
    expect([later.pause, later.busy?.extraMinutes]).toEqual([null, 20]);
  });
});
