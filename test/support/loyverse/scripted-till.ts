import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request, or does something ruder with its connection. */
export type Reply = (request: SeenRequest, response: ServerResponse) => void;

export interface ScriptedTill {
  /** As `apiUrl`. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Connections so far. */
  readonly connections: () => number;
}

/** A server on this computer that answers exactly as a test says: for what no well-behaved sandbox would do. */
export async function startScriptedTill(reply: Reply): Promise<ScriptedTill> {
  const requests: SeenRequest[] = [];
  let connections = 0;
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    const url = new URL(incoming.url ?? '/', 'http://till');
    const request = { method: incoming.method ?? '', url, headers: incoming.headers, body };
    requests.push(request);
    reply(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1.0`, requests, connections: () => connections };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** The recorded account's lists, by path under the base; `undefined` for paths it does not have. */
export type Lists = Readonly<Record<string, unknown>>;

/** Serves the given lists, and leaves everything else to `reply`. */
export function serving(lists: Lists, reply: Reply): Reply {
  return (request, response) => {
    const list = lists[request.url.pathname.replace('/v1.0', '')];
    if (request.method === 'GET' && list !== undefined) sendJson(response, 200, list);
    else reply(request, response);
  };
}
