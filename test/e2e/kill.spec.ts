import { setInterval as everyInterval } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { seededRandom } from '../../main/training/order-generator';
import { type AppWorld, createWorld } from '../support/app-world';
import { type RunningApp, runApp, showApp } from '../support/electron-app';
import { numberOf, Service } from '../support/service';

const KILLS = process.env.TILLSIDE_LONG ? 1000 : 50;
/** Orders come in at this pace, in milliseconds. */
const PACE_MS = 40;
const SEED = Number(process.env.TILLSIDE_SEED ?? 20261122);

test(`nothing is lost or doubled when the app is killed ${KILLS} times under a stream of orders (seed ${SEED})`, async () => {
  test.setTimeout(KILLS * 15_000);
  const random = seededRandom(SEED);
  const world = await createWorld({ autoProcess: true, fallbackAfter: '1h', withoutPolling: true });
  try {
    world.sandbox.switches.lose = 0.1;
    const stream = new Stream(world, random);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const app = runApp(world.env);
      await app.relayUrl();
      await stream.sendUntilKilled(app, random() * 600);
    }
    world.sandbox.switches.lose = 0;

    const { page, log, close } = await showApp(world.env);
    const wanted = [...stream.acknowledged].sort();
    expect(wanted.length).toBeGreaterThan(KILLS);
    // Every acknowledged order reaches the till by itself; the last to do so ends the wait.
    const sold = (): string[] => world.sandbox.receipts().map((receipt) => orderNumber(receipt.order));
    await expect
      .poll(() => wanted.filter((number) => !sold().includes(number)), { timeout: 60_000 })
      .toEqual([]);
    expect(duplicatesOf(sold())).toEqual([]);
    await log.waitFor('board_ready');
    const cards = page.getByRole('article');
    const shown = (): Promise<string[]> =>
      cards.evaluateAll((all) => all.map((card) => card.getAttribute('aria-label') ?? ''));
    // A long lane is made as far as somebody has looked.
    await expect
      .poll(async () => {
        await cards.last().scrollIntoViewIfNeeded();
        const names = await shown();
        return wanted.filter((number) => !names.includes(`Order ${number}`));
      })
      .toEqual([]);
    expect(duplicatesOf(await shown())).toEqual([]);
    await close();
  } finally {
    await world.close();
  }
});

/** Sends order after order; an order that was not acknowledged is sent again, as a website would. */
class Stream {
  readonly acknowledged = new Set<string>();
  readonly #world: AppWorld;
  readonly #service: Service;
  #pending: ReturnType<Service['next']> | undefined;

  constructor(world: AppWorld, random: () => number) {
    this.#world = world;
    this.#service = new Service(world, Math.floor(random() * 1e9));
  }

  async sendUntilKilled(app: RunningApp, afterMs: number): Promise<void> {
    const url = this.#service.hookUrl(await app.relayUrl());
    let killed: Promise<void> | undefined;
    const timer = setTimeout(() => {
      killed = app.kill();
    }, afterMs);
    for await (const _tick of everyInterval(PACE_MS)) {
      if (killed !== undefined) break;
      this.#pending ??= this.#service.next();
      const order = this.#pending;
      // A connection that the kill cut: acknowledged or not, nobody knows; it is sent again after the restart.
      const answer = await this.#world.website.send(order, url).catch(() => undefined);
      if (answer?.status === 202) {
        this.acknowledged.add(numberOf(order));
        this.#pending = undefined;
      }
    }
    clearTimeout(timer);
    await killed;
  }
}

/** `10042-K3F9Q2M7` → `10042`. */
function orderNumber(reference: string | null | undefined): string {
  return (reference ?? '').split('-').slice(0, -1).join('-');
}

function duplicatesOf(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
