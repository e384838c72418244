import { companiesOf, mayKnow } from './access';
import { compileDomain, speaksOfActive } from './domain';
import { OdooFault, valueError } from './fault';
import { type Row, timeText } from './row';
import type { Field, Fields } from './schema';
import type { Caller, OdooState } from './state';

export type Context = Readonly<Record<string, unknown>>;

/** One call, as far as reading and writing rows needs to know it. */
export interface Call {
  readonly state: OdooState;
  readonly caller: Caller;
  readonly context: Context;
}

export interface SearchOptions {
  readonly order?: unknown;
  readonly limit?: unknown;
  readonly offset?: unknown;
}

/** Newest orders and sessions first, menus by their sequence: as the models say themselves. */
const DEFAULT_ORDER: Readonly<Record<string, string>> = {
  'pos.order': 'date_order desc, name desc, id desc',
  'pos.session': 'id desc',
  'product.template': 'name',
  'product.product': 'name',
  'pos.category': 'sequence, name',
  'product.attribute': 'sequence, id',
  'account.tax': 'sequence, id',
  'res.company': 'sequence, name',
  'pos.payment.method': 'sequence, id',
};

/** @throws {OdooFault} for an unknown model, field or operator */
export function searchRows(call: Call, model: string, domain: unknown, options: SearchOptions = {}): Row[] {
  const { state, caller, context } = call;
  const fields = fieldsOf(call, model);
  const test = compileDomain(state, model, domain ?? []);
  const companies = companiesOf(caller, context);
  const isActiveOnly = fields.has('active') && context.active_test !== false && !speaksOfActive(domain);
  const found = state.db
    .table(model)
    .filter((row) => (!isActiveOnly || isActive(call, model, row)) && test(row))
    .filter((row) => mayKnow(state, caller, companies, model, row));
  const sorted = sortRows(call, model, found, textOr(options.order, DEFAULT_ORDER[model] ?? 'id'));
  const offset = Number(options.offset) || 0;
  const limit = Number(options.limit) || sorted.length;
  return sorted.slice(offset, offset + limit);
}

function isActive({ state }: Call, model: string, row: Row): boolean {
  return state.value(model, row, 'active') !== false;
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}

function sortRows({ state }: Call, model: string, rows: readonly Row[], order: string): Row[] {
  const keys = order.split(',').map((part) => {
    const [name = 'id', direction = 'asc'] = part.trim().split(/\s+/);
    if (state.field(model, name) === undefined) {
      throw valueError(`Invalid field '${name}' on model '${model}'`);
    }
    return { name, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  const compare = (a: unknown, b: unknown): number => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    const [left, right] = [String(a), String(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  return [...rows].sort((a, b) => {
    for (const { name, sign } of keys) {
      const by = compare(state.value(model, a, name), state.value(model, b, name));
      if (by !== 0) return by * sign;
    }
    return 0;
  });
}

/** @throws {OdooFault} when there is no such model: JSON-2 says `NotFound`, JSON-RPC `UserError` */
export function fieldsOf({ state }: Call, model: string): Fields {
  const fields = state.fields(model);
  if (fields === undefined) {
    throw new OdooFault('odoo.exceptions.UserError', `Object ${model} doesn't exist`);
  }
  return fields;
}

/** Rows as they are answered. Those that are gone are left out without a word. */
export function readRows(
  call: Call,
  model: string,
  rows: readonly Row[],
  wanted: unknown,
  load: unknown,
): Record<string, unknown>[] {
  const fields = fieldsOf(call, model);
  const names = Array.isArray(wanted) && wanted.length > 0 ? wanted.map(String) : [...fields.keys()];
  const columns = names.map((name) => {
    const field = fields.get(name);
    if (field === undefined) throw unknownRead(call, model, name);
    return { name, field };
  });
  return rows.map((row) => {
    const answered: Record<string, unknown> = { id: row.id };
    for (const { name, field } of columns) {
      answered[name] = answeredValue(call, field, call.state.value(model, row, name), load);
    }
    return answered;
  });
}

function unknownRead({ state: { major } }: Call, model: string, name: string): OdooFault {
  return valueError(`Invalid field '${name}' on ${major === 19 ? '' : 'model '}'${model}'`);
}

function answeredValue(call: Call, field: Field, value: unknown, load: unknown): unknown {
  const { state, context } = call;
  if (field.type === 'datetime' && typeof value === 'number') return timeText(value);
  if (field.type === 'many2one' && typeof value === 'number') {
    if (load === '' || load === null || load === false) return value;
    return [value, field.relation === null ? '' : state.nameOf(field.relation, value)];
  }
  if (Array.isArray(value) && field.relation !== null) return knownIds(call, field.relation, value);
  if (field.type === 'binary' && typeof value === 'string' && context.bin_size === true) {
    return `${((value.length * 3) / 4 / 1_024).toFixed(2)} Kb`;
  }
  return value ?? false;
}

/** Links to archived rows and to those of another company are not shown (contract section 3). */
function knownIds(call: Call, model: string, ids: readonly unknown[]): unknown[] {
  const { state, caller, context } = call;
  const companies = companiesOf(caller, context);
  return ids.filter((id) => {
    const row = typeof id === 'number' ? state.find(model, id) : undefined;
    // What is of no table here was never looked at.
    if (row === undefined) return state.db.table(model).length === 0;
    if (context.active_test !== false && row.active === false) return false;
    return mayKnow(state, caller, companies, model, row);
  });
}

/** What `fields_get` says of the fields that are asked for; unknown ones are left out. */
export function describeFields(
  call: Call,
  model: string,
  wanted: unknown,
  attributes: unknown,
): Record<string, Record<string, unknown>> {
  const names = Array.isArray(wanted) && wanted.length > 0 ? wanted.map(String) : null;
  const shown = Array.isArray(attributes) ? attributes.map(String) : null;
  const described: Record<string, Record<string, unknown>> = {};
  for (const [name, field] of fieldsOf(call, model)) {
    if (names !== null && !names.includes(name)) continue;
    const all: Record<string, unknown> = {
      type: field.type,
      string: titleOf(name),
      required: field.required,
      readonly: false,
      store: true,
      ...(field.relation === null ? {} : { relation: field.relation }),
      ...(field.options.length === 0
        ? {}
        : { selection: field.options.map((option) => [option, titleOf(option)]) }),
    };
    described[name] = Object.fromEntries(
      Object.entries(all).filter(([attribute]) => shown === null || shown.includes(attribute)),
    );
  }
  return described;
}

/** `Amount Total` */
export function titleOf(name: string): string {
  return name
    .replace(/_ids?$/, '')
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
