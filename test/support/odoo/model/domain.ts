import { valueError } from './fault';
import { microsOf, type Row } from './row';
import type { Field, Major } from './schema';

/** What the evaluator needs to know of the server. */
export interface DomainWorld {
  readonly major: Major;
  field(model: string, name: string): Field | undefined;
  value(model: string, row: Row, name: string): unknown;
  find(model: string, id: number): Row | undefined;
  /** Below, and the row itself: for `child_of`. */
  withChildren(model: string, ids: readonly number[]): readonly number[];
  nameOf(model: string, id: number): string;
}

type Test = (row: Row) => boolean;

/** Whether a domain says itself whether archived rows are wanted. */
export function speaksOfActive(domain: unknown): boolean {
  return Array.isArray(domain) && domain.some((leaf) => Array.isArray(leaf) && leaf[0] === 'active');
}

/**
 * Odoo's domains: leaves, and `&`, `|`, `!` before them; `&` is implied.
 * @throws {OdooFault} for an unknown field or operator
 */
export function compileDomain(world: DomainWorld, model: string, domain: unknown): Test {
  if (!Array.isArray(domain)) throw valueError(`Domain ${JSON.stringify(domain)} is not a list`);
  const rest = [...domain];
  const tests: Test[] = [];
  while (rest.length > 0) tests.push(takeTerm(world, model, rest));
  return (row) => tests.every((test) => test(row));
}

function takeTerm(world: DomainWorld, model: string, rest: unknown[]): Test {
  if (rest.length === 0) throw valueError('Invalid domain: an operand is missing');
  const head = rest.shift();
  if (head === '!') {
    const test = takeTerm(world, model, rest);
    return (row) => !test(row);
  }
  if (head === '&' || head === '|') {
    const left = takeTerm(world, model, rest);
    const right = takeTerm(world, model, rest);
    return head === '&' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
  }
  if (!Array.isArray(head) || head.length !== 3) throw valueError(`Invalid leaf ${JSON.stringify(head)}`);
  const [path, operator, value]: readonly unknown[] = head;
  if (path === 1 || path === 0) return () => path === value;
  if (typeof path !== 'string' || typeof operator !== 'string') {
    throw valueError(`Invalid leaf ${JSON.stringify(head)}`);
  }
  return leafTest(world, { model, path, operator, value });
}

interface Leaf {
  readonly model: string;
  readonly path: string;
  readonly operator: string;
  readonly value: unknown;
}

function leafTest(world: DomainWorld, leaf: Leaf): Test {
  const [name = '', ...further] = leaf.path.split('.');
  const field = world.field(leaf.model, name);
  if (field === undefined) throw valueError(unknownField(world.major, leaf));
  if (further.length > 0 && field.relation !== null) {
    const { relation } = field;
    const inner = leafTest(world, { ...leaf, model: relation, path: further.join('.') });
    return (row) =>
      linked(world.value(leaf.model, row, name)).some((id) => {
        const other = world.find(relation, id);
        return other !== undefined && inner(other);
      });
  }
  const compare = comparison(world, field, leaf);
  return (row) => compare(world.value(leaf.model, row, name));
}

function unknownField(major: Major, { model, path, operator, value }: Leaf): string {
  const shown = typeof value === 'string' ? `'${value}'` : String(value);
  return `Invalid field ${model}.${path} in ${major === 19 ? 'condition' : 'leaf'} ('${path}', '${operator}', ${shown})`;
}

function linked(value: unknown): readonly number[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((id) => typeof id === 'number');
}

function comparison(world: DomainWorld, field: Field, leaf: Leaf): (actual: unknown) => boolean {
  const { operator, value } = leaf;
  switch (operator) {
    case '=':
    case '==':
      return (actual) => isEqual(world, field, actual, value);
    case '!=':
    case '<>':
      return (actual) => !isEqual(world, field, actual, value);
    case 'in':
      return (actual) => listOf(value, leaf).some((one) => isEqual(world, field, actual, one));
    case 'not in':
      return (actual) => !listOf(value, leaf).some((one) => isEqual(world, field, actual, one));
    case '>':
    case '>=':
    case '<':
    case '<=':
      return (actual) => isOrdered(world, field, actual, operator, value);
    case 'like':
    case 'ilike':
    case '=like':
    case '=ilike': {
      const pattern = likePattern(operator, String(value));
      return (actual) => pattern.test(textOf(world, field, actual));
    }
    case 'not like':
    case 'not ilike': {
      const pattern = likePattern(operator.slice(4), String(value));
      return (actual) => !pattern.test(textOf(world, field, actual));
    }
    case 'child_of': {
      const ids = field.relation === null ? [] : world.withChildren(field.relation, linked(value));
      return (actual) => linked(actual).some((id) => ids.includes(id));
    }
    default:
      throw valueError(`Invalid operator '${operator}' in ('${leaf.path}', '${operator}', ${String(value)})`);
  }
}

function listOf(value: unknown, { path, operator }: Leaf): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === false) return [false];
  throw valueError(`Invalid value for ('${path}', '${operator}'): a list is needed`);
}

function isEmpty(value: unknown): boolean {
  return (
    value === false || value === undefined || value === null || (Array.isArray(value) && value.length === 0)
  );
}

function isEqual(world: DomainWorld, field: Field, actual: unknown, wanted: unknown): boolean {
  if (wanted === false || wanted === null) {
    return isEmpty(actual) || (field.type === 'char' && actual === '');
  }
  if (Array.isArray(actual)) return actual.includes(wanted);
  if (field.type === 'boolean') return (actual === true) === (wanted === true || wanted === 1);
  if (isTime(field) && typeof wanted === 'string') {
    return compareTimes(world.major, actual, wanted) === 0;
  }
  if (field.relation !== null && typeof wanted === 'string') return textOf(world, field, actual) === wanted;
  if (typeof actual === 'number' && typeof wanted === 'string') return actual === Number(wanted);
  return actual === wanted;
}

function isOrdered(
  world: DomainWorld,
  field: Field,
  actual: unknown,
  operator: string,
  wanted: unknown,
): boolean {
  const order = isTime(field)
    ? compareTimes(world.major, actual, String(wanted))
    : compareValues(actual, wanted);
  if (order === null) return false;
  if (operator === '>') return order > 0;
  if (operator === '>=') return order >= 0;
  return operator === '<' ? order < 0 : order <= 0;
}

function isTime({ type }: Field): boolean {
  return type === 'datetime' || type === 'date';
}

/**
 * 18 compares the stored microseconds with the second that was sent: `>` finds the row that was answered with exactly
 * that second. 19 compares whole seconds (contract section 3).
 */
function compareTimes(major: Major, actual: unknown, wanted: string): number | null {
  const at = typeof actual === 'number' ? actual : typeof actual === 'string' ? microsOf(actual) : null;
  const limit = microsOf(wanted.replace('T', ' '));
  if (at === null || limit === null) return null;
  if (major === 18 || wanted.includes('.')) return at - limit;
  return Math.floor(at / 1_000_000) - Math.floor(limit / 1_000_000);
}

function compareValues(actual: unknown, wanted: unknown): number | null {
  if (typeof actual === 'number') return actual - Number(wanted);
  if (typeof actual === 'string') return actual < String(wanted) ? -1 : actual === String(wanted) ? 0 : 1;
  return null;
}

function likePattern(operator: string, value: string): RegExp {
  const body = value
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(operator.startsWith('=') ? `^${body}$` : body, operator.includes('ilike') ? 'is' : 's');
}

function textOf(world: DomainWorld, field: Field, actual: unknown): string {
  if (field.relation === null) return typeof actual === 'string' ? actual : '';
  const relation = field.relation;
  return linked(actual)
    .map((id) => world.nameOf(relation, id))
    .join('\n');
}
