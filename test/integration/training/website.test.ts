import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { signingKey, verifySignature } from '../../../main/relay/signature';
import { startWebsite } from '../../../main/training/website';

const SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const POLL_TOKEN = randomBytes(12).toString('hex');

async function openWebsite(clock = Date.now) {
  const website = await startWebsite({ pollToken: POLL_TOKEN, webhookSecret: SECRET, clock });
  onTestFinished(() => website.close());
  const poll = async (query = '', token = POLL_TOKEN) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${website.pollUrl}${query}`, { headers });
    const body = (await response.json()) as { orders: unknown[]; next: string };
    return { status: response.status, ...body };
  };
  return { website, poll };
}

interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Stands in for a relay, and keeps what comes in. */
async function openRelay(status = 202, answer = '{"order_id":"web-1"}') {
  const messages: Message[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    messages.push({ headers: incoming.headers, body: Buffer.concat(chunks) });
    response.writeHead(status).end(answer);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const verdict = (index: number, now = Date.now()) => {
    const message = messages[index];
    const key = signingKey(SECRET);
    if (message === undefined || key === undefined) throw new Error('No such message');
    return verifySignature(key, message.headers, message.body, now);
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/T/web`, messages, verdict };
}

describe('a website that is polled', () => {
  it('gives its orders in pages, each with a cursor, and later ones behind it', async () => {
    const { website, poll } = await openWebsite();
    const empty = await poll();
    expect(empty).toMatchObject({ status: 200, orders: [], next: expect.stringMatching(/./) });
    for (const id of ['a', 'b', 'c']) website.publish({ id });
    const first = await poll(`?after=${empty.next}&limit=2`);
    expect(first.orders).toEqual([{ id: 'a' }, { id: 'b' }]);
    const second = await poll(`?after=${first.next}&limit=2`);
    expect(second.orders).toEqual([{ id: 'c' }]);
    expect(await poll(`?after=${second.next}`)).toMatchObject({ orders: [], next: second.next });
    website.publish({ id: 'a', status: 'cancelled' });
    expect((await poll(`?after=${second.next}`)).orders).toEqual([{ id: 'a', status: 'cancelled' }]);
    expect((await poll()).orders).toHaveLength(4);
  });

  it('gives a hundred at once at most', async () => {
    const { website, poll } = await openWebsite();
    for (let id = 0; id < 101; id += 1) website.publish({ id });
    expect((await poll()).orders).toHaveLength(100);
    expect((await poll('?limit=250')).orders).toHaveLength(100);
  });

  it('keeps an order as it was when it was published', async () => {
    const { website, poll } = await openWebsite();
    const order = { id: 'a', revision: 0 };
    website.publish(order);
    order.revision = 1;
    expect((await poll()).orders).toEqual([{ id: 'a', revision: 0 }]);
  });

  it('refuses a wrong token, cursor or limit', async () => {
    const { poll } = await openWebsite();
    const { next } = await poll();
    expect((await poll('', 'somebody-else')).status).toBe(401);
    const ahead = Buffer.from('orders:7').toString('base64url');
    for (const query of [
      '?after=',
      '?after=garbage',
      `?after=${ahead}`,
      `?after=${next}&limit=0`,
      '?limit=x',
    ]) {
      expect((await poll(query)).status).toBe(400);
    }
  });

  it('goes away and comes back with its orders', async () => {
    const { website, poll } = await openWebsite();
    website.publish({ id: 'a' });
    for (const down of [true, 'refuse'] as const) {
      website.switches.down = down;
      await website.settled();
      await expect(poll()).rejects.toThrow();
      website.switches.down = false;
      await website.settled();
      expect((await poll()).orders).toEqual([{ id: 'a' }]);
    }
    expect(website.requests()).toEqual(
      [0, 1].map(() => ({ method: 'GET', path: '/orders', query: '', status: 200 })),
    );
  });
});

describe('a website that sends', () => {
  it('signs what it sends, so that both readings of the specification accept it', async () => {
    const { website } = await openWebsite();
    const relay = await openRelay();
    const order = { id: 'web-1', note: 'sin cebolla ñ 🍣' };
    const { status, body, messageId } = await website.send(order, relay.url);
    expect({ status, body }).toEqual({ status: 202, body: { order_id: 'web-1' } });
    const [message] = relay.messages;
    expect(message?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': messageId });
    expect(JSON.parse(String(message?.body))).toEqual(order);
    expect(relay.verdict(0)).toBe('genuine');
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
        name,
        String(message?.headers[name]),
      ]),
    );
    expect(new Webhook(SECRET).verify(String(message?.body), headers)).toEqual(order);
  });

  it('gives each message an id of its own, unless it is sent again', async () => {
    const { website } = await openWebsite();
    const relay = await openRelay();
    const { messageId } = await website.send({ id: 'a' }, relay.url);
    await website.send({ id: 'a' }, relay.url);
    await website.send({ id: 'a' }, relay.url, { messageId });
    const [first, second, again] = relay.messages.map(({ headers }) => headers['webhook-id']);
    expect(second).not.toBe(first);
    expect(again).toBe(first);
    expect(relay.verdict(2)).toBe('genuine');
  });

  it('can forge a signature, forget it, or sign an hour ago', async () => {
    const { website } = await openWebsite();
    const relay = await openRelay();
    await website.send({ id: 'a' }, relay.url, { signature: 'forged' });
    await website.send({ id: 'a' }, relay.url, { signature: 'missing' });
    await website.send({ id: 'a' }, relay.url, { ageS: 3_600 });
    await website.send({ id: 'a' }, relay.url, { ageS: -3_600 });
    expect([0, 1, 2, 3].map((index) => relay.verdict(index))).toEqual([
      'forged',
      'unsigned',
      'stale',
      'stale',
    ]);
    // Old, but genuine: only its age is wrong with it.
    expect(relay.verdict(2, Date.now() - 3_600_000)).toBe('genuine');
  });

  it('signs by its own clock', async () => {
    const now = Date.parse('2026-11-22T16:00:00Z');
    const { website } = await openWebsite(() => now);
    const relay = await openRelay();
    await website.send({ id: 'a' }, relay.url);
    expect(relay.verdict(0, now)).toBe('genuine');
  });

  it('passes on what the relay says, JSON or not', async () => {
    const { website } = await openWebsite();
    const relay = await openRelay(503, 'Later');
    expect(await website.send({ id: 'a' }, relay.url)).toMatchObject({ status: 503, body: 'Later' });
  });

  it('fails when nobody is there', async () => {
    const { website } = await openWebsite();
    await website.close();
    await expect(website.send({ id: 'a' }, website.pollUrl)).rejects.toThrow();
  });
});
