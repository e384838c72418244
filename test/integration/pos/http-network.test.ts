import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpClient } from '../../../main/pos/http';
import { tempFolder } from '../../support/temp-folder';

const ROOT = resolve(__dirname, '../../..');
const YEAR = 365 * 86_400_000;

interface Identity {
  readonly key: string;
  readonly cert: string;
}

async function identity(name: string, ip: string, from: number): Promise<Identity> {
  const altNames = [{ type: 7, ip }] as const;
  const made = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(from + YEAR),
    extensions: [{ name: 'subjectAltName', altNames: [...altNames] }],
  });
  return { key: made.private, cert: made.cert };
}

/** @returns its address, and how many requests came through */
async function startTill({ key, cert }: Identity) {
  let requests = 0;
  const server = createServer({ key, cert }, (_request, response) => {
    requests += 1;
    response.writeHead(204).end();
  });
  server.on('tlsClientError', () => {
    // The client's refusal is what is tried.
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/`, requests: () => requests };
}

describe('a till over HTTPS', () => {
  it('is told nothing when its certificate has expired, is for another host, or is nobody’s we know', async () => {
    const now = Date.now();
    const [good, expired, other, unknown] = await Promise.all([
      identity('Good', '127.0.0.1', now - 1_000),
      identity('Expired', '127.0.0.1', now - 2 * YEAR),
      identity('Other', '10.9.8.7', now - 1_000),
      identity('Unknown', '127.0.0.1', now - 1_000),
    ]);
    // Trusted as authorities, so that it is the date and the name that are at fault.
    const authorities = join(tempFolder(), 'authorities.pem');
    writeFileSync(authorities, [good, expired, other].map(({ cert }) => cert).join('\n'));
    const tills = await Promise.all([good, expired, other, unknown].map(startTill));
    const script = join(ROOT, 'test/support/ask-over-tls.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', script, ...tills.map(({ url }) => url)],
      { cwd: ROOT, env: { ...process.env, NODE_EXTRA_CA_CERTS: authorities } },
    );
    const refused = (code: string) => ({ kind: 'failed', sent: false, reason: 'certificate', code });
    expect(JSON.parse(stdout)).toEqual([
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
    const server = createHttpServer((_request, response) => response.writeHead(204).end());
    server.listen(0, '::1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await request(`http://[::1]:${port}/`)).toMatchObject({ kind: 'answered', status: 204 });
  });
});
