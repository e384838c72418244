import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../main/training/order-generator';
import { type RunningApp, runApp } from '../../support/electron-app';
import { aftermath } from '../aftermath';
import { type Attack, type AttackOptions, none, type Outcome } from '../attack';
import { OrderStream } from '../order-stream';
import { type Climate, Weather } from '../weather';
import { type TortureWorld, withTills } from '../world';

const KILLS = { short: 5, normal: 200, long: 1_000 } as const;
/** 20 orders a second. */
const PACE_MS = 50;
const CLIMATE: Climate = { upMs: 3_000, downMs: 2_000, lostAnswers: 0.1, flap: 0.1, slowMs: 50 };
/** One kill in four comes while the app still starts. */
const WHILE_STARTING = 0.25;
const LONGEST_START_MS = 1_500;
const LONGEST_LIFE_MS = 1_200;

/** The app is killed again and again at random moments, while orders come in and the till comes and goes. */
export const attackByKilling: Attack = (options) => withTills(1, (world) => kill(world, options));

async function kill(world: TortureWorld, { seed, scale, say }: AttackOptions): Promise<Outcome> {
  const kills = KILLS[scale];
  const moments = seededRandom(seed);
  const stream = new OrderStream(world, seed + 1);
  const weather = new Weather(world.sandbox, seededRandom(seed + 2), CLIMATE);
  const openings: string[] = [];
  for (let count = 1; count <= kills; count += 1) {
    const app = runApp(world.env);
    await live(app, stream, moments);
    openings.push(...openingsIn(app));
    if (count % 20 === 0) say(`${count} kills, ${stream.orders} orders`);
  }
  await weather.clear();
  const { seconds, findings } = await aftermath(world, stream, say);
  return {
    done: [
      `${kills} × kill -9`,
      `${stream.orders} orders in ${stream.requests} requests, ${stream.unanswered} unanswered`,
      `till away ${weather.outages} ×`,
      `all in the till ${Math.round(seconds)} s after the last kill`,
    ],
    findings: [
      ...findings,
      none(
        'journals moved aside',
        openings.filter((opening) => opening === 'set_aside'),
      ),
    ],
  };
}

/** From the start to the kill; orders come as soon as the relay listens. */
async function live(app: RunningApp, stream: OrderStream, random: () => number): Promise<void> {
  const starting = random() < WHILE_STARTING;
  const share = random();
  if (starting) {
    await pause(share * LONGEST_START_MS);
    await app.kill();
    return;
  }
  const url = await app.relayUrl();
  const killing = pause(share * LONGEST_LIFE_MS).then(() => app.kill());
  await stream.run(url, PACE_MS, killing);
  await killing;
}

function openingsIn({ log }: RunningApp): string[] {
  return log.lines.filter(({ event }) => event === 'journal_open').map(({ opening }) => String(opening));
}
