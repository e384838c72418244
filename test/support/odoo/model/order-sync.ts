import { setTimeout as pause } from 'node:timers/promises';
import { openSessionOf } from './computed-fields';
import { keyError, missingError, OdooFault, userError, validationError, valueError } from './fault';
import { answerOrders } from './order-answer';
import { saveLines } from './order-lines';
import { references } from './order-numbers';
import { finishPaid, savePayments } from './order-payments';
import type { Call } from './records';
import { idIn, isRecord, type Micros, type Row, timeText } from './row';
import type { OdooState } from './state';
import { callWebhooks } from './webhooks';
import { createRow, writeRow } from './writes';

type Given = Readonly<Record<string, unknown>>;

/** How often Odoo carries a transaction out that collided with another. */
const TRIES = 5;

/**
 * `pos.order.sync_from_ui` (contract section 6): all orders of a call in one transaction. Before 19 nobody sees who
 * else sends the same uuid meanwhile, and both are stored. 19 numbers the orders of a register one after the other, so
 * that of two at once one is carried out again.
 * @throws {OdooFault} and then nothing of it was stored
 */
export async function syncFromUi(call: Call, orders: unknown): Promise<Record<string, unknown>> {
  const { state } = call;
  const given = Array.isArray(orders) ? orders.filter(isRecord) : [];
  if (given.length === 0 && state.major === 19) {
    throw valueError('config must be provided to read PoS data.');
  }
  for (let attempt = 1; ; attempt += 1) {
    const early = state.major === 18 ? given.map((order) => knownOrders(state, order)) : null;
    const { commits, starts } = state;
    await pause(state.switches.transactionMs);
    // Rolled back with the process that it ran in.
    if (state.starts !== starts) throw new OdooFault('builtins.SystemExit', 'The server was stopped.');
    const isCollision = state.major === 19 && state.commits !== commits;
    if (isCollision && attempt < TRIES) {
      await pause(state.switches.retryMs * attempt);
      continue;
    }
    const at = state.clock.now();
    const saved = state.db.transaction(() =>
      given.flatMap(
        (order, place) => saveOrder(call, order, early?.[place] ?? knownOrders(state, order), at) ?? [],
      ),
    );
    state.commits += 1;
    const sentTo = new Set(given.map(({ session_id: id }) => id));
    const moved = saved.filter(({ row, change }) => change !== 'none' && !sentTo.has(row.session_id));
    const sessions = moved.flatMap(({ row }) => state.find('pos.session', idIn(row, 'session_id')) ?? []);
    const answer = answerOrders(
      call,
      saved.map(({ row }) => row),
      sessions,
    );
    await callWebhooks(state, saved);
    return answer;
  }
}

/** An order after a call, and whether the call changed it. */
export interface SavedOrder {
  readonly row: Row;
  readonly change: 'created' | 'written' | 'none';
}

function knownOrders({ db }: OdooState, { uuid }: Given): readonly Row[] {
  return typeof uuid === 'string' ? [...db.where('pos.order', 'uuid', uuid)] : [];
}

/** @returns `null` when 18a has nothing to say of an order that it knows */
function saveOrder(call: Call, given: Given, known: readonly Row[], at: Micros): SavedOrder | null {
  const { state } = call;
  if (state.version === '18a') return saveAsEarly18(call, given, known[0], at);
  const existing = known[0] ?? draftOnTable(state, given);
  if (existing === undefined) return { row: createOrder(call, given, at), change: 'created' };
  if (existing.state !== 'draft') return { row: existing, change: 'none' };
  if (!('access_token' in given)) throw keyError('access_token');
  updateOrder(call, existing, given, at);
  return { row: existing, change: 'written' };
}

/** 18 of 2024 finds a draft again by its id only. */
function saveAsEarly18(call: Call, given: Given, known: Row | undefined, at: Micros): SavedOrder | null {
  if (known === undefined) return { row: createOrder(call, given, at), change: 'created' };
  if (known.state !== 'draft') return null;
  if (given.id !== known.id) throw valueError('Expected singleton: pos.order()');
  updateOrder(call, known, given, at);
  return { row: known, change: 'written' };
}

/** A draft for a table that has one already goes into that one, of whichever register. */
function draftOnTable({ db }: OdooState, given: Given): Row | undefined {
  if (typeof given.table_id !== 'number' || given.state !== 'draft') return undefined;
  return db.where('pos.order', 'table_id', given.table_id).find(({ state }) => state === 'draft');
}

/** The table of contract section 5. @throws {OdooFault} */
function sessionFor({ state, caller }: Call, given: Given): Row {
  if (!('session_id' in given)) throw keyError('session_id');
  const id = given.session_id;
  if (typeof id !== 'number') {
    throw state.major === 19
      ? new OdooFault('psycopg2.errors.UndefinedFunction', 'operator does not exist: integer = boolean\n')
      : validationError(
          'The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n\n' +
            'Model: Point of Sale Orders (pos.order)\nField: Company (company_id)\n',
        );
  }
  const session = state.find('pos.session', id);
  if (session === undefined) throw missingError('pos.session', id, caller.userId);
  if (session.state === 'opened' || session.state === 'opening_control') return session;
  const open = openSessionOf(state, idIn(session, 'config_id') ?? 0);
  if (open !== undefined && open.state !== 'closing_control') return open;
  throw userError('No open session available. Please open a new session to capture the order.');
}

/** What is stored in another way than as it was sent. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'lines',
  'payment_ids',
  'relations_uuid_mapping',
  'name',
  'access_token',
  'id',
  'session_id',
]);

function plainValues({ state }: Call, given: Given): Record<string, unknown> {
  if ('relations_uuid_mapping' in given && state.major === 18) {
    throw valueError("Invalid field 'relations_uuid_mapping' on model 'pos.order'");
  }
  const values = Object.fromEntries(Object.entries(given).filter(([name]) => !ELSEWHERE.has(name)));
  // A customer who is gone is dropped without a word.
  const partner = values.partner_id;
  if (typeof partner === 'number' && state.find('res.partner', partner) === undefined)
    delete values.partner_id;
  return values;
}

export function createOrder(call: Call, given: Given, at: Micros, own: Given = {}): Row {
  const { state, caller } = call;
  const session = sessionFor(call, given);
  if (!('lines' in given)) throw keyError('lines');
  const register = state.find('pos.config', idIn(session, 'config_id'));
  const isPaid = given.state === 'paid' || (given.state === undefined && state.major === 19);
  const row = createRow(
    call,
    'pos.order',
    {
      uuid: crypto.randomUUID(),
      date_order: timeText(at),
      user_id: caller.userId,
      company_id: session.company_id,
      email: '',
      ...(state.major === 19 ? { source: 'pos', preset_id: defaultPreset(register) } : {}),
      ...plainValues(call, given),
      ...references(state, given, session),
      name: '/',
      state: isPaid ? 'paid' : 'draft',
      session_id: session.id,
      config_id: session.config_id,
      access_token: tokenOf(state),
      ...own,
    },
    at,
  );
  if (given.to_invoice === true) throw userError('Unable to find Wkhtmltopdf on this system.');
  saveLines(call, row, given, at);
  savePayments(call, row, given, at);
  if (isPaid) finishPaid(call, row);
  return row;
}

function defaultPreset(register: Row | undefined): unknown {
  return register?.use_presets === true ? (register.default_preset_id ?? false) : false;
}

/** No secret: only for looks. */
function tokenOf({ clock }: OdooState): string {
  return `order-token-${clock.now().toString(36)}`;
}

/** Amounts, notes and whatever else was sent take the place of what was there; uuid and reference stay. */
function updateOrder(call: Call, row: Row, given: Given, at: Micros): void {
  sessionFor(call, given);
  if (!('lines' in given)) throw keyError('lines');
  const { uuid: _, pos_reference: __, tracking_number: ___, ...values } = plainValues(call, given);
  const name = typeof given.name === 'string' ? { name: given.name } : {};
  writeRow(call, 'pos.order', row, { ...values, ...name }, at);
  saveLines(call, row, given, at);
  savePayments(call, row, given, at);
  if (row.state === 'paid') finishPaid(call, row);
}
