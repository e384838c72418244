import {
  type Called,
  type Incoming,
  json,
  type Note,
  type Outgoing,
  page,
  parseJson,
  traceback,
} from './exchange';
import { OdooFault, statusOf } from './fault';
import { contextOf, methodOf, runMethod } from './methods';
import { callerOf } from './people';
import { isRecord } from './row';
import type { Caller, OdooState } from './state';

const NO_DATABASE =
  'No database is selected and the requested URL was not found in the server-wide controllers.';

/** `POST /json/2/<model>/<method>`, with the status of each error (contract section 1). From 19 on. */
export async function answerJson2(
  state: OdooState,
  incoming: Incoming,
  target: Omit<Called, 'args'>,
  note: Note,
): Promise<Outgoing> {
  const { method, headers, body } = incoming;
  const database = headers['x-odoo-database'];
  // Nobody asks for a database when there is one only.
  if (database !== undefined && database !== state.databaseName) return page(404, NO_DATABASE);
  if (method !== 'POST') {
    return refuse(
      incoming,
      new OdooFault('werkzeug.exceptions.NotFound', 'Did you mean POST /json/2/<model>/<method>?'),
    );
  }
  if (!String(headers['content-type']).startsWith('application/json')) return page(415);
  const key = /^bearer (.+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  const caller = key === undefined ? undefined : callerOf(state, key);
  if (caller === undefined) return unauthorized(incoming, key);
  const args = parseJson(body);
  if (!isRecord(args)) {
    const words = 'could not parse the body as json: Expecting property name enclosed in double quotes';
    return refuse(incoming, new OdooFault('werkzeug.exceptions.BadRequest', words));
  }
  note({ ...target, args });
  try {
    return json(200, (await carryOut(state, caller, target, args)) ?? null);
  } catch (error) {
    if (error instanceof OdooFault) return refuse(incoming, error);
    throw error;
  }
}

async function carryOut(
  state: OdooState,
  caller: Caller,
  { model, method }: Omit<Called, 'args'>,
  { ids, context, ...named }: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const call = { state, caller, context: contextOf({ context }) };
  if (state.fields(model) === undefined) {
    throw new OdooFault('werkzeug.exceptions.NotFound', `the model '${model}' does not exist`);
  }
  const known = methodOf(call, model, method);
  if (known === undefined && !method.startsWith('_')) {
    throw new OdooFault('werkzeug.exceptions.NotFound', `The method '${model}.${method}' does not exist`);
  }
  if (known !== undefined && !known.onRecords && ids !== undefined) {
    throw unprocessable(`cannot call ${model}.${method} with ids`);
  }
  const strange = Object.keys(named).find((name) => known !== undefined && !known.names.includes(name));
  if (strange !== undefined && known !== undefined) {
    const words = `got an unexpected keyword argument '${strange}'`;
    // These pass on what they do not know, so that it fails deeper in the call.
    if (known.passesOn) throw new OdooFault('builtins.TypeError', `BaseModel._read_format() ${words}`);
    throw unprocessable(words);
  }
  return runMethod(call, { model, method, ids: idsOf(ids), args: named });
}

function unprocessable(message: string): OdooFault {
  return new OdooFault('werkzeug.exceptions.UnprocessableEntity', message);
}

function unauthorized(incoming: Incoming, key: string | undefined): Outgoing {
  const words =
    key === undefined
      ? 'User not authenticated, use an API Key with a Bearer Authorization header.'
      : 'Invalid apikey';
  const answer = refuse(incoming, new OdooFault('werkzeug.exceptions.Unauthorized', words));
  return { ...answer, headers: { 'WWW-Authenticate': 'Bearer ' } };
}

/** An error's body, with its status. */
export function refuse(incoming: Incoming, fault: OdooFault): Outgoing {
  const { className: name, message } = fault;
  const status = statusOf(fault);
  const args = name.startsWith('werkzeug.') ? [message, status] : [message];
  return json(status, { name, message, arguments: args, context: {}, debug: traceback(incoming) });
}

/** The records that a call is on. */
export function idsOf(value: unknown): readonly number[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((id) => typeof id === 'number');
}
