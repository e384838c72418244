import { type Incoming, json, type Note, type Outgoing, page, parseJson, traceback } from './exchange';
import { OdooFault } from './fault';
import { idsOf } from './json2';
import { contextOf, methodOf, runMethod } from './methods';
import { authenticate, callerOf } from './people';
import { isRecord } from './row';
import type { OdooState } from './state';

/** `POST /jsonrpc`: every answer is 200 in an envelope, errors too (contract section 1). */
export async function answerJsonRpc(state: OdooState, incoming: Incoming, note: Note): Promise<Outgoing> {
  const envelope = parseJson(incoming.body);
  if (!isRecord(envelope)) return page(400, 'Invalid JSON data');
  const params = isRecord(envelope.params) ? envelope.params : {};
  const args = Array.isArray(params.args) ? params.args : [];
  return enveloped(state, incoming, envelope.id, () =>
    callService(state, `${String(params.service)}.${String(params.method)}`, args, note),
  );
}

/** The answer to what `work` does, in Odoo's envelope. */
export async function enveloped(
  state: OdooState,
  incoming: Incoming,
  id: unknown,
  work: () => Promise<unknown>,
): Promise<Outgoing> {
  const head = { jsonrpc: '2.0', id: id ?? null };
  try {
    const result = await work();
    // What returns nothing has no result at all.
    return json(200, result === null || result === undefined ? head : { ...head, result });
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error;
    return json(200, { ...head, error: errorOf(state, incoming, error) });
  }
}

function errorOf({ major }: OdooState, incoming: Incoming, { className: name, message }: OdooFault): object {
  const data = { name, debug: traceback(incoming), message, arguments: [message], context: {} };
  return { code: major === 19 ? 0 : 200, message: 'Odoo Server Error', data };
}

/** What `common.version` and `/web/webclient/version_info` say. */
export function versionInfo({ major }: OdooState): object {
  const serie = `${major}.0`;
  return {
    server_version: serie,
    server_version_info: [major, 0, 0, 'final', 0, ''],
    server_serie: serie,
    protocol_version: 1,
  };
}

async function callService(
  state: OdooState,
  service: string,
  args: readonly unknown[],
  note: Note,
): Promise<unknown> {
  switch (service) {
    case 'common.version':
      return versionInfo(state);
    case 'db.list':
      return [state.databaseName];
    case 'common.authenticate':
      checkDatabase(state, args[0]);
      return authenticate(state, args[1], args[2]);
    case 'object.execute_kw':
      return execute(state, args, note);
    default:
      throw new OdooFault('builtins.KeyError', service);
  }
}

function checkDatabase({ databaseName }: OdooState, wanted: unknown): void {
  if (wanted === databaseName) return;
  throw new OdooFault(
    'psycopg2.OperationalError',
    `connection to server at "db", port 5432 failed: FATAL:  database "${String(wanted)}" does not exist\n`,
  );
}

async function execute(state: OdooState, args: readonly unknown[], note: Note): Promise<unknown> {
  const [database, userId, key, givenModel, givenMethod, places, given] = args;
  checkDatabase(state, database);
  const caller = callerOf(state, key);
  if (caller === undefined || caller.userId !== userId) {
    throw new OdooFault('odoo.exceptions.AccessDenied', 'Access Denied');
  }
  const [model, method] = [String(givenModel), String(givenMethod)];
  const { context, ...byName } = isRecord(given) ? given : {};
  const call = { state, caller, context: contextOf({ context }) };
  const known = methodOf(call, model, method);
  const list: unknown[] = Array.isArray(places) ? [...places] : [];
  const ids = known?.onRecords === true ? idsOf(list.shift()) : null;
  const byPlace = list.map((value, place) => [known?.names[place] ?? `argument ${place + 1}`, value]);
  const named: Record<string, unknown> = { ...Object.fromEntries(byPlace), ...byName };
  note({ model, method, args: ids === null ? named : { ...named, ids } });
  const strange = Object.keys(named).find((name) => known !== undefined && !known.names.includes(name));
  if (strange !== undefined) {
    throw new OdooFault('builtins.TypeError', `got an unexpected keyword argument '${strange}'`);
  }
  const result = await runMethod(call, { model, method, ids, args: named });
  // Here one dictionary makes one id; JSON-2 always lists them.
  const isOne = method === 'create' && Array.isArray(result) && !Array.isArray(named.vals_list);
  return isOne ? result[0] : result;
}
