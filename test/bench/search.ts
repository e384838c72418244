import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as aMoment } from 'node:timers/promises';
import { Journal } from '../../main/orders/journal/journal';
import { fillJournal, phoneOf } from '../support/filled-journal';
import type { Measure } from './result';
import { measurePairs, median } from './statistics';

const FEW = 1_000;
const MANY = 100_000;
const PAIRS = 9;
/** Searches of one sample. */
const SEARCHES = 100;
/** Letters and digits that nearly every order has, as they are when somebody has only begun to type. */
const BROAD = ['cu', '868', 'customer', 'customer 500', 'cu 868 50'];
const FILLED_AT_ONCE = 1_000;

/** Whether a history of years is searched while somebody types: for a number, a name, and the end of a telephone. */
export const measureSearch: Measure = async ({ runs = PAIRS }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-bench-'));
  const [few, many] = [openFilled(folder, FEW), openFilled(folder, MANY)];
  try {
    const samples = await measurePairs({
      pairs: runs,
      warmUp: true,
      floor: () => searchTime(few),
      ours: () => searchTime(many),
    });
    const broad = await broadSearches(many);
    return [
      {
        what: `Search in a history of ${MANY} orders`,
        unit: 'ms',
        ours: median(samples.ours),
        floor: { what: `${FEW} orders`, value: median(samples.floor) },
        // A frame of the screen: nobody who types waits for it.
        target: { bound: 'most', limit: 16, of: 'figure' },
        notes: [
          `Of ${SEARCHES} searches by number, name and telephone, one; three digits have more hits among more orders.`,
        ],
        samples,
      },
      {
        what: `Longest stall while ${MANY} orders are searched`,
        unit: 'ms',
        ours: broad.stall,
        floor: null,
        target: { bound: 'most', limit: 16, of: 'figure' },
        notes: [
          `For what nearly every order has: ${BROAD.join(', ')}. The slowest took ${broad.slowest.toFixed(0)} ms.`,
        ],
        samples: { ours: [broad.stall] },
      },
    ];
  } finally {
    few.close();
    many.close();
    rmSync(folder, { recursive: true });
  }
};

/** A journal whose orders can all be found. */
function openFilled(folder: string, orders: number): Journal {
  const path = join(folder, `${orders}.db`);
  const key = randomBytes(32).toString('hex');
  fillJournal({ path, key, location: 'BENCH', orders, until: Date.now(), everyMs: 300_000 });
  const journal = new Journal({ path, key, location: 'BENCH', now: Date.now });
  while (journal.search.fill(FILLED_AT_ONCE));
  return journal;
}

/** In ms: one search, by turns for a number, a name, and the end of a telephone. */
async function searchTime(journal: Journal): Promise<number> {
  const began = performance.now();
  for (let search = 0; search < SEARCHES; search += 1) {
    const order = 500 + search;
    const text = [`${order}`, `customer ${order}`, phoneOf(order).slice(-7)][search % 3] ?? '';
    await found(journal, text);
  }
  return (performance.now() - began) / SEARCHES;
}

/** In ms: the longest time that nothing else could be done, and the slowest search. */
async function broadSearches(
  journal: Journal,
): Promise<{ readonly stall: number; readonly slowest: number }> {
  for (const text of BROAD) await found(journal, text);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const took: number[] = [];
  delays.enable();
  for (const text of BROAD) {
    const began = performance.now();
    await found(journal, text);
    took.push(performance.now() - began);
    // The delay is noted by a timer, which has its turn first.
    await aMoment(2);
  }
  delays.disable();
  return { stall: delays.max / 1e6, slowest: Math.max(...took) };
}

async function found(journal: Journal, text: string): Promise<void> {
  if ((await journal.search.find(text, 50)).length === 0) throw new Error(`Nothing was found by ${text}.`);
}
