import { electronPath } from '../support/electron-app';
import { withBareWindow } from './bare-window';
import { eveningOrders, folderBeside, sendOrders, withApp, withWorld } from './evening';
import { startOfApp } from './filled-world';
import type { Measure } from './result';
import { measurePairs, median } from './statistics';

const ORDERS = 200;
const PAIRS = 7;

/** From the start of the process to a board that can be used, beside a bare window that could be shown. */
export const measureStartup: Measure = ({ runs = PAIRS }) =>
  withWorld({}, async (world) => {
    await withApp(world, (app) => sendOrders(world, app, eveningOrders(ORDERS)));
    const profile = folderBeside(world, 'bare-window');
    // Looked up once: the first question starts a process of its own.
    electronPath();
    const samples = await measurePairs({
      pairs: runs,
      warmUp: true,
      floor: () => startOfBareWindow(profile),
      ours: () => startOfApp(world),
    });
    return [
      {
        what: `Start to interactive board, ${ORDERS} orders`,
        unit: 'ms',
        ours: median(samples.ours),
        floor: { what: 'bare window, ready to show', value: median(samples.floor) },
        target: { bound: 'most', limit: 1.5, of: 'floor' },
        notes: [`All ${ORDERS} orders are new and stand on the board.`],
        samples,
      },
    ];
  });

async function startOfBareWindow(profile: string): Promise<number> {
  const began = performance.now();
  return withBareWindow(profile, async () => performance.now() - began);
}
