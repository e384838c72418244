import type { OrderInput } from '../../main/training/order-generator';
import type { AppWorld } from '../support/app-world';
import type { RunningApp } from '../support/electron-app';
import { bareCommits } from './bare-journal';
import { eveningOrders, folderBeside, hookUrl, withApp, withWorld } from './evening';
import { LoadGenerator } from './load-generator';
import type { Measure } from './result';
import { signOrders } from './signed-orders';
import { measurePairs, median } from './statistics';

const CONNECTIONS = 64;
const ORDERS = 3_000;
/** Before the clock starts: an app that has just begun still compiles what it runs. */
const WARM_UP = 500;
const PAIRS = 3;

/** Orders that the relay acknowledges in a second, beside what the disk could commit one by one. */
export const measureIntake: Measure = async ({ runs = PAIRS }) => {
  const orders = eveningOrders(WARM_UP + ORDERS);
  const rows = orders.slice(WARM_UP).map((order) => JSON.stringify(order));
  const samples = await measurePairs({
    pairs: runs,
    warmUp: false,
    floor: () => withWorld({}, async (world) => bareCommits(folderBeside(world, 'bare-journal'), rows)),
    // A new app each time: the one before is still busy showing its orders.
    ours: () => withWorld({}, (world) => withApp(world, (app) => intakeRate(world, app, orders))),
  });
  return [
    {
      what: `Durable intake, ${CONNECTIONS} connections, ${ORDERS} signed distinct orders`,
      unit: '/s',
      ours: median(samples.ours),
      floor: { what: 'bare libsql, one commit a row', value: median(samples.floor) },
      target: { bound: 'least', limit: 0.9, of: 'floor' },
      notes: [
        'The window is open and shows every order; the floor writes each document once, as it was sent.',
      ],
      samples,
    },
  ];
};

async function intakeRate(world: AppWorld, app: RunningApp, orders: readonly OrderInput[]): Promise<number> {
  const url = new URL(hookUrl(world, await app.relayUrl()));
  const signed = signOrders(orders, world.secrets.webhookSecret);
  const generator = await LoadGenerator.open(url, CONNECTIONS);
  try {
    await generator.run(signed.slice(0, WARM_UP));
    return await generator.run(signed.slice(WARM_UP));
  } finally {
    generator.close();
  }
}
