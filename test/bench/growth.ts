import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { RETENTION_MS } from '../../main/core/retention';
import { Journal } from '../../main/orders/journal/journal';
import { Upkeep } from '../../main/orders/journal/upkeep';
import { recordingLog } from '../support/recording-log';
import { folderBeside, withWorld } from './evening';
import { type JournalFile, startAfterKill, startOfApp, withJournal } from './filled-world';
import type { Measure, Result } from './result';
import { measurePairs, median, type Pairs } from './statistics';

const FEW = 1_000;
const MANY = 100_000;
/** A new order so often, so that both journals have as many orders of today. */
const EVERY_MS = 300_000;
const PAIRS = 9;
/** Orders that are forgotten while the event loop is watched. */
const DUE = 2_000;
const RUNS = 3;
const NANOSECONDS = 1e6;

/** A journal of years: whether the start notices it, and whether anybody notices that it is kept small. */
export const measureGrowth: Measure = ({ runs = PAIRS }) =>
  withWorld({}, (few) =>
    withWorld({}, async (many) => {
      const until = Date.now();
      return withJournal(few, { orders: FEW, until, everyMs: EVERY_MS }, () =>
        withJournal(many, { orders: MANY, until, everyMs: EVERY_MS }, async (journal) => {
          const starts = await measurePairs({
            pairs: runs,
            warmUp: true,
            floor: () => startOfApp(few),
            ours: () => startOfApp(many),
          });
          const afterKill = await measurePairs({
            pairs: runs,
            warmUp: true,
            floor: () => startOfApp(many),
            ours: () => startAfterKill(many),
          });
          const stalls: { ours: number; floor: number }[] = [];
          for (let run = 0; run < RUNS; run += 1) {
            stalls.push(await stallsOfRetention(folderBeside(many, `retention-${run}`), journal, until));
          }
          return [
            startResult(
              `Start to interactive board, ${MANY} orders in the journal`,
              `${FEW} orders`,
              1.1,
              starts,
            ),
            startResult(`The same after kill -9`, 'after a tidy end', 1.2, afterKill),
            stallResult(stalls),
          ];
        }),
      );
    }),
  );

function startResult(what: string, floor: string, limit: number, samples: Pairs): Result {
  return {
    what,
    unit: 'ms',
    ours: median(samples.ours),
    floor: { what: floor, value: median(samples.floor) },
    target: { bound: 'most', limit, of: 'floor' },
    notes: [`An order every ${EVERY_MS / 60_000} minutes; all are closed.`],
    samples,
  };
}

/** In ms: the longest that the event loop stood still while customers were forgotten, and beside it while nothing was done. */
async function stallsOfRetention(
  folder: string,
  { path, key, location }: JournalFile,
  until: number,
): Promise<{ ours: number; floor: number }> {
  const copy = join(folder, 'journal.db');
  copyFileSync(path, copy);
  const now = (): number => until - (MANY - DUE) * EVERY_MS + RETENTION_MS;
  const journal = new Journal({ path: copy, key, location, now });
  const upkeep = new Upkeep({
    journal,
    path: copy,
    key,
    now,
    log: recordingLog(),
    onDamage: () => {},
    startAfterMs: 0,
  });
  const watch = (): (() => number) => {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    return () => {
      delays.disable();
      return delays.max / NANOSECONDS;
    };
  };
  const last = { location, channel: 'web', id: `web-${DUE}` };
  const busy = watch();
  const began = performance.now();
  upkeep.start();
  while (journal.get(last)?.archivedAt === undefined)
    await new Promise((resolve) => setTimeout(resolve, 200));
  const ours = busy();
  const tookMs = performance.now() - began;
  await upkeep.stop();
  const idle = watch();
  await new Promise((resolve) => setTimeout(resolve, tookMs));
  journal.close();
  return { ours, floor: idle() };
}

function stallResult(stalls: readonly { ours: number; floor: number }[]): Result {
  const samples = { ours: stalls.map(({ ours }) => ours), floor: stalls.map(({ floor }) => floor) };
  return {
    what: `Longest stall of the event loop while ${DUE} customers are forgotten`,
    unit: 'ms',
    ours: median(samples.ours),
    floor: { what: 'the same time, nothing done', value: median(samples.floor) },
    target: { bound: 'most', limit: 20, of: 'figure' },
    notes: [`Of ${MANY} orders; the whole file is read by a thread beside it meanwhile.`],
    samples,
  };
}
