import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Channel } from '../../../main/core/location';
import type { OrderEvent } from '../../../main/core/order-events';
import { Journal } from '../../../main/orders/journal/journal';
import { Outbox, type OutboxOptions } from '../../../main/orders/outbox';
import { createHttpClient } from '../../../main/pos/http';
import { sampleOrder } from '../../support/orders';
import { recordingLog } from '../../support/recording-log';
import { tempFolder } from '../../support/temp-folder';

const SECRET = `whsec_${randomBytes(24).toString('base64')}`;

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly order_id?: string; readonly seq: number } & Record<string, unknown>;
}

type Answer = (response: ServerResponse, heard: Heard) => void;
const fine: Answer = (response) => response.writeHead(204).end();

/** A website that checks each signature and hears what it takes. */
async function openWebsite(answer: Answer = fine) {
  const verifier = new Webhook(SECRET);
  const watchers = new Set<() => void>();
  const website = { url: '', answer, asked: [] as Heard[], taken: [] as Heard[], heard };
  function heard(count: number, list: 'asked' | 'taken' = 'taken'): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (website[list].length < count) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  }
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    const text = Buffer.concat(chunks).toString();
    try {
      verifier.verify(text, headers);
    } catch {
      response.writeHead(401).end();
      return;
    }
    const message = { id: headers['webhook-id'] ?? '', ...(JSON.parse(text) as Omit<Heard, 'id'>) };
    website.asked.push(message);
    response.once('finish', () => {
      if (response.statusCode >= 300) return;
      website.taken.push(message);
      for (const watcher of watchers) watcher();
    });
    for (const watcher of watchers) watcher();
    website.answer(response, message);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  website.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`;
  return website;
}

function channelTo(statusUrl: string | null): Channel {
  const none = { pollUrl: null, pollToken: null, rateLimit: 0 };
  return { name: 'web', webhookSecret: { account: 'WEB_WEBHOOK_SECRET_ARIAPITA' }, statusUrl, ...none };
}

interface Store {
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly clock: { ahead: number };
  readonly notices: string[];
  readonly channels: Channel[];
  /** Takes an order and lets these events happen to it. */
  order(id: string, ...events: readonly OrderEvent[]): Promise<void>;
}

function openStore(
  url: string,
  changes: Partial<OutboxOptions> & { readonly path?: string; readonly key?: string } = {},
): Store {
  const { path = join(tempFolder(), 'journal.db'), key = 'ab'.repeat(32), ...options } = changes;
  const clock = { ahead: 0 };
  const notices: string[] = [];
  const channels = [channelTo(url)];
  const now = () => Date.now() + clock.ahead;
  const announces = (name: string) => channels.some((one) => one.name === name && one.statusUrl !== null);
  const journal = new Journal({ path, key, location: 'ARIAPITA', now, announces });
  const outbox = new Outbox({
    store: journal.outbox,
    locationId: 'ARIAPITA',
    channels: () => channels,
    secret: async () => SECRET,
    http: createHttpClient({ maxAnswerBytes: 10_000 }),
    now,
    random: () => 0.5,
    log: recordingLog(),
    onDelivery: () => {},
    onGivenUp: (words) => notices.push(words),
    onState: () => {},
    ...options,
  });
  journal.onChange(() => outbox.wake());
  onTestFinished(() => outbox.stop());
  outbox.start();
  const order: Store['order'] = async (id, ...events) => {
    await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder({ id, number: id }) });
    for (const event of events) journal.append({ location: 'ARIAPITA', channel: 'web', id }, () => [event]);
  };
  return { journal, outbox, clock, notices, channels, order };
}

const accepted: OrderEvent = {
  type: 'accepted',
  by: 'staff',
  promisedFor: Date.parse('2026-11-22T22:30:00Z'),
  dueAt: 0,
};
const LIFE: readonly OrderEvent[] = [
  accepted,
  { type: 'preparing' },
  { type: 'ready' },
  { type: 'completed' },
];
const rejected: OrderEvent = { type: 'rejected', reason: 'too_busy', text: '' };

describe('the outbox', () => {
  it('tells one website, however much another one was not told', async () => {
    const [away, website] = [
      await openWebsite((response) => response.writeHead(503).end()),
      await openWebsite(),
    ];
    const { journal, channels, outbox } = openStore(away.url);
    channels.push({ ...channelTo(website.url), name: 'app' });
    for (let n = 0; n < 600; n += 1) journal.outbox.tell('web', 'item.availability', { sku: String(n) });
    journal.outbox.tell('app', 'store.opened', {});
    outbox.wake();
    await website.heard(1);
    expect(website.taken.map(({ type }) => type)).toEqual(['store.opened']);
  });

  it('tells a website what became of its order, in order, each message signed', async () => {
    const website = await openWebsite();
    const { order } = openStore(website.url);
    await order('a', ...LIFE);
    await website.heard(4);
    expect(website.taken.map(({ type }) => type)).toEqual([
      'order.accepted',
      'order.preparing',
      'order.ready',
      'order.completed',
    ]);
    expect(website.taken[0]?.data).toEqual({
      location_id: 'ARIAPITA',
      channel: 'web',
      order_id: 'a',
      seq: 1,
      promised_for: '2026-11-22T22:30:00.000Z',
    });
  });

  it('says why an order was rejected, and nothing of what the website said itself', async () => {
    const website = await openWebsite();
    const { order } = openStore(website.url);
    await order('a', { type: 'cancelled', by: 'website', reason: 'other', text: '' });
    await order('tillside-test-1', accepted);
    await order('b', rejected);
    await website.heard(1);
    expect(website.taken).toMatchObject([
      { type: 'order.rejected', data: { order_id: 'b', reason: 'too_busy' } },
    ]);
  });

  it('sends again under the same id until it is heard, and lets no other order wait for that', async () => {
    let refusals = 3;
    const website = await openWebsite((response, { data }) => {
      const refuse = data.order_id === 'a' && refusals > 0;
      if (refuse) refusals -= 1;
      response.writeHead(refuse ? 500 : 204).end();
    });
    const { order, outbox } = openStore(website.url);
    await order('a', accepted, { type: 'ready' });
    await order('b', accepted);
    await website.heard(1);
    expect(website.taken[0]?.data.order_id).toBe('b');
    await hurryUntil(outbox, () => website.taken.length === 3);
    const ofA = website.asked.filter(({ data }) => data.order_id === 'a');
    expect(ofA.map(({ type }) => type)).toEqual([...Array(4).fill('order.accepted'), 'order.ready']);
    expect(new Set(ofA.slice(0, 4).map(({ id }) => id)).size).toBe(1);
  });

  it('waits as long as the website asks', async () => {
    const website = await openWebsite((response) => response.writeHead(503, { 'retry-after': '120' }).end());
    const { order, outbox, journal } = openStore(website.url);
    await order('a', accepted);
    await website.heard(1, 'asked');
    await untilPutOff(outbox);
    const [entry] = journal.outbox.pending();
    expect((entry?.nextAt ?? 0) - Date.now()).toBeGreaterThan(110_000);
  });

  it('goes on after a kill where it was; what was under way is sent once more, under its old id', async () => {
    const hanging = await openWebsite(() => {});
    const path = join(tempFolder(), 'journal.db');
    const first = openStore(hanging.url, { path });
    await first.order('a', accepted, { type: 'ready' });
    await hanging.heard(1, 'asked');
    // The process is gone: nothing is closed.
    const website = await openWebsite();
    openStore(website.url, { path });
    await website.heard(2);
    expect(website.taken.map(({ type }) => type)).toEqual(['order.accepted', 'order.ready']);
    expect(website.taken[0]?.id).toBe(hanging.asked[0]?.id);
  });

  it('drops what nobody wants to hear any more, and keeps nothing for who never did', async () => {
    const website = await openWebsite((response) => response.writeHead(500).end());
    const { order, outbox, channels, journal } = openStore(website.url);
    await order('a', accepted);
    await website.heard(1, 'asked');
    await untilPutOff(outbox);
    channels.splice(0, 1, channelTo(null));
    outbox.hurry();
    await expect.poll(() => journal.outbox.pending()).toEqual([]);
    await order('b', accepted);
    expect(journal.outbox.pending()).toEqual([]);
  });

  it('gives up after three days, and says of which order', async () => {
    const website = await openWebsite((response) => response.writeHead(410).end());
    const { order, outbox, clock, notices, journal } = openStore(website.url);
    clock.ahead = -73 * 3_600_000;
    await order('a', accepted);
    await untilPutOff(outbox);
    expect(outbox.untold('web')).toMatchObject({ messages: 1, orders: 1 });
    clock.ahead = 0;
    await hurryUntil(outbox, () => notices.length > 0);
    expect(notices).toEqual([expect.stringContaining('what happened to order a')]);
    expect(journal.outbox.pending()).toEqual([]);
  });

  it('follows no redirect, and waits for a secret that is not there yet', async () => {
    const elsewhere = await openWebsite();
    const website = await openWebsite((response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    );
    let secret: string | undefined;
    const { order, outbox } = openStore(website.url, { secret: async () => secret });
    await order('a', accepted);
    await untilPutOff(outbox);
    expect(website.asked).toEqual([]);
    secret = SECRET;
    outbox.hurry();
    await website.heard(1, 'asked');
    await untilPutOff(outbox);
    expect(elsewhere.asked).toEqual([]);
  });

  it('tells every order’s story in its order, whatever the website answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(204, 200, 500, 429, 0), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (answers, orders) => {
          let asked = 0;
          const website = await openWebsite((response) => {
            const status = answers[asked] ?? 204;
            asked += 1;
            if (status === 0) response.socket?.destroy();
            else response.writeHead(status).end();
          });
          const { order, outbox } = openStore(website.url);
          for (let id = 0; id < orders; id += 1) await order(String(id), ...LIFE);
          const all = orders * LIFE.length;
          const ids = (): Set<string> => new Set(website.taken.map(({ id }) => id));
          await hurryUntil(outbox, () => ids().size === all);
          for (let id = 0; id < orders; id += 1) {
            const own = website.taken.filter(({ data }) => data.order_id === String(id));
            const first = own.filter(
              (message, at) => own.findIndex((other) => other.id === message.id) === at,
            );
            expect(first.map(({ type }) => type)).toEqual([
              'order.accepted',
              'order.preparing',
              'order.ready',
              'order.completed',
            ]);
            expect(first.map(({ data }) => data.seq)).toEqual(
              first.map(({ data }) => data.seq).sort((a, b) => a - b),
            );
          }
          await outbox.stop();
        },
      ),
      { seed: 20261122, numRuns: process.env.TILLSIDE_LONG ? 400 : 20 },
    );
  }, 60_000);
});

/** Resolves once something could not be told and was put off. */
async function untilPutOff(outbox: Outbox): Promise<void> {
  await expect.poll(() => outbox.untold('web')?.messages ?? 0, { interval: 5 }).toBeGreaterThan(0);
}

/** Nothing is put off: the network returns all the time. */
async function hurryUntil(outbox: Outbox, isThere: () => boolean): Promise<void> {
  while (!isThere()) {
    outbox.hurry();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
