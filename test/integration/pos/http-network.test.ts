import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpClient } from '../../../main/pos/http';
import { askOverTls, identity, startTlsTill, YEAR } from '../../support/tls-till';

describe('a till over HTTPS', () => {
  it('is told nothing when its certificate has expired, is for another host, or is nobody’s we know', async () => {
    const now = Date.now();
    const [good, expired, other, unknown] = await Promise.all([
      identity('Good', '127.0.0.1', now - 1_000),
      identity('Expired', '127.0.0.1', now - 2 * YEAR),
      identity('Other', '10.9.8.7', now - 1_000),
      identity('Unknown', '127.0.0.1', now - 1_000),
    ]);
    const tills = await Promise.all([good, expired, other, unknown].map(startTlsTill));
    // Trusted as authorities, so that it is the date and the name that are at fault.
    const { outcomes } = await askOverTls(
      tills.map(({ port }) => `https://127.0.0.1:${port}/`),
      [good, expired, other],
    );
    const refused = (code: string) => ({ kind: 'failed', sent: false, reason: 'certificate', code });
    expect(outcomes).toEqual([
      { kind: 'answered', status: 204 },
      refused('CERT_HAS_EXPIRED'),
      refused('ERR_TLS_CERT_ALTNAME_INVALID'),
      refused('DEPTH_ZERO_SELF_SIGNED_CERT'),
    ]);
    expect(tills.map(({ requests }) => requests())).toEqual([1, 0, 0, 0]);
  });
});

describe('a network', () => {
  const http = createHttpClient({ maxAnswerBytes: 10_000 });
  const request = (url: string) =>
    http({ method: 'POST', url, headers: {}, body: '{}', timeoutMs: 5_000, connection: 'fresh' });

  it('whose names cannot be looked up is told from one that is away, and nothing was sent', async () => {
    expect(await request('http://no-such-till.invalid/')).toMatchObject({ sent: false, reason: 'dns' });
  });

  it('of IPv6 alone is one like any other', async () => {
    const server = createServer((_request, response) => response.writeHead(204).end());
    server.listen(0, '::1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await request(`http://[::1]:${port}/`)).toMatchObject({ kind: 'answered', status: 204 });
  });
});
