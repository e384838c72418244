import { missingError, type OdooFault, validationError, valueError } from './fault';
import { type Call, fieldsOf, titleOf } from './records';
import { idsIn, microsOf, type Row } from './row';
import type { Field } from './schema';

/** Fields that have no default in Odoo: without them nothing is stored. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'pos.category': ['name'],
  'pos.order': ['amount_tax', 'amount_total', 'amount_paid', 'amount_return', 'company_id'],
  'pos.order.line': ['product_id', 'price_subtotal', 'price_subtotal_incl'],
  'pos.payment': ['amount', 'payment_method_id'],
  'product.template': ['name'],
  'product.combo': ['name'],
  'account.tax': ['name', 'amount'],
  'res.partner': ['name'],
};

const TITLES: Readonly<Record<string, string>> = {
  'pos.category.name': 'Category Name',
  'pos.order.amount_total': 'Total',
  'pos.order.line.product_id': 'Product',
  'pos.order.line.price_subtotal': 'Tax Excl.',
  'pos.payment.payment_method_id': 'Payment Method',
};

const MODELS: Readonly<Record<string, string>> = {
  'pos.order': 'Point of Sale Orders',
  'pos.order.line': 'Point of Sale Order Lines',
  'pos.payment': 'Point of Sale Payments',
  'pos.category': 'Point of Sale Category',
};

/**
 * Values as they are stored: numbers from texts, links checked, commands of lists applied.
 * @throws {OdooFault} for unknown fields, wrong values and links that lead nowhere
 */
export function storedValues(
  call: Call,
  model: string,
  values: Readonly<Record<string, unknown>>,
  before?: Row,
): Record<string, unknown> {
  const fields = fieldsOf(call, model);
  const stored: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    if (field === undefined) throw unknownWrite(call, model, name);
    if (field.type === 'one2many') continue;
    stored[name] = storedValue(call, { model, name, field }, value, before);
  }
  return stored;
}

export function unknownWrite({ state: { major } }: Call, model: string, name: string): OdooFault {
  return valueError(`Invalid field '${name}' ${major === 19 ? 'in' : 'on model'} '${model}'`);
}

interface Place {
  readonly model: string;
  readonly name: string;
  readonly field: Field;
}

function storedValue(call: Call, place: Place, value: unknown, before: Row | undefined): unknown {
  const { field, model, name } = place;
  switch (field.type) {
    case 'integer':
    case 'float':
    case 'monetary':
      return value === false || value === null ? 0 : Number(value);
    case 'boolean':
      return value === true || value === 1;
    case 'many2one':
      if (value === false || value === null) return false;
      checkLink(call, place, value);
      return value;
    case 'many2many': {
      const ids = applyCommands(idsIn(before, name), value);
      for (const id of ids) checkListLink(call, place, id);
      return ids;
    }
    case 'datetime':
    case 'date':
      if (typeof value !== 'string' || value === '') return value === undefined ? false : value;
      if (microsOf(value) !== null) return value;
      throw valueError(`time data '${value}' does not match format '%Y-%m-%d %H:%M:%S'`);
    case 'selection':
      if (value === false || value === null || field.options.includes(String(value))) return value ?? false;
      throw valueError(`Wrong value for ${model}.${name}: '${String(value)}'`);
    default:
      return value === null ? false : typeof value === 'number' ? String(value) : value;
  }
}

/** `[6, 0, ids]` puts others in their place, `[4, id]` adds, `[3, id]` takes away, `[5]` empties. */
export function applyCommands(before: readonly number[], value: unknown): number[] {
  if (!Array.isArray(value)) return [...before];
  let ids = value.some(Array.isArray) ? [...before] : [];
  for (const command of value) {
    if (typeof command === 'number') ids.push(command);
    if (!Array.isArray(command)) continue;
    const [kind, id, list] = command;
    if (kind === 6) ids = [...list];
    else if (kind === 5) ids = [];
    else if (kind === 4) ids.push(id);
    else if (kind === 3 || kind === 2) ids = ids.filter((one) => one !== id);
  }
  return [...new Set(ids)];
}

function checkLink(call: Call, place: Place, value: unknown): void {
  const { model, name, field } = place;
  if (isThere(call, field, value)) return;
  const label = MODELS[model] ?? model;
  const title = TITLES[`${model}.${name}`] ?? titleOf(name);
  throw validationError(
    call.state.major === 19
      ? 'The operation cannot be completed: Another model is using the record you are trying to delete.\n\n' +
          `The troublemaker is: '${label}' (${model})\nThanks to the following constraint: '${title}' (${name})\n` +
          'How about archiving the record instead?'
      : 'The operation cannot be completed: another model requires the record being deleted. If possible, archive ' +
          `it instead.\n\nModel: ${label} (${model})\nConstraint: ${model.replaceAll('.', '_')}_${name}_fkey\n`,
  );
}

/** A list's link that leads nowhere is missing in 19, and breaks a constraint in 18. */
function checkListLink(call: Call, place: Place, id: unknown): void {
  const { field } = place;
  if (isThere(call, field, id)) return;
  if (call.state.major === 19) throw missingError(field.relation ?? '', Number(id), call.caller.userId);
  const table = `${(field.relation ?? '').replaceAll('.', '_')}_${place.model.replaceAll('.', '_')}_rel`;
  throw validationError(
    'The operation cannot be completed: another model requires the record being deleted. If possible, archive it ' +
      `instead.\n\nModel: Unknown (unknown)\nConstraint: ${table}_fkey\n`,
  );
}

/** What is of no table here is taken as it comes. */
function isThere({ state }: Call, { relation }: Field, id: unknown): boolean {
  if (relation === null || state.fields(relation) === undefined) return true;
  return typeof id === 'number' && state.find(relation, id) !== undefined;
}

/** @throws {OdooFault} `ValidationError` when a field without a default was left out */
export function checkNeeded(call: Call, model: string, values: Readonly<Record<string, unknown>>): void {
  for (const name of NEEDED[model] ?? []) {
    const value = values[name];
    if (value !== undefined && value !== false && value !== '') continue;
    const title = TITLES[`${model}.${name}`] ?? titleOf(name);
    const label = MODELS[model] ?? model;
    throw validationError(
      call.state.major === 19
        ? `The operation cannot be completed: Missing required value for the field '${title}' (${name}).\n` +
            `Model: '${label}' (${model})\n- create/update: a mandatory field is not set\n- delete: another model ` +
            'requires the record being deleted, you can archive it instead\n'
        : 'The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another ' +
            'model requires the record being deleted. If possible, archive it instead.\n\n' +
            `Model: ${label} (${model})\nField: ${title} (${name})\n`,
    );
  }
}
