import { setTimeout as pause } from 'node:timers/promises';
import type { AppWorld } from '../support/app-world';
import { BoardPage } from '../support/board';
import { showApp } from '../support/electron-app';
import { numberOf } from '../support/service';
import { withBareWindow } from './bare-window';
import { eveningOrders, folderBeside, hookUrl, ordersInjected, withApp, withWorld } from './evening';
import { cpuSeconds } from './process-tree';
import type { Measure, Result } from './result';

const KITCHEN_ORDERS = 20;
const WINDOW_MS = 60_000;
/** What a start leaves to be done is not idleness. */
const SETTLE_MS = 10_000;

/** The processor's time that the app takes while nothing happens: with nothing on the board, and with a full kitchen. */
export const measureCpu: Measure = () =>
  withWorld({}, async (world) => {
    const empty = await idleResult(world, 'empty board');
    await fillKitchen(world);
    return [empty, await idleResult(world, `${KITCHEN_ORDERS} orders in the kitchen`)];
  });

/** A person accepts each order, so that nothing rings any more. */
async function fillKitchen(world: AppWorld): Promise<void> {
  const shown = await showApp(world.env);
  try {
    await Promise.all([shown.log.waitFor('board_ready'), shown.log.waitFor('menu_synced')]);
    const board = new BoardPage(shown.page);
    const url = hookUrl(world, await shown.relayUrl());
    for (const order of eveningOrders(KITCHEN_ORDERS)) {
      await world.website.send(order, url);
      await board.button(numberOf(order), 'Accept').click();
    }
    await ordersInjected(shown.log, KITCHEN_ORDERS);
  } finally {
    await shown.close();
  }
}

/** A bare window idles beside the app in the same minute: their shares of the processor do not mix. */
function idleResult(world: AppWorld, board: string): Promise<Result> {
  return withApp(world, ({ process: { pid } }) =>
    withBareWindow(folderBeside(world, 'bare-window'), async (bare) => {
      await pause(SETTLE_MS);
      const began = performance.now();
      const before = { ours: cpuSeconds(pid), floor: cpuSeconds(bare.pid) };
      await pause(WINDOW_MS);
      const seconds = (performance.now() - began) / 1000;
      const ours = ((cpuSeconds(pid) - before.ours) / seconds) * 100;
      const floor = ((cpuSeconds(bare.pid) - before.floor) / seconds) * 100;
      return {
        what: `Idle CPU over ${WINDOW_MS / 1000} s, ${board}`,
        unit: '% of a core',
        ours,
        floor: { what: 'bare window', value: floor },
        target: { bound: 'most', limit: 1, of: 'figure' },
        notes: [],
        samples: { ours: [ours], floor: [floor] },
      };
    }),
  );
}
