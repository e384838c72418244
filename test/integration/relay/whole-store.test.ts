import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { sampleDocument } from '../../support/orders';
import { flood } from '../../support/relay/flood';
import { sampleChannel, sampleLocation } from '../../support/relay/location';
import { newSecret, orderText, signature } from '../../support/relay/open-relay';
import { postHead, postText } from '../../support/relay/raw-request';
import { type OpenRestaurant, openRestaurant, tillOf } from '../../support/restaurant';

const HOOK = '/hooks/ARIAPITA/web';
const channels = [sampleChannel()];

async function openStore(): Promise<{ open: OpenRestaurant; port: number }> {
  const sandbox = await startSandbox({ seed: 1 });
  onTestFinished(() => sandbox.close());
  const open = await openRestaurant([sandbox], { channels, tills: [tillOf(sandbox)] });
  return { open, port: Number(new URL(open.restaurant.intakes.url ?? '').port) };
}

describe('a whole store under a flood', () => {
  it.each([
    ['forged orders', postText(HOOK, orderText(), signature(newSecret(), orderText(), Date.now())), ''],
    ['bodies in crumbs', '1\r\nx\r\n'.repeat(1_000), postHead(HOOK, 'Transfer-Encoding: chunked')],
    ['dripping headers', '', `POST ${HOOK} HTTP/1.1\r\nHost: a\r\nX-Slow: `],
  ])('of %s has an order on the board within a second', async (_name, piece, opening) => {
    const { open, port } = await openStore();
    await flood(port, { connections: piece === '' ? 1_000 : 8, piece, opening });
    const durations: number[] = [];
    for (const id of ['one', 'two', 'three']) {
      const started = performance.now();
      expect(await open.send({ id })).toBe(202);
      await open.card(id, () => true);
      durations.push(performance.now() - started);
    }
    expect(durations.sort((a, b) => a - b)[1]).toBeLessThan(1_000);
    expect(open.restaurant.screen.board().cards).toHaveLength(3);
  });
});

describe('a channel that there is', () => {
  it('is never answered with 404 or 410 while the store is configured anew, and stops', async () => {
    const { open } = await openStore();
    const url = open.restaurant.intakes.hookUrl('web') ?? '';
    const statuses = new Set<number | 'refused'>();
    let going = true;
    const sender = (async () => {
      for (let n = 0; going; n += 1) {
        const body = JSON.stringify(
          sampleDocument({ id: `order-${n}`, placed_at: new Date().toISOString() }),
        );
        const headers = {
          'content-type': 'application/json',
          ...signature(open.webhookSecret, body, Date.now(), `msg_${n}`),
        };
        statuses.add(
          await fetch(url, { method: 'POST', body, headers, redirect: 'error' }).then(
            ({ status }) => status,
            () => 'refused' as const,
          ),
        );
      }
    })();
    await open.card('order-5', () => true);
    for (let n = 0; n < 5; n += 1) {
      open.restaurant.use(
        sampleLocation({ channels: [...channels, sampleChannel({ name: `other-${n}` })], tills: [] }),
      );
      await open.card(`order-${open.restaurant.screen.board().cards.length + 1}`, () => true);
    }
    await open.restaurant.intakes.stop();
    going = false;
    await sender;
    expect(
      [...statuses].filter((status) => status !== 202 && status !== 503 && status !== 'refused'),
    ).toEqual([]);
    expect(statuses).toContain(202);
  });
});
