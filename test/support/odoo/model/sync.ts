import { setTimeout as pause } from 'node:timers/promises';
import { openSessionOf } from './computed-fields';
import { keyError, missingError, OdooFault, userError, validationError, valueError } from './fault';
import { type Call, readRows } from './records';
import { idIn, idsIn, isRecord, type Micros, numberIn, type Row, textIn, timeText } from './row';
import { createRow, writeRow } from './writes';

type Given = Readonly<Record<string, unknown>>;

/**
 * `pos.order.sync_from_ui` (contract section 6): all orders of a call in one transaction. Before 19 who else sends the
 * same uuid while it runs is not seen, and both are stored.
 */
export async function syncFromUi(call: Call, orders: unknown): Promise<Record<string, unknown>> {
  const { state } = call;
  const given = Array.isArray(orders) ? orders.filter(isRecord) : [];
  if (given.length === 0 && state.major === 19) {
    throw new OdooFault('builtins.IndexError', 'list index out of range');
  }
  const early = state.major === 18 ? given.map((order) => knownOrders(call, order)) : null;
  await pause(state.switches.transactionMs);
  return state.db.transaction(() => {
    const at = state.clock.now();
    const rows = given.flatMap(
      (order, place) => saveOrder(call, order, early?.[place] ?? knownOrders(call, order), at) ?? [],
    );
    return answer(call, rows);
  });
}

function knownOrders({ state }: Call, { uuid }: Given): readonly Row[] {
  return typeof uuid === 'string' ? state.db.where('pos.order', 'uuid', uuid) : [];
}

/** @returns `null` when 18a has nothing to say of an order that it knows */
function saveOrder(call: Call, given: Given, known: readonly Row[], at: Micros): Row | null {
  const { state } = call;
  const session = sessionFor(call, given);
  const [existing] = known;
  if (existing === undefined) return mergedOrNew(call, given, session, at);
  if (state.version === '18a') {
    if (existing.state !== 'draft') return null;
    if (given.id !== existing.id) throw valueError('Expected singleton: pos.order()');
  } else if (existing.state === 'draft' && !('access_token' in given)) throw keyError('access_token');
  if (existing.state !== 'draft') return existing;
  updateOrder(call, existing, given, at);
  return existing;
}

/** A draft for a table that has one already goes into that one: its uuid stays, its amounts become ours. */
function mergedOrNew(call: Call, given: Given, session: Row, at: Micros): Row {
  const { state } = call;
  const tableId = typeof given.table_id === 'number' ? given.table_id : null;
  const onTable =
    tableId === null || state.version === '18a' || given.state !== 'draft'
      ? undefined
      : state.db.where('pos.order', 'table_id', tableId).find((order) => order.state === 'draft');
  if (onTable === undefined) return createOrder(call, given, session, at);
  const { uuid: _, ...others } = given;
  updateOrder(call, onTable, others, at);
  return onTable;
}

function sessionFor({ state, caller }: Call, { session_id: id }: Given): Row {
  if (typeof id !== 'number') {
    throw state.major === 19
      ? new OdooFault('psycopg2.errors.UndefinedFunction', 'operator does not exist: integer = boolean')
      : validationError('The operation cannot be completed: a mandatory field is not set.');
  }
  const session = state.find('pos.session', id);
  if (session === undefined) throw missingError('pos.session', id, caller.userId);
  if (session.state === 'opened' || session.state === 'opening_control') return session;
  const open = openSessionOf(state, idIn(session, 'config_id') ?? 0);
  if (open !== undefined && open.state !== 'closing_control') return open;
  throw userError('No open session available. Please open a new session to capture the order.');
}

/** What is no field of an order, or is stored in another way. */
const NOT_STORED = ['lines', 'payment_ids', 'relations_uuid_mapping', 'name', 'access_token', 'id'];

function fieldsOf(given: Given): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !NOT_STORED.includes(name)));
}

function createOrder(call: Call, given: Given, session: Row, at: Micros): Row {
  const { state, caller } = call;
  const registerId = idIn(session, 'config_id') ?? 0;
  const paid = given.state === 'paid' || (given.state === undefined && state.major === 19);
  checkMapping(call, given);
  const values = {
    date_order: timeText(at),
    user_id: caller.userId,
    company_id: idIn(session, 'company_id'),
    ...fieldsOf(given),
    state: paid ? 'paid' : 'draft',
    session_id: session.id,
    config_id: registerId,
    ...references(call, given, session, registerId),
  };
  const row = createRow(call, 'pos.order', values, at);
  addLines(call, row, given, at);
  addPayments(call, row, given, at);
  if (paid) checkPaid(call, row);
  return row;
}

function checkMapping({ state }: Call, given: Given): void {
  if ('relations_uuid_mapping' in given && state.major === 18) {
    throw valueError("Invalid field 'relations_uuid_mapping' on model 'pos.order'");
  }
}

function references(
  { state }: Call,
  given: Given,
  session: Row,
  registerId: number,
): Record<string, unknown> {
  if (state.major === 18) {
    const sequence = Number(given.sequence_number) || 1;
    const tracking = (session.id % 10) * 100 + (sequence % 100);
    return {
      pos_reference: typeof given.name === 'string' ? given.name : false,
      tracking_number: String(tracking).padStart(3, '0'),
    };
  }
  const number = state.db.where('pos.order', 'config_id', registerId).length + 1;
  return {
    pos_reference: `260-${registerId}-${String(number).padStart(6, '0')}`,
    tracking_number: String(number),
    access_token: `token-${number}`,
    source: given.source ?? 'pos',
  };
}

function updateOrder(call: Call, row: Row, given: Given, at: Micros): void {
  checkMapping(call, given);
  writeRow(call, 'pos.order', row, fieldsOf({ ...given, session_id: row.session_id }), at);
  addLines(call, row, given, at);
  addPayments(call, row, given, at);
  if (row.state === 'paid') checkPaid(call, row);
}

/** 19 knows a line by its uuid; 18 adds it again. */
function addLines(call: Call, order: Row, given: Given, at: Micros): void {
  const { state } = call;
  const byName = new Map<string, Row>();
  const parts: [Row, readonly unknown[]][] = [];
  for (const command of Array.isArray(given.lines) ? given.lines : []) {
    if (!Array.isArray(command) || !isRecord(command[2])) continue;
    const { id: name, combo_line_ids: names, ...values } = command[2];
    const known =
      state.major === 19 && typeof values.uuid === 'string'
        ? state.db.where('pos.order.line', 'uuid', values.uuid)[0]
        : undefined;
    if (known !== undefined && (idIn(known, 'order_id') !== order.id || state.switches.uniqueLineUuids)) {
      throw validationError('The operation cannot be completed: An order line with this uuid already exists');
    }
    if (known !== undefined) {
      writeRow(call, 'pos.order.line', known, values, at);
      continue;
    }
    const row = createRow(
      call,
      'pos.order.line',
      { qty: 1, price_unit: 0, ...values, order_id: order.id },
      at,
    );
    if (typeof name === 'string') byName.set(name, row);
    if (Array.isArray(names)) parts.push([row, names]);
  }
  for (const [parent, names] of parts) {
    for (const name of names) {
      const child = byName.get(String(name));
      if (child !== undefined) state.db.update(child, { combo_parent_id: parent.id });
    }
  }
  linkByUuid(call, given);
}

function linkByUuid({ state }: Call, { relations_uuid_mapping: mapping }: Given): void {
  const lines = isRecord(mapping) ? mapping['pos.order.line'] : undefined;
  if (!isRecord(lines)) return;
  for (const [uuid, links] of Object.entries(lines)) {
    const child = state.db.where('pos.order.line', 'uuid', uuid)[0];
    const parent = isRecord(links)
      ? state.db.where('pos.order.line', 'uuid', links.combo_parent_id)[0]
      : undefined;
    if (child !== undefined && parent !== undefined) state.db.update(child, { combo_parent_id: parent.id });
  }
}

function addPayments(call: Call, order: Row, given: Given, at: Micros): void {
  const { state } = call;
  const allowed = idsIn(state.find('pos.config', idIn(order, 'config_id')), 'payment_method_ids');
  for (const command of Array.isArray(given.payment_ids) ? given.payment_ids : []) {
    if (!Array.isArray(command) || !isRecord(command[2])) continue;
    createRow(call, 'pos.payment', { ...command[2], pos_order_id: order.id, payment_date: timeText(at) }, at);
    if (!allowed.includes(Number(command[2].payment_method_id))) {
      throw validationError('The payment method selected is not allowed in the config of the POS session.');
    }
  }
}

/** 18 stores what is not paid as paid, too. */
function checkPaid({ state }: Call, order: Row): void {
  const sum = state.db
    .where('pos.payment', 'pos_order_id', order.id)
    .reduce((all, payment) => all + numberIn(payment, 'amount'), 0);
  const due = numberIn(order, 'amount_total') - numberIn(order, 'amount_return');
  if (state.major === 19 && Math.abs(sum - due) > 0.004) throw userError('Order / is not fully paid.');
}

function answer(call: Call, orders: readonly Row[]): Record<string, unknown> {
  const { state } = call;
  const of = (model: string, link: string) => orders.flatMap(({ id }) => state.db.where(model, link, id));
  const read = (model: string, rows: readonly Row[]) =>
    readRows(
      call,
      model,
      rows,
      state.answerFields[model]?.filter((name) => state.field(model, name) !== undefined),
      '',
    );
  return {
    'pos.order': read('pos.order', orders),
    'pos.session': [],
    'pos.payment': read('pos.payment', of('pos.payment', 'pos_order_id')),
    'pos.order.line': read('pos.order.line', of('pos.order.line', 'order_id')),
  };
}

/** On a paid order it answers without an error and changes nothing. */
export function cancelOrder(call: Call, order: Row): unknown {
  if (order.state === 'draft') {
    writeRow(call, 'pos.order', order, { state: 'cancel' }, call.state.clock.now());
  }
  return call.state.major === 19 ? { 'pos.order': [{ id: order.id, state: textIn(order, 'state') }] } : null;
}
