import { describe, expect, it } from 'vitest';
import { isFullReadDue, waitAfterFailure } from '../../../main/menu/menu-schedule';

const ZONE = 'America/Port_of_Spain';
const at = (time: string) => Date.parse(`${time}:00-04:00`);

describe('a full read of the menu', () => {
  it('is due when there was none yet', () => {
    expect(isFullReadDue(null, at('2026-11-22T12:00'), ZONE)).toBe(true);
  });

  it.each([
    ['2026-11-22T11:00', '2026-11-22T23:59', false],
    ['2026-11-22T11:00', '2026-11-23T03:59', false],
    ['2026-11-22T11:00', '2026-11-23T04:00', true],
    ['2026-11-23T03:00', '2026-11-23T12:00', true],
    ['2026-11-23T04:01', '2026-11-23T12:00', false],
    ['2026-11-20T12:00', '2026-11-23T01:00', true],
  ])('last done at %s, is due at %s: %s', (last, now, due) => {
    expect(isFullReadDue(at(last), at(now), ZONE)).toBe(due);
  });
});

describe('the wait after failures', () => {
  it('grows from the shortest to the usual one', () => {
    const waits = [1, 2, 3, 4, 5, 60].map((failures) => waitAfterFailure(failures, 15, 180, null));
    expect(waits).toEqual([15, 30, 60, 120, 180, 180]);
  });

  it('is at least what the till asked for', () => {
    expect(waitAfterFailure(1, 15, 180, 600)).toBe(600);
    expect(waitAfterFailure(1, 15, 180, 1)).toBe(15);
  });
});
