import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder';

const ROOT = resolve(__dirname, '../..');
export const YEAR = 365 * 86_400_000;

interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for `host`, an address or a name, good for a year from then on. */
export async function identity(name: string, host: string, from: number): Promise<Identity> {
  const altName = isIP(host) === 0 ? ({ type: 2, value: host } as const) : ({ type: 7, ip: host } as const);
  const made = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(from + YEAR),
    extensions: [{ name: 'subjectAltName', altNames: [altName] }],
  });
  return { key: made.private, cert: made.cert };
}

/** @returns its port on this computer, and how many requests came through */
export async function startTlsTill({ key, cert }: Identity) {
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
  return { port, requests: () => requests };
}

/** Asks each of the addresses once, in a process that trusts these authorities and has this in its environment. */
export async function askOverTls(
  urls: readonly string[],
  authorities: readonly Identity[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly outcomes: unknown; readonly output: string }> {
  const file = join(tempFolder(), 'authorities.pem');
  writeFileSync(file, authorities.map(({ cert }) => cert).join('\n'));
  const script = join(ROOT, 'test/support/ask-over-tls.ts');
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, ...urls],
    { cwd: ROOT, env: { ...process.env, NODE_EXTRA_CA_CERTS: file, ...env } },
  );
  return { outcomes: JSON.parse(stdout), output: stdout + stderr };
}
