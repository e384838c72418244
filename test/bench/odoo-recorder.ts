import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpClient } from '../../main/pos/http';

/** A request as the connector sent it, and when. */
export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Of the answer; 0 when none came. */
  readonly status: number;
  /** Milliseconds on one clock. */
  readonly beganAt: number;
  readonly endedAt: number;
}

/** What the connector itself says to the server; all else is the connection's. */
const HEADERS = ['accept', 'user-agent', 'content-type', 'authorization', 'x-odoo-database'];

/**
 * Hands on whatever comes to it, and writes it down.
 * @param work gets the address to use in place of the server's
 * @returns the requests, in the order in which they came
 */
export async function recordExchanges(
  url: string,
  work: (through: string) => Promise<void>,
): Promise<readonly Exchange[]> {
  const http = createHttpClient({ maxAnswerBytes: Number.POSITIVE_INFINITY });
  const exchanges: { -readonly [K in keyof Exchange]: Exchange[K] }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    const exchange: (typeof exchanges)[number] = {
      method: request.method === 'GET' ? 'GET' : 'POST',
      path: request.url ?? '',
      headers: ownHeaders(request.headers),
      body: undefined,
      status: 0,
      beganAt: performance.now(),
      endedAt: Number.POSITIVE_INFINITY,
    };
    exchanges.push(exchange);
    for await (const chunk of request) chunks.push(chunk);
    if (chunks.length > 0) exchange.body = Buffer.concat(chunks).toString('utf8');
    const { method, path, headers, body } = exchange;
    const outcome = await http({
      method,
      url: `${url}${path}`,
      headers,
      body,
      timeoutMs: 60_000,
      connection: 'fresh',
    });
    exchange.endedAt = performance.now();
    if (outcome.kind === 'failed') {
      response.destroy();
      return;
    }
    exchange.status = outcome.status;
    const told = ['content-type', 'date'].map((name) => [name, outcome.header(name) ?? '']);
    response.writeHead(outcome.status, Object.fromEntries(told)).end(outcome.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  return exchanges;
}

function ownHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
