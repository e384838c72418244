import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { type Flood, flood } from '../../support/relay/flood';
import { newSecret, type OpenRelay, openRelay, orderText, signature } from '../../support/relay/open-relay';
import { postHead, postText } from '../../support/relay/raw-request';
import { rawSocket } from '../../support/relay/raw-socket';

const KIB = 1024;
const SECOND = 1000;

const HOOK = '/hooks/ARIAPITA/web';
const oneByteChunks = '1\r\nx\r\n'.repeat(5_000);

const FLOODS: readonly (readonly [string, (open: OpenRelay) => Flood])[] = [
  [
    'forged orders',
    ({ clock }) => {
      const body = orderText();
      return { connections: 32, piece: postText(HOOK, body, signature(newSecret(), body, clock.now)) };
    },
  ],
  [
    'forged orders of 250 KiB',
    ({ clock }) => {
      const body = orderText({ padding: 'x'.repeat(250 * KIB) });
      return { connections: 8, piece: postText(HOOK, body, signature(newSecret(), body, clock.now)) };
    },
  ],
  ['orders without a signature', () => ({ connections: 32, piece: postText(HOOK, orderText()) })],
  [
    'one captured order, again and again',
    ({ signed }) => {
      const body = orderText({ id: 'captured' });
      return { connections: 8, piece: postText(HOOK, body, signed(body)) };
    },
  ],
  [
    'bodies without end',
    () => ({
      connections: 8,
      opening: postHead(HOOK, 'Transfer-Encoding: chunked'),
      piece: `10000\r\n${'x'.repeat(0x10000)}\r\n`,
    }),
  ],
  [
    'bodies of one byte a chunk',
    () => ({ connections: 8, opening: postHead(HOOK, 'Transfer-Encoding: chunked'), piece: oneByteChunks }),
  ],
  [
    'bodies that say 100 MB',
    () => ({
      connections: 8,
      opening: postHead(HOOK, 'Content-Length: 100000000'),
      piece: 'x'.repeat(64 * KIB),
    }),
  ],
  [
    'bodies to an address that there is not',
    () => ({
      connections: 8,
      opening: postHead('/hooks/ARIAPITA/guess', 'Content-Length: 100000000'),
      piece: 'x'.repeat(64 * KIB),
    }),
  ],
  [
    'headers without end',
    () => ({ connections: 8, opening: `POST ${HOOK} HTTP/1.1\r\n`, piece: 'X-A: b\r\n' }),
  ],
  [
    'thousands of headers',
    () => ({ connections: 32, piece: `POST ${HOOK} HTTP/1.1\r\nHost: a\r\n${'a:\r\n'.repeat(4_000)}\r\n` }),
  ],
  [
    'crumbs to an address that there is not',
    () => ({
      connections: 8,
      opening: postHead('/hooks/ARIAPITA/guess', 'Transfer-Encoding: chunked'),
      piece: oneByteChunks,
    }),
  ],
  [
    'crumbs to the metrics',
    () => ({
      connections: 8,
      opening: postHead('/metrics', 'Transfer-Encoding: chunked'),
      piece: oneByteChunks,
    }),
  ],
  ['guessed tokens', () => ({ connections: 32, piece: postText('/hooks/ARIAPITA/loyverse/guess', '{}') })],
  ['connections that are nothing but opened', () => ({ connections: 2_000 })],
  [
    'answers that nobody reads',
    () => ({ connections: 32, piece: postText(HOOK, '{}').repeat(20), reads: false }),
  ],
  ['what is no HTTP', () => ({ connections: 32, piece: '\u0016\u0003\u0001 hello' })],
  [
    'calls for health and metrics',
    () => ({ connections: 32, piece: 'GET /metrics HTTP/1.1\r\nHost: till.example\r\n\r\n' }),
  ],
];

describe('while the relay is flooded with', () => {
  it.each(FLOODS)('%s, orders get in within a second', async (_name, kind) => {
    const open = await openRelay();
    await flood(open.relay.port, kind(open));
    const durations: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const body = orderText({ id: `order-${n}` });
      const started = performance.now();
      // Each on a connection of its own: one that is open already has the hardest part behind it.
      const socket = await rawSocket(open.relay.port);
      socket.write(postText(HOOK, body, open.signed(body)));
      await socket.until('202 Accepted');
      durations.push(performance.now() - started);
    }
    // The middle one: a computer that is busy with something else for a moment is no starvation.
    expect(durations.sort((a, b) => a - b)[1]).toBeLessThan(SECOND);
    expect([...open.intake.orders.keys()].filter((key) => key.startsWith('web/order-'))).toHaveLength(3);
    // Nobody who proved nothing got anything in.
    expect(open.intake.orders.size).toBeLessThanOrEqual(4);
  });
});

describe('what is refused', () => {
  it('leaves nothing behind, however much it is', async () => {
    const open = await openRelay();
    const body = orderText();
    const forged = postText(HOOK, body, signature(newSecret(), body, open.clock.now));
    await flood(open.relay.port, { connections: 8, piece: forged });
    const answers = (count: number) =>
      vi.waitUntil(() => open.answered.length >= count, { timeout: 15_000, interval: 5 });
    await answers(1_000);
    const before = usedMemory();
    await answers(4_000);
    expect(usedMemory() - before).toBeLessThan(4 * KIB * KIB);
  });
});

describe('what is waited for', () => {
  it('takes no more memory than what is in it, however small the pieces', async () => {
    const open = await openRelay();
    const before = usedMemory();
    const sockets = await Promise.all(Array.from({ length: 4 }, () => rawSocket(open.relay.port)));
    // Headers that are answered show that what stands before them was read.
    for (const socket of sockets) {
      socket.write(postHead(HOOK, 'Transfer-Encoding: chunked'));
      for (let n = 0; n < 20; n += 1) socket.write(oneByteChunks);
    }
    await Promise.all(sockets.map((socket) => socket.flushed()));
    await open.get('/metrics');
    expect(usedMemory() - before).toBeLessThan(8 * KIB * KIB);
    for (const socket of sockets) socket.destroy();
  });
});

/** Bytes that are still in use. */
function usedMemory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
