import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateOrder, type OrderInput, seededRandom } from '../../main/training/order-generator';
import { TRAINING_MENU } from '../../main/training/training-menu';
import type { AppLog } from '../support/app-log';
import { type AppWorld, createWorld, type WorldOptions } from '../support/app-world';
import { type RunningApp, runApp } from '../support/electron-app';
import { withSecretsInKeychain } from '../support/secrets-in-keychain';

const INJECTION_LIMIT_MS = 180_000;

/**
 * A till, a website and an empty data folder for as long as `work` takes. As in a restaurant, the secrets are in the
 * keychain; orders come by webhook only.
 */
export async function withWorld<T>(options: WorldOptions, work: (world: AppWorld) => Promise<T>): Promise<T> {
  const world = await createWorld({ withoutPolling: true, withoutSecrets: true, ...options });
  try {
    return await withSecretsInKeychain(world, work);
  } finally {
    await world.close();
  }
}

/** The app with its board on the screen, and its till's menu read, for as long as `work` takes. */
export async function withApp<T>(world: AppWorld, work: (app: RunningApp) => Promise<T>): Promise<T> {
  const app = runApp(world.env);
  try {
    await Promise.all([app.log.waitFor('board_ready'), app.log.waitFor('menu_synced')]);
    return await work(app);
  } finally {
    await app.stop();
  }
}

/** On the disk that the app writes to; gone with the world. */
export function folderBeside(world: AppWorld, name: string): string {
  const folder = join(dirname(world.dataDir), name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Orders that the till can book as they are: no fees, nothing for a later hour. The same ones each time. */
export function eveningOrders(count: number, firstNumber = 10_001): OrderInput[] {
  const random = seededRandom(firstNumber);
  return Array.from({ length: count }, (_, index) =>
    generateOrder(random, TRAINING_MENU, {
      now: Date.now(),
      number: firstNumber + index,
      services: ['pickup', 'dine_in'],
      tables: ['Table 1', 'Table 2'],
    }),
  );
}

export function hookUrl(world: AppWorld, relayUrl: string): string {
  return `${relayUrl}/hooks/${world.locationId}/web`;
}

/** One after the other, each acknowledged. */
export async function sendOrders(
  world: AppWorld,
  app: RunningApp,
  orders: readonly OrderInput[],
): Promise<void> {
  const url = hookUrl(world, await app.relayUrl());
  for (const order of orders) {
    const { status } = await world.website.send(order, url);
    if (status !== 202) throw new Error(`The relay answered ${status}.`);
  }
}

/** Resolves once the till has booked so many orders. */
export async function ordersInjected(log: AppLog, count: number): Promise<void> {
  await log.waitFor('order_injected', () => log.count('order_injected') >= count, INJECTION_LIMIT_MS);
}
