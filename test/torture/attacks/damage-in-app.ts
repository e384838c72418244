import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../main/training/order-generator';
import { type RunningApp, runApp } from '../../support/electron-app';
import { aftermath } from '../aftermath';
import type { Attack, AttackOptions, Outcome } from '../attack';
import { damage } from '../damage/wal-file';
import { OrderStream } from '../order-stream';
import { type TortureWorld, withTills } from '../world';

const KILLS = { short: 3, normal: 20, long: 100 } as const;
const PACE_MS = 50;
/** From the first order to the kill. */
const LONGEST_LIFE_MS = 2_000;

/**
 * The whole app loses parts of its write-ahead log at each kill. Every order is on the website's list, so that none
 * need be lost: the place up to which the app has read it goes back together with the orders.
 */
export const attackByDamageInApp: Attack = (options) => withTills(1, (world) => cripple(world, options));

async function cripple(world: TortureWorld, { seed, scale, say }: AttackOptions): Promise<Outcome> {
  const random = seededRandom(seed);
  const stream = new OrderStream(world, seed + 1, 1);
  const path = join(world.dataDir, 'development', world.locationId, 'journal.db-wal');
  let commits = 0;
  const openings: string[] = [];
  for (let kill = 1; kill <= KILLS[scale]; kill += 1) {
    const app = runApp(world.env);
    const url = await app.relayUrl();
    const killing = pause(500 + random() * LONGEST_LIFE_MS).then(() => app.kill());
    await stream.run(url, PACE_MS, killing);
    openings.push(...openingsIn(app));
    if (!existsSync(path)) throw new Error('The journal has no write-ahead log.');
    commits += damage(path, random).lost;
  }
  const { seconds, findings } = await aftermath(world, stream, say);
  return {
    done: [
      `${KILLS[scale]} × kill -9 with damage, ${commits} commits destroyed`,
      `${openings.filter((opening) => opening === 'set_aside').length} journals moved aside`,
      `${stream.orders} orders; all in the till ${Math.round(seconds)} s after the last kill`,
    ],
    findings,
  };
}

function openingsIn({ log }: RunningApp): string[] {
  return log.lines.filter(({ event }) => event === 'journal_open').map(({ opening }) => String(opening));
}
