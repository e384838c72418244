import { setTimeout as pause } from 'node:timers/promises';
import type { AppWorld } from '../support/app-world';
import { withBareWindow } from './bare-window';
import { eveningOrders, folderBeside, ordersInjected, sendOrders, withApp, withWorld } from './evening';
import { privateBytes } from './process-tree';
import type { Measure } from './result';
import { measurePairs, median } from './statistics';

const ORDERS = 1_000;
const PAIRS = 2;
/** The page collects its garbage only some time after the last order. */
const SETTLE_MS = 60_000;
const MEGABYTE = 1_000_000;

/** Private memory of all processes, idle after a long evening, beside a bare window's. */
export const measureMemory: Measure = async ({ runs = PAIRS }) => {
  const samples = await measurePairs({
    pairs: runs,
    warmUp: false,
    // One after the other: pages that two Electrons share are private to neither.
    floor: () => withWorld({}, ofBareWindow),
    ours: () => withWorld({ autoProcess: true }, ofApp),
  });
  return [
    {
      what: `Memory, idle after ${ORDERS} orders`,
      unit: 'MB',
      ours: median(samples.ours),
      floor: { what: 'bare window', value: median(samples.floor) },
      target: { bound: 'most', limit: 1.6, of: 'floor' },
      notes: [
        'Private memory of all processes. ' +
          `All ${ORDERS} orders were accepted by themselves and booked in the till, and stand on the board.`,
      ],
      samples,
    },
  ];
};

function ofApp(world: AppWorld): Promise<number> {
  return withApp(world, async (app) => {
    await sendOrders(world, app, eveningOrders(ORDERS));
    await ordersInjected(app.log, ORDERS);
    return settledMemory(app.process.pid);
  });
}

function ofBareWindow(world: AppWorld): Promise<number> {
  return withBareWindow(folderBeside(world, 'bare-window'), ({ pid }) => settledMemory(pid));
}

async function settledMemory(pid: number | undefined): Promise<number> {
  await pause(SETTLE_MS);
  return privateBytes(pid) / MEGABYTE;
}
