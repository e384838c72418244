import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setInterval as ticks } from 'node:timers/promises';
import { showApp } from '../support/electron-app';
import { eveningOrders, hookUrl, withWorld } from './evening';
import { now, type PaintTimes, watchCards } from './painted-cards';
import type { Measure, Result } from './result';
import { type SignedOrder, signOrders } from './signed-orders';
import { percentile } from './statistics';

const SECONDS = 20;
const PER_SECOND = 10;
/** Sent before the clock counts: the first order finds everything cold. */
const WARM_UP = 10;

/** From a webhook's last byte to its card on the screen. */
export const measureLatency: Measure = () =>
  withWorld({}, async (world) => {
    const shown = await showApp(world.env);
    try {
      await shown.log.waitFor('board_ready');
      const orders = eveningOrders(WARM_UP + SECONDS * PER_SECOND);
      const cards = await watchCards(shown.page);
      const sent = await sendSteadily(
        hookUrl(world, await shown.relayUrl()),
        signOrders(orders, world.secrets.webhookSecret),
      );
      return resultsOf(sent, await cards.read(orders.length));
    } finally {
      await shown.close();
    }
  });

interface Sent {
  readonly number: string;
  readonly at: number;
}

/** One order every hundred milliseconds, whatever became of the ones before. */
async function sendSteadily(url: string, orders: readonly SignedOrder[]): Promise<Sent[]> {
  const agent = new Agent({ keepAlive: true });
  const waiting = [...orders];
  const sent: Promise<Sent>[] = [];
  try {
    for await (const _tick of ticks(1000 / PER_SECOND)) {
      const order = waiting.shift();
      if (order === undefined) break;
      const sending = send(url, order, agent);
      // It is awaited below; until then a failure must not end the process, and leave the app running.
      sending.catch(() => undefined);
      sent.push(sending);
    }
    return await Promise.all(sent);
  } finally {
    agent.destroy();
  }
}

/** Notes the moment in which the last byte is handed to the operating system. */
async function send(url: string, { number, headers, body }: SignedOrder, agent: Agent): Promise<Sent> {
  const post = request(url, { method: 'POST', headers, agent });
  const written = once(post, 'finish').then(now);
  const answered = once(post, 'response');
  post.end(body);
  const [answer] = await answered;
  answer.resume();
  if (answer.statusCode !== 202) throw new Error(`The relay answered ${answer.statusCode}.`);
  return { number, at: await written };
}

function resultsOf(sent: readonly Sent[], painted: PaintTimes): Result[] {
  const ours = sent.slice(WARM_UP).map(({ number, at }) => {
    const paintedAt = painted.get(number);
    if (paintedAt === undefined) throw new Error(`Order ${number} never came onto the screen.`);
    return paintedAt - at;
  });
  const row = (share: number, limit: number): Result => ({
    what: `Webhook to card on the screen, ${PER_SECOND} orders/s for ${SECONDS} s, p${share * 100}`,
    unit: 'ms',
    ours: percentile(ours, share),
    floor: null,
    target: { bound: 'most', limit, of: 'figure' },
    notes: [],
    samples: { ours },
  });
  return [row(0.5, 40), row(0.99, 100)];
}
