import { withWorld } from './evening';
import { startAfterKill, startOfApp, withJournal } from './filled-world';
import type { Measure } from './result';
import { measurePairs, median } from './statistics';

const OPEN = 10_000;
const PAIRS = 7;

/** A board of a whole chain's week, killed: whether it is back as soon as after a tidy end. */
export const measureRecovery: Measure = ({ runs = PAIRS }) =>
  withWorld({}, (world) =>
    withJournal(world, { orders: OPEN, open: OPEN, until: Date.now(), everyMs: 1_000 }, async () => {
      const samples = await measurePairs({
        pairs: runs,
        warmUp: true,
        floor: () => startOfApp(world),
        ours: () => startAfterKill(world),
      });
      return [
        {
          what: `Start after kill -9, ${OPEN} open orders`,
          unit: 'ms',
          ours: median(samples.ours),
          floor: { what: 'after a tidy end', value: median(samples.floor) },
          target: { bound: 'most', limit: 1.2, of: 'floor' },
          notes: ['All of them are in the till and in the kitchen.'],
          samples,
        },
      ];
    }),
  );
