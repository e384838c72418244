import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from '../../../main/relay/sliding-window';

const MINUTE = 60_000;
const RUNS = { seed: 11, numRuns: process.env.TILLSIDE_LONG ? 1000 : 50 };

describe('the sliding window', () => {
  it('never admits more than its limit in any minute, and never refuses while there is room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 }),
        (limit, gaps) => {
          const window = new SlidingWindow(limit);
          const admitted: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const inLastMinute = admitted.filter((at) => now - at < MINUTE);
            const waitMs = window.charge(now);
            expect(waitMs === 0).toBe(inLastMinute.length < limit);
            if (waitMs === 0) admitted.push(now);
            else
              expect(waitMs).toBe((inLastMinute[inLastMinute.length - limit] ?? Number.NaN) + MINUTE - now);
          }
        },
      ),
      RUNS,
    );
  });

  it('admits a sender that waits as long as it was told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 7000 }), (limit, gap) => {
        const window = new SlidingWindow(limit);
        let now = 0;
        while (window.charge(now) === 0) now += gap;
        now += window.charge(now);
        expect(window.charge(now)).toBe(0);
      }),
      { ...RUNS, examples: [[1, 0]] },
    );
  });

  it('has no end at a limit of 0', () => {
    const window = new SlidingWindow(0);
    for (let n = 0; n < 1000; n += 1) expect(window.charge(0)).toBe(0);
  });
});
