import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHttpClient, type HttpRequest } from '../../../main/pos/http';
import { flood, textAnswer, zipBomb } from '../../support/loyverse/bad-answers';
import { startScriptedTill } from '../../support/loyverse/scripted-till';

const SECRET = `token-${'x7'.repeat(12)}`;
const http = createHttpClient({ maxAnswerBytes: 10_000 });

function request(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  const headers = { Authorization: `Bearer ${SECRET}` };
  return { method: 'GET', url, headers, timeoutMs: 5_000, connection: 'kept', ...changes };
}

const post = { method: 'POST', body: '{"sale":1}', connection: 'fresh' } as const;

/** A server that speaks no HTTP; collects what it is sent. */
async function startRawServer(onSocket: (socket: Socket) => void) {
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk) => received.push(chunk));
    // The client's end is the test's business; that it went away rudely is not an error here.
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  return { port, received: () => Buffer.concat(received).toString('latin1') };
}

describe('a request that cannot have arrived', () => {
  it('is one to a port where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const outcome = await http(request(`http://127.0.0.1:${port}/`, post));
    expect(outcome).toMatchObject({
      kind: 'failed',
      sent: false,
      reason: 'connection',
      code: 'ECONNREFUSED',
    });
  });

  it('is one whose handshake never ends, and nothing of it was sent', async () => {
    const server = await startRawServer(() => undefined);
    const outcome = await http(request(`https://127.0.0.1:${server.port}/`, { ...post, timeoutMs: 200 }));
    expect(outcome).toMatchObject({ kind: 'failed', sent: false, reason: 'timeout' });
    expect(server.received()).not.toBe('');
    expect(server.received()).not.toContain(SECRET);
  });

  it('is one to a server that does not speak TLS', async () => {
    const server = await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const outcome = await http(request(`https://127.0.0.1:${server.port}/`, post));
    expect(outcome).toMatchObject({ kind: 'failed', sent: false, reason: 'certificate' });
  });

  it('is one that was stopped before it began', async () => {
    const till = await startScriptedTill((_, response) => response.end());
    const outcome = await http(request(till.url, { signal: AbortSignal.abort() }));
    expect(outcome).toMatchObject({ kind: 'failed', sent: false, reason: 'stopped' });
    expect(till.requests).toHaveLength(0);
  });
});

describe('a request that may have arrived', () => {
  it('is one whose connection broke before the answer', async () => {
    const till = await startScriptedTill((_, response) => response.destroy());
    const outcome = await http(request(till.url, post));
    expect(outcome).toMatchObject({ kind: 'failed', sent: true, reason: 'connection' });
    expect(till.requests).toHaveLength(1);
  });

  it('is one whose answer broke off', async () => {
    const till = await startScriptedTill((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"half":', () => response.destroy());
    });
    expect(await http(request(till.url, post))).toMatchObject({
      kind: 'failed',
      sent: true,
      reason: 'connection',
    });
  });

  it('is one that was not answered in time', async () => {
    const till = await startScriptedTill(() => undefined);
    const outcome = await http(request(till.url, { ...post, timeoutMs: 150 }));
    expect(outcome).toMatchObject({ kind: 'failed', sent: true, reason: 'timeout' });
  });

  it('is one whose answer drips in for ever', async () => {
    const till = await startScriptedTill((_, response) => {
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    const outcome = await http(request(till.url, { ...post, timeoutMs: 150 }));
    expect(outcome).toMatchObject({ kind: 'failed', sent: true, reason: 'timeout' });
  });

  it('is one whose answer is longer than anybody should send', async () => {
    const till = await startScriptedTill((_, response) => response.end('x'.repeat(20_000)));
    expect(await http(request(till.url))).toMatchObject({ kind: 'failed', sent: true, reason: 'too_large' });
  });
});

describe('an answer', () => {
  it('comes with any status, and a redirect is not followed', async () => {
    const elsewhere = await startScriptedTill((_, response) => response.end('stolen'));
    const till = await startScriptedTill((_, response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    );
    const outcome = await http(request(till.url, post));
    expect(outcome).toMatchObject({ kind: 'answered', status: 307 });
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('comes straight from the server, whatever proxy the environment names', async () => {
    const proxy = await startScriptedTill((_, response) => response.end('proxied'));
    for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy']) vi.stubEnv(name, proxy.url);
    vi.stubEnv('no_proxy', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    const till = await startScriptedTill((_, response) => response.end('direct'));
    expect(await http(request(till.url))).toMatchObject({ kind: 'answered', body: 'direct' });
  });

  it('comes to a read on its second go, when the kept connection has died', async () => {
    const till = await startScriptedTill(({ url }, response) => {
      if (till.requests.length === 2) response.destroy();
      else response.end(url.pathname);
    });
    await http(request(`${till.url}/one`));
    expect(await http(request(`${till.url}/two`))).toMatchObject({ kind: 'answered', body: '/v1.0/two' });
    expect(till.requests).toHaveLength(3);
  });

  it('is asked for once only by a write, on a connection of its own', async () => {
    const till = await startScriptedTill(({ method }, response) =>
      method === 'POST' ? response.destroy() : response.end(),
    );
    await http(request(till.url));
    await http(request(till.url, post));
    expect(till.connections()).toBe(2);
    expect(till.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('an answer that is too long', () => {
  const LIMIT = 1_000_000;
  const small = createHttpClient({ maxAnswerBytes: LIMIT });

  it('is not taken to its end', async () => {
    let poured = 0;
    const till = await startScriptedTill(flood((bytes) => (poured += bytes)));
    expect(await small(request(till.url))).toMatchObject({ kind: 'failed', sent: true, reason: 'too_large' });
    // What the connection's buffers at both ends hold comes on top of it.
    expect(poured).toBeLessThan(LIMIT + 20_000_000);
  });

  it('is not unpacked to its end, however small it came', async () => {
    const bomb = zipBomb();
    expect(bomb.length).toBeLessThan(110_000);
    const till = await startScriptedTill(textAnswer(200, bomb, { 'content-encoding': 'gzip' }));
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 1);
    const before = process.memoryUsage().rss;
    expect(await small(request(till.url))).toMatchObject({ kind: 'failed', reason: 'too_large' });
    clearInterval(watch);
    expect(Math.max(most, process.memoryUsage().rss) - before).toBeLessThan(40_000_000);
  });
});

it('no failure holds the request or its secret', async () => {
  const till = await startScriptedTill((_, response) => response.destroy());
  expect(JSON.stringify(await http(request(till.url, post)))).not.toContain(SECRET);
});
