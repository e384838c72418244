import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../main/training/order-generator';
import { runApp } from '../../support/electron-app';
import { aftermath } from '../aftermath';
import { type Attack, type AttackOptions, atLeast, none, type Outcome } from '../attack';
import { OrderStream } from '../order-stream';
import { doubled, numberIn } from '../tally';
import { type TortureWorld, withTills } from '../world';

const SECONDS = { short: 10, normal: 100, long: 1_000 } as const;
/** Ten orders a second. */
const PACE_MS = 100;
/** A till that stays away is left alone for 10 s: a shorter turn would seldom hand anything back. */
const SHORTEST_TURN_MS = { short: 2_000, normal: 6_000, long: 6_000 } as const;
/** Which of the two tills are away, turn by turn. */
const TURNS: readonly (readonly [first: boolean, second: boolean])[] = [
  [true, false],
  [false, true],
  [true, false],
  [false, false],
  [true, true],
  [false, true],
];
/** How often a till is away as a line that is cut. Each order that meets that is looked for, which takes its 20 s. */
const CUT = { short: 0, normal: 0.5, long: 0.5 } as const;
const LOST_ANSWERS = 0.05;

/** Two tills that come and go, each on its own: orders go back and forth between them. */
export const attackByFailover: Attack = (options) => withTills(2, (world) => failOver(world, options));

async function failOver(world: TortureWorld, { seed, scale, say }: AttackOptions): Promise<Outcome> {
  const stream = new OrderStream(world, seed + 1);
  const app = runApp(world.env);
  let turns = 0;
  try {
    // Either till can take an order only once its menu is known.
    await app.log.waitFor('menu_synced', () => app.log.count('menu_synced') >= world.tills.length);
    const random = seededRandom(seed + 2);
    const ended = pause(SECONDS[scale] * 1_000, true);
    const weather = (async () => {
      for (let over = false; !over; turns += 1) {
        takeTurn(world, turns, () => (random() < CUT[scale] ? true : 'refuse'));
        const shortest = SHORTEST_TURN_MS[scale];
        over = await Promise.race([ended, pause(shortest * (1 + random()), false)]);
      }
    })();
    await stream.run(await app.relayUrl(), PACE_MS, ended);
    await weather;
  } finally {
    await app.stop();
    for (const { switches } of world.tills) Object.assign(switches, { down: false, lose: 0 });
    await Promise.all(world.tills.map((till) => till.settled()));
  }
  const { seconds, findings } = await aftermath(world, stream, say);
  const [first = [], second = []] = world.tills.map((till) =>
    till.receipts().map(({ order }) => numberIn(order ?? '')),
  );
  return {
    done: [
      `${stream.orders} orders in ${stream.requests} requests`,
      `${turns} turns of which till is away`,
      `${first.length} sales in the first till, ${second.length} in the second`,
      `all in a till ${Math.round(seconds)} s after the end`,
    ],
    findings: [
      ...findings,
      none('in both tills', doubled([...new Set(first), ...new Set(second)])),
      atLeast('failed over to the second till', second.length, 1),
    ],
  };
}

function takeTurn({ tills }: TortureWorld, count: number, away: () => true | 'refuse'): void {
  const turn = TURNS[count % TURNS.length];
  for (const [index, { switches }] of tills.entries()) {
    switches.lose = LOST_ANSWERS;
    switches.down = turn?.[index] ? away() : false;
  }
}
