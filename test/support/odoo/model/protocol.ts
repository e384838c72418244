import { OdooFault, statusOf } from './fault';
import { contextOf, methodOf, runMethod } from './methods';
import { isRecord } from './row';
import type { Caller, OdooState } from './state';

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Outgoing {
  readonly status: number;
  readonly type: 'json' | 'html' | 'text';
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was called, for the log of the test. */
export interface Called {
  readonly model: string;
  readonly method: string;
}

export interface Account {
  readonly database: string;
  readonly caller: (key: string) => Caller | undefined;
  readonly userByLogin: (login: unknown) => number | undefined;
}

const NOT_FOUND: Outgoing = {
  status: 404,
  type: 'html',
  body: '<!doctype html><title>404 Not Found</title>',
};

/** Answers as an Odoo server does (contract sections 1 and 2). */
export async function answerRequest(
  state: OdooState,
  account: Account,
  incoming: Incoming,
  note: (called: Called) => void,
): Promise<Outgoing> {
  const { method, path } = incoming;
  if (method === 'GET' && (path === '/json/version' || path === '/web/version')) {
    return state.major === 19
      ? { status: 200, type: 'json', body: { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' } }
      : NOT_FOUND;
  }
  if (path === '/jsonrpc' && method === 'POST') return answerJsonRpc(state, account, incoming, note);
  const json2 = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path);
  if (json2 === null || state.major !== 19) return NOT_FOUND;
  return answerJson2(state, account, incoming, { model: json2[1] ?? '', method: json2[2] ?? '' }, note);
}

async function answerJson2(
  state: OdooState,
  account: Account,
  { method, headers, body }: Incoming,
  called: Called,
  note: (called: Called) => void,
): Promise<Outgoing> {
  if (method !== 'POST') return fault(new OdooFault('werkzeug.exceptions.NotFound', 'Did you mean POST?'));
  if (!String(headers['content-type']).startsWith('application/json')) {
    return { status: 415, type: 'html', body: '<!doctype html><title>415</title>' };
  }
  const database = headers['x-odoo-database'];
  if (database !== undefined && database !== account.database) return NOT_FOUND;
  const key = /^bearer (.+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  const caller = key === undefined ? undefined : account.caller(key);
  if (caller === undefined) {
    const message =
      key === undefined
        ? 'User not authenticated, use an API Key with a Bearer Authorization header.'
        : 'Invalid apikey';
    const unauthorized = fault(new OdooFault('werkzeug.exceptions.Unauthorized', message));
    return { ...unauthorized, headers: { 'WWW-Authenticate': 'Bearer' } };
  }
  const args = parse(body);
  if (!isRecord(args)) {
    return fault(new OdooFault('werkzeug.exceptions.BadRequest', 'could not parse the body as json'));
  }
  note(called);
  const { ids, context: _, ...named } = args;
  const call = { state, caller, context: contextOf(args) };
  try {
    if (state.fields(called.model) === undefined) {
      throw new OdooFault('werkzeug.exceptions.NotFound', `the model '${called.model}' does not exist`);
    }
    const known = methodOf(call, called.model, called.method);
    if (known === undefined && !called.method.startsWith('_')) {
      const words = `The method '${called.model}.${called.method}' does not exist`;
      throw new OdooFault('werkzeug.exceptions.NotFound', words);
    }
    if (known !== undefined && !known.onRecords && ids !== undefined) {
      throw unprocessable(`cannot call ${called.model}.${called.method} with ids`);
    }
    const strange = Object.keys(named).find((name) => known !== undefined && !known.names.includes(name));
    if (strange !== undefined) throw unprocessable(`got an unexpected keyword argument '${strange}'`);
    const result = await runMethod(call, { ...called, ids: idsOf(ids), args: named });
    return { status: 200, type: 'json', body: result ?? null };
  } catch (error) {
    if (error instanceof OdooFault) return fault(error);
    throw error;
  }
}

function unprocessable(message: string): OdooFault {
  return new OdooFault('werkzeug.exceptions.UnprocessableEntity', message);
}

/** What no caller may ever repeat. */
export const TRACEBACK = 'Traceback (most recent call last): File "/opt/server/secret.py"';

function fault(error: OdooFault): Outgoing {
  const { className: name, message } = error;
  const body = { name, message, arguments: [message], context: {}, debug: TRACEBACK };
  return { status: statusOf(error), type: 'json', body };
}

async function answerJsonRpc(
  state: OdooState,
  account: Account,
  { body }: Incoming,
  note: (called: Called) => void,
): Promise<Outgoing> {
  const envelope = parse(body);
  if (!isRecord(envelope)) return { status: 400, type: 'text', body: 'Invalid JSON data' };
  const params = isRecord(envelope.params) ? envelope.params : {};
  const args = Array.isArray(params.args) ? params.args : [];
  const reply = (rest: object): Outgoing => ({
    status: 200,
    type: 'json',
    body: { jsonrpc: '2.0', id: envelope.id ?? null, ...rest },
  });
  try {
    const result = await callService(state, account, `${params.service}.${params.method}`, args, note);
    // What returns nothing has no result at all.
    return reply(result === null || result === undefined ? {} : { result });
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error;
    const data = {
      name: error.className,
      debug: TRACEBACK,
      message: error.message,
      arguments: [error.message],
      context: {},
    };
    return reply({
      error: { code: state.major === 19 ? 0 : 200, message: 'Odoo Server Error', data },
    });
  }
}

async function callService(
  state: OdooState,
  account: Account,
  service: string,
  args: readonly unknown[],
  note: (called: Called) => void,
): Promise<unknown> {
  switch (service) {
    case 'common.version': {
      const serie = `${state.major}.0`;
      return {
        server_version: serie,
        server_version_info: [state.major, 0, 0, 'final', 0, ''],
        server_serie: serie,
        protocol_version: 1,
      };
    }
    case 'db.list':
      return [account.database];
    case 'common.authenticate': {
      checkDatabase(account, args[0]);
      const userId = account.userByLogin(args[1]);
      return account.caller(String(args[2]))?.userId === userId ? userId : false;
    }
    case 'object.execute_kw':
      return execute(state, account, args, note);
    default:
      throw new OdooFault('builtins.KeyError', service);
  }
}

function checkDatabase({ database }: Account, wanted: unknown): void {
  if (wanted === database) return;
  throw new OdooFault('psycopg2.OperationalError', `database "${String(wanted)}" does not exist`);
}

async function execute(
  state: OdooState,
  account: Account,
  args: readonly unknown[],
  note: (called: Called) => void,
): Promise<unknown> {
  const [database, userId, key, model, method, places, named] = args;
  checkDatabase(account, database);
  const caller = account.caller(String(key));
  if (caller === undefined || caller.userId !== userId) {
    throw new OdooFault('odoo.exceptions.AccessDenied', 'Access Denied');
  }
  const called = { model: String(model), method: String(method) };
  note(called);
  const { context: _, ...byName } = isRecord(named) ? named : {};
  const call = { state, caller, context: contextOf(isRecord(named) ? named : {}) };
  const known = methodOf(call, called.model, called.method);
  const list = Array.isArray(places) ? [...places] : [];
  const ids = known?.onRecords ? idsOf(list.shift()) : null;
  const byPlace = Object.fromEntries(list.map((value, place) => [known?.names[place] ?? `${place}`, value]));
  const strange = Object.keys({ ...byPlace, ...byName }).find(
    (name) => known !== undefined && !known.names.includes(name),
  );
  if (strange !== undefined) {
    throw new OdooFault('builtins.TypeError', `got an unexpected keyword argument '${strange}'`);
  }
  return runMethod(call, { ...called, ids, args: { ...byPlace, ...byName } });
}

function idsOf(value: unknown): readonly number[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((id) => typeof id === 'number');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Refused as Odoo refuses it.
    return undefined;
  }
}
