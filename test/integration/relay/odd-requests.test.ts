import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleChannel, sampleLocation } from '../../support/relay/location';
import {
  ask,
  byteSignature,
  type OpenRelay,
  openRelay,
  orderText,
  theSecret,
} from '../../support/relay/open-relay';
import { headerLines, postText } from '../../support/relay/raw-request';
import { rawSocket } from '../../support/relay/raw-socket';

const HOOK = '/hooks/ARIAPITA/web';

/** Sends text as it is. @returns everything that comes until the connection ends */
async function answerTo(open: OpenRelay, text: string): Promise<string> {
  const socket = await rawSocket(open.relay.port);
  socket.write(text);
  return socket.ended();
}

/** A signed order with another first line, or more headers. */
function orderWith(open: OpenRelay, firstLine: string, more: Readonly<Record<string, string>> = {}): string {
  const body = orderText();
  const headers = { Host: 'till.example', Connection: 'close', 'Content-Type': 'application/json', ...more };
  const lines = headerLines({ ...headers, 'Content-Length': String(body.length), ...open.signed(body) });
  return `${firstLine}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

const statusOf = (answer: string): number => Number(answer.split(' ')[1]);

describe('a packed body', () => {
  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity, gzip'])(
    'with Content-Encoding %s is 415, which says what is taken',
    async (encoding) => {
      const open = await openRelay();
      const body = gzipSync(orderText());
      const signed = byteSignature(theSecret(open.secrets), body, open.clock.now);
      const reply = await open.hook({ body, headers: { ...signed, 'content-encoding': encoding } });
      expect(reply.status).toBe(415);
      expect(reply.headers.get('accept-encoding')).toBe('identity');
      expect(reply.body).toEqual({ error: expect.stringContaining('Content-Encoding') });
    },
  );

  it('is no bomb: what stands for a gigabyte is not unpacked', async () => {
    const open = await openRelay();
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));
    const signed = byteSignature(theSecret(open.secrets), bomb, open.clock.now);
    const before = process.memoryUsage.rss();
    const headers = { ...signed, 'content-encoding': 'gzip' };
    for (let n = 0; n < 20; n += 1) expect((await open.hook({ body: bomb, headers })).status).toBe(415);
    expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 * 1024);
  });

  it('with Content-Encoding identity is as it is', async () => {
    const open = await openRelay();
    const body = orderText();
    const headers = { ...open.signed(body), 'content-encoding': 'identity' };
    expect((await open.hook({ body, headers })).status).toBe(202);
  });

  it('with a packed transfer is 415 or worse', async () => {
    const open = await openRelay();
    const head = postText(HOOK, '').replace('Content-Length: 0', 'Transfer-Encoding: gzip, chunked');
    expect([400, 415, 501]).toContain(statusOf(await answerTo(open, `${head}1\r\nx\r\n0\r\n\r\n`)));
  });
});

describe('a signed document', () => {
  const order = orderText();
  const withMore = (text: string): string => `${order.slice(0, -1)},${text}}`;

  it.each([
    [
      'a hundred thousand levels beside the order',
      withMore(`"deep":${'['.repeat(1e5)}${']'.repeat(1e5)}`),
      202,
    ],
    ['a hundred thousand levels', '['.repeat(1e5) + ']'.repeat(1e5), 422],
    ['a hundred thousand levels that do not end', '['.repeat(1e5), 422],
    ['a hundred thousand objects in each other', `${'{"a":'.repeat(2e4)}1${'}'.repeat(2e4)}`, 422],
    [
      'a hundred thousand levels in place of a name',
      withMore(`"number":${'['.repeat(5e4)}${']'.repeat(5e4)}`),
      422,
    ],
    ['__proto__', withMore('"__proto__":{"polluted":1,"total":0}'), 202],
    ['constructor.prototype', withMore('"constructor":{"prototype":{"polluted":1}}'), 202],
    ['__proto__ in place of what is asked for', '{"__proto__":{"id":"x","lines":[]}}', 422],
    ['a total above what can be counted', order.replace(/"total":\d+/, '"total":1e400'), 422],
    ['a total in 400 digits', order.replace(/"total":\d+/, `"total":${'9'.repeat(400)}`), 422],
    ['a total with a fraction', order.replace(/"total":\d+/, '"total":9600.5'), 422],
    ['a total in words', order.replace(/"total":\d+/, '"total":"9600"'), 422],
    ['only null', 'null', 422],
    ['only a number', '1', 422],
    ['only a list', '[]', 422],
    ['an order in a list', `[${order}]`, 422],
    ['two orders', `${order}\n${order}`, 422],
    ['a mark at its beginning', `\uFEFF${order}`, 422],
    ['a thousand problems', JSON.stringify({ lines: Array(500).fill({}) }), 422],
  ])('with %s', async (_name, body, status) => {
    const { hook, intake } = await openRelay();
    const reply = await hook({ body });
    expect(reply.status).toBe(status);
    expect(intake.orders.size).toBe(status === 202 ? 1 : 0);
    expect(JSON.stringify(reply.body).length).toBeLessThan(20_000);
    const bare: Record<string, unknown> = {};
    expect(bare.polluted).toBeUndefined();
    for (const kept of intake.orders.values()) expect(Object.hasOwn(kept, '__proto__')).toBe(false);
  });

  it('with a key twice is what its last one says, once and the next time', async () => {
    const { hook, intake } = await openRelay();
    const body = withMore('"id":"second"');
    expect((await hook({ body })).body).toMatchObject({ order_id: 'second', duplicate: false });
    expect((await hook({ body })).body).toMatchObject({ order_id: 'second', duplicate: true });
    expect([...intake.orders.keys()]).toEqual(['web/second']);
  });

  it('with a minus before a nought is the same order', async () => {
    const { hook } = await openRelay();
    await hook({ body: orderText({ tip: 0 }), headers: undefined });
    const body = orderText({ tip: 0 }).replace('"tip":0', '"tip":-0');
    expect((await hook({ body })).body).toMatchObject({ duplicate: true });
  });
});

describe('a message that comes again', () => {
  it('after a later one does not put the order back', async () => {
    const { hook, intake, secrets, clock } = await openRelay();
    const send = (id: string, note: string) => {
      const body = orderText({ customer: { name: 'Anil R.', phone: '', note } });
      return hook({ body, headers: byteSignature(theSecret(secrets), Buffer.from(body), clock.now, id) });
    };
    await send('msg_1', 'first');
    await send('msg_2', 'changed');
    clock.now += 60_000;
    expect((await send('msg_1', 'first')).body).toMatchObject({ duplicate: true, updated: false });
    expect(intake.orders.get('web/web-10042')?.customer.note).toBe('changed');
    // A new message may well say what an old one said.
    expect((await send('msg_3', 'first')).body).toMatchObject({ updated: true });
    expect(intake.orders.get('web/web-10042')?.customer.note).toBe('first');
  });

  it('under the name of the order each time is looked at each time', async () => {
    const { hook, intake, secrets, clock } = await openRelay();
    for (const note of ['a', 'b', 'a']) {
      const body = orderText({ customer: { name: 'Anil R.', phone: '', note } });
      await hook({
        body,
        headers: byteSignature(theSecret(secrets), Buffer.from(body), clock.now, 'web-10042'),
      });
      expect(intake.orders.get('web/web-10042')?.customer.note).toBe(note);
    }
  });

  it('is not known when it was not kept', async () => {
    const { hook, intake } = await openRelay();
    intake.full = true;
    expect((await hook()).status).toBe(503);
    intake.full = false;
    expect((await hook()).body).toMatchObject({ duplicate: false });
  });
});

describe('an order is taken', () => {
  it.each([
    ['by HTTP/1.0', `POST ${HOOK} HTTP/1.0`, {}],
    ['with the whole address in its first line', `POST http://till.example${HOOK} HTTP/1.1`, {}],
    ['with a question mark in its address', `POST ${HOOK}?from=shop HTTP/1.1`, {}],
    ['with an escaped letter in its address', 'POST /hooks/ARIAPITA/%77eb HTTP/1.1', {}],
    [
      'with an offer of HTTP/2, as Java’s client makes it',
      `POST ${HOOK} HTTP/1.1`,
      {
        Connection: 'close, Upgrade, HTTP2-Settings',
        Upgrade: 'h2c',
        'HTTP2-Settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      },
    ],
    ['with Expect: 100-continue, as curl sends it', `POST ${HOOK} HTTP/1.1`, { Expect: '100-continue' }],
    [
      'through a proxy that says so',
      `POST ${HOOK} HTTP/1.1`,
      { Via: '1.1 proxy', 'X-Forwarded-For': '203.0.113.9' },
    ],
  ])('%s', async (_name, firstLine, more) => {
    const open = await openRelay();
    expect(await answerTo(open, orderWith(open, firstLine, more))).toContain('202 Accepted');
    expect(open.intake.orders.size).toBe(1);
  });

  it('for each of three that come on one connection without waiting', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    const bodies = ['1', '2', '3'].map((id) => orderText({ id }));
    socket.write(bodies.map((body) => postText(HOOK, body, open.signed(body))).join(''));
    await socket.until('"order_id":"3"');
    expect(open.intake.orders.size).toBe(3);
  });

  it('with several signatures in one header, the right one at any place', async () => {
    const open = await openRelay();
    const body = orderText();
    const { 'webhook-signature': right = '', ...rest } = open.signed(body);
    const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;
    for (const signatures of [
      `${right} ${wrong}`,
      `${wrong} v2,x ${right}`,
      `${'v1,x '.repeat(300)}${right}`,
    ]) {
      const reply = await open.hook({ body, headers: { ...rest, 'webhook-signature': signatures } });
      expect(reply.status).toBe(202);
    }
  });
});

describe('nothing is taken', () => {
  const chunked = 'Transfer-Encoding: chunked';
  it.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6'],
    ['a length and chunks', `Content-Length: 5\r\n${chunked}`],
    ['chunks and a length', `${chunked}\r\nContent-Length: 5`],
    ['a length that is a list', 'Content-Length: 5, 5'],
    ['a length with a sign', 'Content-Length: +5'],
    ['a length in hexadecimal', 'Content-Length: 0x5'],
    ['a blank before the colon', 'Transfer-Encoding : chunked'],
    ['chunks that are not last', 'Transfer-Encoding: chunked, identity'],
    ['a chunk whose length is none', `${chunked}\r\n\r\nzz\r\nhello\r\n0`],
    ['a chunk with a negative length', `${chunked}\r\n\r\n-1\r\nhello\r\n0`],
    ['a chunk longer than any', `${chunked}\r\n\r\nfffffffffffffffff\r\nhello`],
  ])('of a request with %s, and none is smuggled in behind it', async (_name, framing) => {
    const open = await openRelay();
    const smuggled = orderWith(open, `POST ${HOOK} HTTP/1.1`);
    const answer = await answerTo(
      open,
      `POST ${HOOK} HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\nhello${smuggled}`,
    );
    expect(statusOf(answer)).toBe(400);
    expect(answer.split('HTTP/1.1').length - 1).toBe(1);
    expect(open.intake.orders.size).toBe(0);
  });

  it.each([
    ['GET', 405],
    ['HEAD', 405],
    ['PUT', 405],
    ['PATCH', 405],
    ['DELETE', 405],
    ['OPTIONS', 405],
    ['TRACE', 405],
    ['PROPFIND', 405],
    ['M-SEARCH', 405],
    ['BREW', 400],
    ['post', 400],
    ['PRI', 400],
  ])('of %s: %i', async (method, status) => {
    const open = await openRelay();
    expect(statusOf(await answerTo(open, orderWith(open, `${method} ${HOOK} HTTP/1.1`)))).toBe(status);
    expect(open.intake.orders.size).toBe(0);
  });

  it.each([
    ['CONNECT', 'CONNECT till.example:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no Host', `POST ${HOOK} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`],
    [
      'another expectation',
      `POST ${HOOK} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: a-miracle\r\nContent-Length: 0\r\n\r\n`,
    ],
    ['HTTP/2 straight away', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'a WebSocket',
      `GET ${HOOK} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    ],
    ['a zero in its path', `POST ${HOOK}\u0000 HTTP/1.1\r\nHost: a\r\n\r\n`],
  ])('of %s', async (_name, text) => {
    const open = await openRelay();
    const answer = await answerTo(open, text);
    expect(answer).not.toMatch(/HTTP\/1.1 (?:2|3|404|410)/);
    expect((await open.hook()).status).toBe(202);
  });

  it.each([
    '/hooks/ARIAPITA%2Fweb',
    '/hooks%2FARIAPITA/web',
    '//hooks/ARIAPITA/web',
    '/hooks//ARIAPITA/web',
    '/hooks/./ARIAPITA/web',
    '/x/../hooks/ARIAPITA/web',
    '/hooks/ARIAPITA/web%00',
    '/hooks/ARIAPITA/web;v=1',
    '/hooks/ARIAPITA\\web',
    '/HOOKS/ARIAPITA/web',
    '*',
  ])('at the odd address %s, nor sent elsewhere', async (path) => {
    const open = await openRelay();
    expect([400, 404]).toContain(statusOf(await answerTo(open, orderWith(open, `POST ${path} HTTP/1.1`))));
    expect(open.intake.orders.size).toBe(0);
  });

  it('of a tunnel’s caller who hides the tunnel’s header behind a thousand others', async () => {
    const open = await openRelay();
    const crowd = 'a:\r\n'.repeat(3_000);
    const forwarded = 'Cf-Connecting-Ip: 203.0.113.9\r\nConnection: close';
    const answer = await answerTo(
      open,
      `GET /metrics HTTP/1.1\r\nHost: localhost\r\n${crowd}${forwarded}\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(401);
  });
});

describe('an answer comes within a second', () => {
  it.each([['asks a person to unlock it', { secret: () => new Promise<never>(() => {}) }]])(
    'when the keychain %s: 503, come again',
    async (_name, changes) => {
      const open = await openRelay(changes);
      const started = performance.now();
      for (const path of [HOOK, '/hooks/ARIAPITA/loyverse/token']) {
        const reply = await ask(open.relay.url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'webhook-id': 'a' },
          body: orderText(),
        });
        expect(reply.status).toBe(503);
        expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  it('when the journal is busy: 503, and it is a duplicate when it was kept after all', async () => {
    const kept: string[] = [];
    let finish = () => {};
    const busy = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const open = await openRelay({
      intake: {
        take: async ({ document: { id } }) => {
          const duplicate = kept.includes(id);
          if (!duplicate) kept.push(id);
          await busy;
          return { orderId: id, duplicate, updated: false };
        },
      },
    });
    const started = performance.now();
    const reply = await open.hook();
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    expect(performance.now() - started).toBeLessThan(1000);
    finish();
    expect((await open.hook()).body).toMatchObject({ duplicate: true });
  });
});

describe('404 is never said of a channel that there is', () => {
  it('while the configuration changes under it, or what it needs is missing', async () => {
    const channels = [sampleChannel(), sampleChannel({ name: 'app' })];
    const open = await openRelay({ location: sampleLocation({ channels }) });
    const statuses = new Set<number>();
    for (let n = 0; n < 60; n += 1) {
      const reply = open.hook();
      open.relay.use(
        sampleLocation({ channels: n % 2 === 0 ? [...channels].reverse() : channels, name: `${n}` }),
      );
      statuses.add((await reply).status);
    }
    open.secrets.clear();
    statuses.add((await open.hook()).status);
    expect([...statuses]).toEqual([202, 401]);
  });
});
