import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../support/relay/certificate';
import { flood } from '../../support/relay/flood';
import { type OpenRelay, openRelay, orderText } from '../../support/relay/open-relay';
import { postHead, postText } from '../../support/relay/raw-request';
import { type RawSocket, rawSocket } from '../../support/relay/raw-socket';

const HOOK = '/hooks/ARIAPITA/web';
const FEW = { maxConnections: 8 };

function order(open: OpenRelay, id: string): string {
  const body = orderText({ id });
  return postText(HOOK, body, open.signed(body));
}

/** So many connections that do nothing but `opening`; resolves when the relay has seen them all. */
async function linger(open: OpenRelay, count: number, opening = ''): Promise<RawSocket[]> {
  const sockets: RawSocket[] = [];
  for (let n = 0; n < count; n += 1) {
    const socket = await rawSocket(open.relay.port);
    socket.write(opening);
    sockets.push(socket);
  }
  return sockets;
}

/** An order on a new connection. */
async function sendOrder(open: OpenRelay, id: string): Promise<RawSocket> {
  const socket = await rawSocket(open.relay.port);
  socket.write(order(open, id));
  await socket.until('202 Accepted');
  return socket;
}

describe('a house full of', () => {
  it.each([
    ['idle connections', ''],
    ['dripping headers', `POST ${HOOK} HTTP/1.1\r\nHost: a\r\nX-Slow: `],
    ['dripping bodies', `${postHead(HOOK, 'Content-Length: 1000')}{`],
    ['dripping chunks', `${postHead(HOOK, 'Transfer-Encoding: chunked')}1\r\n{\r\n`],
    ['kept connections that were refused nothing yet', 'GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ])('%s lets an order in, and the oldest of them goes', async (_name, opening) => {
    const open = await openRelay({ limits: FEW });
    const [oldest] = await linger(open, FEW.maxConnections, opening);
    await sendOrder(open, 'in');
    await oldest?.ended();
    expect(open.intake.orders.has('web/in')).toBe(true);
  });

  it('those who drip on and on, and come again, lets orders in within a second', async () => {
    const open = await openRelay({ limits: { maxConnections: 64 } });
    await flood(open.relay.port, {
      connections: 400,
      opening: `POST ${HOOK} HTTP/1.1\r\nHost: a\r\n`,
      piece: 'X-Slow: 1\r\n',
      everyMs: 50,
    });
    for (const id of ['one', 'two', 'three']) {
      const started = performance.now();
      await sendOrder(open, id);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });

  it('connections that never speak TLS lets an order in by HTTPS', async () => {
    const certificate = makeCertificate();
    const open = await openRelay({ certificate, limits: FEW });
    await linger(open, FEW.maxConnections + 2);
    const answer = await new Promise<string>((resolve, reject) => {
      const options = {
        port: open.relay.port,
        host: '127.0.0.1',
        ca: certificate.cert,
        servername: 'localhost',
      };
      const socket = connectTls(options, () => socket.write(order(open, 'tls')));
      socket.once('data', (data) => resolve(data.toString()));
      socket.once('error', reject);
      onTestFinished(() => void socket.destroy());
    });
    expect(answer).toContain('202 Accepted');
  });
});

describe('when somebody has to make room, it is not', () => {
  it('a connection that brought a signed order', async () => {
    const open = await openRelay({ limits: FEW });
    const website = await sendOrder(open, 'first');
    await linger(open, 3 * FEW.maxConnections);
    website.write(order(open, 'second'));
    await website.until('"order_id":"second"');
  });

  it('a request that is being answered', async () => {
    let keep = () => {};
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    let arrived = () => {};
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const open = await openRelay({
      limits: FEW,
      intake: {
        take: async ({ document }) => {
          arrived();
          await kept;
          return { orderId: document.id, duplicate: false, updated: false };
        },
      },
    });
    const website = await rawSocket(open.relay.port);
    website.write(order(open, 'slow'));
    await isThere;
    const others = await linger(open, 2 * FEW.maxConnections);
    await others[0]?.ended();
    keep();
    await website.until('202 Accepted');
  });

  it('the newcomer, even when all others brought signed orders', async () => {
    const open = await openRelay({ limits: { maxConnections: 2 } });
    const oldest = await sendOrder(open, 'one');
    await sendOrder(open, 'two');
    await sendOrder(open, 'three');
    await oldest.ended();
    expect(open.intake.orders.size).toBe(3);
  });
});

describe('nobody stays who', () => {
  it('was refused: the next request needs a new connection', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(postText(HOOK, orderText()));
    expect(await socket.ended()).toMatch(/401 Unauthorized.*Connection: close/s);
  });

  it('does not fetch the answers', async () => {
    const open = await openRelay({ limits: { stallMs: 100, keepAliveMs: 50 } });
    const socket = await rawSocket(open.relay.port);
    socket.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await socket.ended();
  });

  it('sends more requests than one waits for', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(500));
    const answers = (await socket.ended()).split('HTTP/1.1 200 OK').length - 1;
    expect(answers).toBeLessThan(20);
    expect((await open.hook()).status).toBe(202);
  });
});
