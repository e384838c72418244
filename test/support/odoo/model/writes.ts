import { userError, validationError } from './fault';
import { afterCreate, beforeUnlink, writeProduct } from './product-rules';
import type { Call } from './records';
import { isRecord, type Micros, numberIn, type Row } from './row';
import { checkNeeded, storedValues } from './values';

/** What no transaction may change while an order that was not posted still needs it. */
const COUNTED_FIELDS = [
  'amount',
  'amount_type',
  'price_include_override',
  'include_base_amount',
  'children_tax_ids',
];

/**
 * Stores a new row, with what Odoo makes beside it.
 * @throws {OdooFault} when Odoo would not
 */
export function createRow(call: Call, model: string, given: unknown, at: Micros): Row {
  const values = isRecord(given) ? given : {};
  const { state, caller } = call;
  if (model === 'pos.session') checkOnlySession(call, values);
  checkNeeded(call, model, values);
  const stored = storedValues(call, model, values);
  const row = state.db.insert(model, {
    ...(state.field(model, 'active') === undefined ? {} : { active: true }),
    ...stored,
    create_date: at,
    write_date: at,
    create_uid: caller.userId,
    write_uid: caller.userId,
  });
  createParts(call, model, row, values, at);
  afterCreate(call, model, row, at);
  return row;
}

/** Changes rows, and moves `write_date` of those that Odoo moves (contract section 3). @throws {OdooFault} */
export function writeRow(
  call: Call,
  model: string,
  row: Row,
  values: Readonly<Record<string, unknown>>,
  at: Micros,
): void {
  const { state, caller } = call;
  if (model === 'account.tax') checkTaxIsFree(call, row, values);
  const stamp = { write_date: at, write_uid: caller.userId };
  if (model === 'product.template' || model === 'product.product') {
    writeProduct(call, model, row, values, stamp);
    return;
  }
  state.db.update(row, { ...storedValues(call, model, values, row), ...stamp });
  createParts(call, model, row, values, at);
}

/** @throws {OdooFault} `UserError` for what Odoo keeps */
export function unlinkRow(call: Call, model: string, row: Row): void {
  const { state } = call;
  beforeUnlink(call, model);
  if (model === 'pos.order' && row.state !== 'draft' && row.state !== 'cancel') {
    throw userError('In order to delete a sale, it must be new or cancelled.');
  }
  for (const [, field] of state.fields(model) ?? []) {
    if (field.type !== 'one2many' || field.relation === null || field.inverse === null) continue;
    for (const part of [...state.db.where(field.relation, field.inverse, row.id)]) {
      state.db.remove(field.relation, part.id);
    }
  }
  state.db.remove(model, row.id);
}

/** The commands in a row's `one2many` fields: `[0, 0, values]`, `[1, id, values]`, `[2, id]`. */
export function createParts(
  call: Call,
  model: string,
  row: Row,
  values: Readonly<Record<string, unknown>>,
  at: Micros,
): void {
  const { state } = call;
  for (const [name, value] of Object.entries(values)) {
    const field = state.field(model, name);
    if (field?.type !== 'one2many' || field.relation === null || field.inverse === null) continue;
    for (const command of Array.isArray(value) ? value : []) {
      if (!Array.isArray(command)) continue;
      const [kind, id, part] = command;
      const existing = state.find(field.relation, typeof id === 'number' ? id : null);
      if (kind === 0) createRow(call, field.relation, { ...part, [field.inverse]: row.id }, at);
      else if (kind === 1 && existing !== undefined) writeRow(call, field.relation, existing, part, at);
      else if (kind === 2 && existing !== undefined) unlinkRow(call, field.relation, existing);
    }
  }
}

function checkOnlySession({ state }: Call, { config_id: register }: Readonly<Record<string, unknown>>): void {
  const another = state.db
    .where('pos.session', 'config_id', register)
    .some(({ state: at, rescue }) => at !== 'closed' && rescue !== true);
  if (another) throw validationError('Another session is already opened for this point of sale.');
}

function checkTaxIsFree({ state }: Call, tax: Row, values: Readonly<Record<string, unknown>>): void {
  if (!COUNTED_FIELDS.some((field) => field in values && values[field] !== tax[field])) return;
  const isUsed = state.db.table('pos.order.line').some((line) => {
    const order = state.find('pos.order', numberIn(line, 'order_id'));
    const taxes = line.tax_ids;
    return (
      Array.isArray(taxes) && taxes.includes(tax.id) && (order?.state === 'draft' || order?.state === 'paid')
    );
  });
  if (!isUsed) return;
  throw userError(
    'It is forbidden to modify a tax used in a POS order not posted. You must close the POS sessions before modifying the tax.',
  );
}
