import { z } from 'zod';
import { isRecord } from './model/row';
import type { OdooVersion } from './model/state';
import type { OdooModel } from './odoo-model';
import calls18a from './recordings/18a.json';
import calls18b from './recordings/18b.json';
import calls19 from './recordings/19.json';

const callSchema = z.object({
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
  status: z.number(),
  /** Of each list only the first row. */
  answer: z.unknown(),
});

/** A request to a real Odoo, and what it answered. */
export type RecordedCall = z.output<typeof callSchema>;

const RECORDINGS: Readonly<Record<OdooVersion, unknown>> = {
  '18a': calls18a,
  '18b': calls18b,
  '19': calls19,
};

/** The calls that were recorded of a version. Keys are placeholders, long lists and tracebacks are cut. */
export function recordedCalls(version: OdooVersion): Readonly<Record<string, RecordedCall>> {
  return z.record(z.string(), callSchema).parse(RECORDINGS[version]);
}

/** Whose keys stand for the placeholders. */
export interface ReplayWorld {
  readonly odoo: OdooModel;
  /** By placeholder: `API19` */
  readonly users: Readonly<Record<string, { readonly userId: number; readonly key: string }>>;
}

/** Numbers of the recorded server that are others here. */
export type Renumbered = Readonly<Record<number, number>>;

/** The call as it is sent to this server: its key, database, user and the numbers of its own. */
export function prepared(call: RecordedCall, world: ReplayWorld, renumbered: Renumbered = {}): RecordedCall {
  const body = renumber(call.body, renumbered);
  const headers = Object.fromEntries(
    Object.entries(call.headers).map(([name, value]) => [name, filled(value, world)]),
  );
  return { ...call, headers, body: withUser(filledDeep(body, world), call.body, world) };
}

export interface ReplayAnswer {
  readonly status: number;
  /** The text, when it is no JSON. */
  readonly body: unknown;
}

export async function send({ odoo }: ReplayWorld, call: RecordedCall): Promise<ReplayAnswer> {
  const body = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  const response = await fetch(`${odoo.url}${call.path}`, {
    method: call.method,
    headers: call.headers,
    ...(call.method === 'GET' ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

const PLACEHOLDER = /<(?:API_KEY_([A-Z]+)\d+|(INVALID)_API_KEY|CONFIG_ACCESS_TOKEN|ACCESS_TOKEN)>/g;

function filled(text: string, { odoo, users }: ReplayWorld): string {
  return text
    .replace(PLACEHOLDER, (all, name: string | undefined) =>
      all === '<CONFIG_ACCESS_TOKEN>'
        ? `register-token-${odoo.registerId}`
        : (users[name ?? '']?.key ?? 'none'),
    )
    .replace(/\bomg1[89]\b/g, odoo.database)
    .replace(/\bomgapi\b/g, odoo.login);
}

function filledDeep(value: unknown, world: ReplayWorld): unknown {
  if (typeof value === 'string') return filled(value, world);
  if (Array.isArray(value)) return value.map((item) => filledDeep(item, world));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filledDeep(item, world)]));
}

/** JSON-RPC names the key's user beside it. */
function withUser(body: unknown, recorded: unknown, { users }: ReplayWorld): unknown {
  const before = isRecord(recorded) && isRecord(recorded.params) ? recorded.params.args : undefined;
  if (!isRecord(body) || !isRecord(body.params) || !Array.isArray(body.params.args)) return body;
  if (!Array.isArray(before) || typeof before[1] !== 'number') return body;
  const name = /^<API_KEY_([A-Z]+)\d+>$/.exec(String(before[2]))?.[1] ?? '';
  const [database, userId, ...rest] = body.params.args;
  const args = [database, users[name]?.userId ?? userId, ...rest];
  return { ...body, params: { ...body.params, args } };
}

function renumber(value: unknown, numbers: Renumbered): unknown {
  if (typeof value === 'number') return numbers[value] ?? value;
  if (Array.isArray(value)) return value.map((item) => renumber(item, numbers));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renumber(item, numbers)]));
}

/** Texts that a server makes up as it goes. */
const MADE_UP: ReadonlySet<string> = new Set(['debug', 'server', 'message', 'arguments']);

/**
 * Where an answer is not of the recorded shape: other keys, other types, a list that is empty here or there.
 * @returns one line for each place; none when they are alike
 */
export function shapeDifferences(recorded: unknown, here: unknown, place = 'answer'): string[] {
  if (isEmpty(recorded) || isEmpty(here)) return [];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(here)) return [`${place}: no list`];
    if ((recorded.length === 0) !== (here.length === 0)) {
      const isOfRows = isRecord(recorded[0]) || isRecord(here[0]);
      return isOfRows ? [`${place}: ${here.length} rows instead of ${recorded.length}`] : [];
    }
    return recorded.length === 0 ? [] : shapeDifferences(recorded[0], here[0], `${place}[0]`);
  }
  if (isRecord(recorded)) {
    if (!isRecord(here)) return [`${place}: no object`];
    return Object.entries(recorded).flatMap(([name, value]) => {
      if (!(name in here)) return [`${place}.${name}: missing`];
      return MADE_UP.has(name) ? [] : shapeDifferences(value, here[name], `${place}.${name}`);
    });
  }
  return typeof recorded === typeof here ? [] : [`${place}: ${typeof here} instead of ${typeof recorded}`];
}

/** `false` is "empty" in every field. */
function isEmpty(value: unknown): boolean {
  return value === false || value === null || value === undefined;
}

/** The Python class of an error in either protocol; `null` for a good answer. */
export function errorName(body: unknown): string | null {
  if (!isRecord(body)) return null;
  const data = isRecord(body.error) ? body.error.data : 'debug' in body ? body : undefined;
  return isRecord(data) ? String(data.name) : null;
}

/** What a stored order must have in common with the recorded one, to the cent and to the letter. */
export function orderFacts(body: unknown): unknown {
  const result = isRecord(body) && 'result' in body ? body.result : body;
  const orders = isRecord(result) ? result['pos.order'] : undefined;
  if (!Array.isArray(orders)) return null;
  return orders.filter(isRecord).map((order) => ({
    state: order.state,
    total: order.amount_total,
    tax: order.amount_tax,
    paid: order.amount_paid,
    change: order.amount_return,
    called: order.floating_order_name,
    lines: Array.isArray(order.lines) ? order.lines.length : null,
    payments: Array.isArray(order.payment_ids) ? order.payment_ids.length : null,
    isNumbered: order.name !== '/',
    session: order.session_id,
    register: order.config_id,
    table: order.table_id,
    preset: order.preset_id,
    source: order.source,
    takeaway: order.takeaway,
    notes: [order.general_note, order.general_customer_note, order.internal_note],
    email: order.email,
    hasPartner: order.partner_id !== false,
  }));
}
