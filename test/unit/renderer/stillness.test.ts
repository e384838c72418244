import { describe, expect, it } from 'vitest';
import {
  atRest,
  holdMs,
  LONGEST_PRESS_MS,
  pointerDown,
  pointerUp,
  SETTLE_MS,
} from '../../../renderer/state/stillness';
import { NOW } from './examples';

describe('nothing moves', () => {
  it('while a finger is down and 400 ms after', () => {
    const down = pointerDown(atRest, 1, NOW);
    expect(holdMs(down, NOW + 2_000)).toBeGreaterThan(0);
    const up = pointerUp(down, 1, NOW + 2_000);
    expect(SETTLE_MS).toBe(400);
    expect(holdMs(up, NOW + 2_000)).toBe(400);
    expect(holdMs(up, NOW + 2_399)).toBe(1);
    expect(holdMs(up, NOW + 2_400)).toBe(0);
  });

  it('while one of two fingers stays down', () => {
    const both = pointerDown(pointerDown(atRest, 1, NOW), 2, NOW);
    const one = pointerUp(both, 1, NOW + 100);
    expect(holdMs(one, NOW + 5_000)).toBeGreaterThan(0);
    expect(holdMs(pointerUp(one, 2, NOW + 5_000), NOW + 6_000)).toBe(0);
  });

  it('but a cloth on the glass does not stop the board for good', () => {
    const down = pointerDown(atRest, 1, NOW);
    expect(holdMs(down, NOW + LONGEST_PRESS_MS)).toBe(0);
  });

  it('and a finger that was never down holds nothing', () => {
    expect(holdMs(pointerUp(atRest, 7, NOW), NOW)).toBe(0);
  });
});
