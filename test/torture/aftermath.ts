import { showApp } from '../support/electron-app';
import { type Finding, none } from './attack';
import type { OrderStream } from './order-stream';
import { readBoard, settles } from './settled-board';
import { missingFrom, numberIn, tally } from './tally';
import type { TortureWorld } from './world';

/** The longest that a retry waits is five minutes, and a fifth. */
const LIMIT_S = 400;

export interface Aftermath {
  /** From the moment that the app was started in a world that is well again until every order was in a till. */
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

/** Starts the app once more in a world that is well again, lets it finish its work, and counts. */
export async function aftermath(
  world: TortureWorld,
  stream: OrderStream,
  say: (line: string) => void,
): Promise<Aftermath> {
  const { page, log, relayUrl, close } = await showApp(world.env);
  try {
    await stream.finish(await relayUrl());
    await log.waitFor('board_ready', undefined, 60_000);
    const waiting = (): string[] =>
      missingFrom(stream.acknowledged, new Set(world.references().map(numberIn)));
    say(`all is well again; ${waiting().length} of ${stream.orders} orders are in no till yet`);
    const seconds = await settles(() => waiting().length, LIMIT_S);
    const cards = await readBoard(page);
    return {
      seconds,
      findings: [
        ...tally({ acknowledged: stream.acknowledged, references: world.references(), cards }),
        none('in no till though all is well again', waiting()),
      ],
    };
  } finally {
    await close();
  }
}
