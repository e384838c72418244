import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { distort } from './distortion';
import { type Called, type Incoming, json, type Outgoing, page, parseJson } from './exchange';
import { OdooFault } from './fault';
import { refuse } from './json2';
import { enveloped } from './jsonrpc';
import { answerRequest } from './routes';
import { isRecord } from './row';
import type { OdooState } from './state';

/** A call that came in, and how it was answered; `null` when the connection was cut. */
export interface SeenRequest extends Called {
  status: number | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Calls that store something: only their answers are lost. */
const WRITES =
  /^(?:sync_from_ui|write|create|unlink|action_pos_order_cancel|remove_from_ui|open_ui|set_opening_control|close_session_from_ui|generate|revoke|process-order)/;

/** The web server: what can go wrong between a caller and this Odoo goes wrong here. */
export class OdooFront {
  readonly requests: SeenRequest[] = [];
  /** Runs as each call comes in, before it is carried out. */
  onRequest: (request: SeenRequest) => void = () => {};
  readonly #state: OdooState;
  readonly #random: () => number;
  readonly #server: Server;

  /** @param random numbers from 0 up to 1 */
  constructor(state: OdooState, random: () => number) {
    this.#state = state;
    this.#random = random;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A defect of the model must not look like one of the connector.
        response.writeHead(599).end(`The Odoo model failed: ${String(error)}`);
      });
    });
  }

  /** @returns the port */
  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts what is under way and hears nothing more. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { switches } = this.#state;
    if (switches.restarting === 'refuse') {
      request.socket.destroy();
      return;
    }
    const incoming = await readRequest(request);
    const isWrite = WRITES.test(methodIn(incoming));
    const isMeant = switches.about === 'all' || (switches.about === 'writes') === isWrite;
    const happens = (chance: number) => isMeant && chance > 0 && this.#random() < chance;
    await pause(switches.latencyMs);
    const instead = this.#instead(incoming, happens);
    if (instead !== null) {
      send(response, await instead);
      return;
    }
    if (isWrite && happens(switches.loseLate)) {
      request.socket.destroy();
      await pause(switches.commitAfterMs);
      await answerRequest(this.#state, incoming, (called) => void this.#note(called));
      return;
    }
    let seen: SeenRequest | null = null;
    const answer = await answerRequest(this.#state, incoming, (called) => {
      seen = this.#note(called);
    });
    await pause(switches.slowMs);
    const given = this.#given(answer, seen, isWrite, happens);
    if (given === null) request.socket.destroy();
    else if (given === 'huge') sendHuge(response);
    else send(response, given);
    this.#finish(seen, given);
  }

  #finish(seen: SeenRequest | null, given: Outgoing | 'huge' | null): void {
    if (seen !== null && given !== null) seen.status = given === 'huge' ? 200 : given.status;
  }

  #note(called: Called): SeenRequest {
    const seen: SeenRequest = { ...called, status: null, at: Date.now() };
    this.requests.push(seen);
    this.onRequest(seen);
    return seen;
  }

  /** What comes back without Odoo having been asked. */
  #instead(incoming: Incoming, happens: (chance: number) => boolean): Outgoing | Promise<Outgoing> | null {
    const { switches } = this.#state;
    if (switches.restarting === '503') return page(503);
    if (switches.json2Missing && incoming.path.startsWith('/json/')) return page(404);
    if (happens(switches.loginPage)) return loginPage(switches.loginPageStatus);
    if (!happens(switches.serverErrorBefore)) return null;
    const crash = new OdooFault(
      'psycopg2.errors.SerializationFailure',
      'could not serialize access due to concurrent update\n',
    );
    if (incoming.path.startsWith('/json/')) return refuse(incoming, crash);
    return enveloped(this.#state, incoming, 1, () => Promise.reject(crash));
  }

  /** What is left of an answer on its way; `null`: nothing, the connection is cut. */
  #given(
    answer: Outgoing,
    seen: SeenRequest | null,
    isWrite: boolean,
    happens: (chance: number) => boolean,
  ): Outgoing | 'huge' | null {
    const { switches } = this.#state;
    if (isWrite && happens(switches.lose)) return null;
    if (happens(switches.gateway502)) return page(502);
    if (happens(switches.huge)) return 'huge';
    if (seen === null || answer.type === 'html') return answer;
    return json(answer.status, distort(this.#state, seen.model, answer.body), { ...answer.headers });
  }
}

/** The method that a request names, without carrying it out. */
function methodIn({ path, body }: Incoming): string {
  if (path.startsWith('/pos-self-order/')) return 'process-order';
  const json2 = /^\/json\/2\/[^/]+\/([^/]+)$/.exec(path)?.[1];
  if (json2 !== undefined) return json2;
  const envelope = path === '/jsonrpc' ? parseJson(body) : undefined;
  const params = isRecord(envelope) ? envelope.params : undefined;
  const args = isRecord(params) && Array.isArray(params.args) ? params.args : [];
  return String(args[4] ?? '');
}

async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function loginPage(status: 200 | 303): Outgoing {
  const body =
    '<!DOCTYPE html>\n<html><head><title>Login | Odoo</title></head><body><form></form></body></html>';
  return { status, type: 'html', body, headers: status === 303 ? { Location: '/web/login' } : {} };
}

const TYPES = { json: 'application/json; charset=utf-8', html: 'text/html; charset=utf-8' } as const;

function send(response: ServerResponse, { status, type, body, headers }: Outgoing): void {
  response.writeHead(status, {
    Server: 'Werkzeug/2.2.2 Python/3.11.2',
    'Content-Type': TYPES[type],
    ...headers,
  });
  response.end(type === 'json' ? JSON.stringify(body) : String(body));
}

/** About 100 MB, as fast as they are taken. */
function sendHuge(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': TYPES.json });
  const megabyte = Buffer.alloc(1_000_000, ' ');
  let left = 100;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(megabyte)) return;
    }
    response.end('[]');
  };
  response.on('drain', more);
  more();
}
