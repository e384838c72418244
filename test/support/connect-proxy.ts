import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

/** What a request for a tunnel gets: a tunnel to that port of this computer, or whatever a test does with its line. */
type Tunnelling = number | ((line: Duplex) => void);

interface Asked {
  readonly target: string;
  readonly credentials: string | undefined;
  /** Credentials that are meant for servers. */
  readonly others: string | undefined;
}

export interface ConnectProxy {
  readonly port: number;
  /** Where tunnels were asked for, and with which credentials, in order. */
  readonly asked: readonly Asked[];
  /** All that the proxy could read of what went through it. */
  readonly seen: () => string;
}

/** A proxy as offices have them (RFC 9110, 9.3.6). Whatever name is asked for, the tunnel ends on this computer. */
export async function startConnectProxy(answer: Tunnelling): Promise<ConnectProxy> {
  const asked: Asked[] = [];
  const seen: Buffer[] = [];
  const lines = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(501).end());
  server.on('connect', (request: IncomingMessage, line: Duplex) => {
    const { authorization: others, 'proxy-authorization': credentials } = request.headers;
    asked.push({ target: request.url ?? '', credentials, others });
    lines.add(line);
    // The client's end is the test's business.
    line.on('error', () => undefined);
    if (typeof answer !== 'number') {
      answer(line);
      return;
    }
    const till = connect(answer, '127.0.0.1', () => {
      line.write('HTTP/1.1 200 Connection established\r\n\r\n');
      line.on('data', (chunk: Buffer) => seen.push(chunk));
      line.pipe(till).pipe(line);
    });
    till.on('error', () => line.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const line of lines) line.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, asked, seen: () => Buffer.concat(seen).toString('latin1') };
}
