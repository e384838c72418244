import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import answers from './answers.json';
import { ARGUMENTS, carryOut, type Ended, type OdooWorld } from './world';

type AnswerName = keyof typeof answers;

export interface SeenCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Takes a request before Odoo sees it. @returns whether it did. */
export type Interception = (call: SeenCall, response: ServerResponse) => boolean;

export interface FakeOdoo {
  readonly url: string;
  readonly world: OdooWorld;
  readonly calls: readonly SeenCall[];
  intercept: Interception;
}

/**
 * An Odoo over real HTTP: routes, statuses and bodies as recorded from real servers. JSON-2 from 19 on, JSON-RPC
 * always. Its tracebacks quote the request, key and all, as a real one may.
 */
export async function startFakeOdoo(world: OdooWorld): Promise<FakeOdoo> {
  const calls: SeenCall[] = [];
  const fake: { -readonly [K in keyof FakeOdoo]: FakeOdoo[K] } = {
    url: '',
    world,
    calls,
    intercept: () => false,
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const call = { path: request.url ?? '', headers: request.headers, body };
    calls.push(call);
    if (!fake.intercept(call, response)) route(world, request.method ?? '', call, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}

function route(world: OdooWorld, method: string, call: SeenCall, response: ServerResponse): ServerResponse {
  const modern = world.major >= 19;
  if (call.path === '/json/version') {
    return recorded(
      modern && method === 'GET' ? '19-version-web-version' : '18-version-web-version',
      response,
    );
  }
  if (call.path === '/jsonrpc' && method === 'POST') return jsonRpc(world, call, response);
  const [, model, name] = /^\/json\/2\/([\w.]+)\/(\w+)$/.exec(call.path) ?? [];
  if (!modern || method !== 'POST' || model === undefined || name === undefined) {
    return recorded('18-json2-not-available', response);
  }
  if (call.headers['x-odoo-database'] !== world.database)
    return recorded('19-json2-wrong-database', response);
  if (call.headers['content-type'] !== 'application/json')
    return recorded('19-json2-error-content-type', response);
  if (call.headers.authorization !== `bearer ${world.key}`)
    return recorded('19-json2-invalid-key', response, call);
  const { ids, ...args } = JSON.parse(call.body);
  const ended = carryOut(world, { model, method: name, ids, args });
  if ('value' in ended) return send(response, 200, ended.value);
  return recorded(MODERN_ERRORS[ended.error], response, call);
}

const MODERN_ERRORS: Readonly<Record<Extract<Ended, { error: string }>['error'], AnswerName>> = {
  access: '19-json2-error-access',
  'no-model': '19-json2-error-no-model',
  'no-method': '19-json2-error-no-method',
  'unknown-field': '19-json2-error-unknown-field',
  'ids-on-model-method': '19-json2-error-ids-on-model-method',
  argument: '19-json2-error-unexpected-argument',
};

function jsonRpc(world: OdooWorld, call: SeenCall, response: ServerResponse): ServerResponse {
  const { jsonrpc, params } = JSON.parse(call.body);
  const result = (value: unknown) => send(response, 200, { jsonrpc: '2.0', id: 1, result: value });
  const { service, method, args } = params;
  if (jsonrpc !== '2.0' || !Array.isArray(args)) return send(response, 400, 'Invalid JSON data');
  if (service === 'common' && method === 'version') {
    const label = `${world.major}.0`;
    const info = { server_version: label, server_version_info: [world.major, 0, 0, 'final', 0, ''] };
    return result({ ...info, server_serie: label, protocol_version: 1 });
  }
  if (service === 'db' && method === 'list') {
    return world.databaseList === null
      ? recorded('18-jsonrpc-execute_kw-wrong-key', response, call)
      : result(world.databaseList);
  }
  const [database, user, key, model, name, places, named] = args;
  if (database !== world.database) return recorded('18-jsonrpc-authenticate-wrong-db', response, call);
  if (service === 'common' && method === 'authenticate') {
    const self = world.rows['res.users']?.find(({ login }) => login === user);
    return result(self !== undefined && key === world.key ? self.id : false);
  }
  if (user !== world.userId || key !== world.key)
    return recorded('18-jsonrpc-execute_kw-wrong-key', response, call);
  const known = ARGUMENTS[name] ?? { names: [], records: false };
  const [ids, leading] = known.records ? [places[0], places.slice(1)] : [undefined, places];
  const placed = leading.map((value: unknown, place: number) => [known.names[place] ?? '', value]);
  const ended = carryOut(world, {
    model,
    method: name,
    ids,
    args: { ...Object.fromEntries(placed), ...named },
  });
  if ('value' in ended) return result(ended.value);
  const errors: Readonly<Record<string, AnswerName>> = {
    access: '18-jsonrpc-error-access',
    'no-model': '18-jsonrpc-error-no-model',
    'unknown-field': '18-jsonrpc-error-unknown-field',
  };
  return recorded(errors[ended.error] ?? '18-jsonrpc-error-no-method', response, call);
}

/** Answers with a recorded body; its traceback, if it has one, quotes the call. */
function recorded(name: AnswerName, response: ServerResponse, call?: SeenCall): ServerResponse {
  const { status, contentType, body } = answers[name];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const quoted = JSON.stringify(`Traceback: ${call?.headers.authorization ?? ''} ${call?.body ?? ''}`);
  const full = text.replace(/"<Python traceback[^"]*"/, () => quoted);
  return response.writeHead(status, { 'content-type': contentType }).end(full);
}

export function send(response: ServerResponse, status: number, body: unknown): ServerResponse {
  return response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}
