import rows from './rows.json';

/** A key that is obviously none, made at run time. */
export const KEY = 'fake'.repeat(3) + '0b'.repeat(14);

type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** What a fake Odoo holds. The rows are those of the recorded servers, by model; tests change what they try. */
export interface OdooWorld {
  major: number;
  /** `null` when the administrator switched the list off. */
  databaseList: readonly string[] | null;
  database: string;
  userId: number;
  key: string;
  readonly rows: Record<string, readonly Row[]>;
  /** Rights that the user lacks: `pos.order create`. */
  readonly denied: Set<string>;
}

const READABLE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'res.users': ['login', 'company_id', 'company_ids', 'tz', 'lang', 'email', 'name'],
};

/** Models that are there without rows of interest. */
const OTHER_MODELS = ['pos.session', 'pos.order', 'product.template', 'product.product', 'account.tax'];

export function recordedWorld(major: 17 | 18 | 19): OdooWorld {
  const recorded: Record<string, readonly Row[]> = structuredClone(major >= 19 ? rows['19'] : rows['18']);
  const userId = recorded['res.users']?.[0]?.id ?? 0;
  return {
    major,
    databaseList: ['omg18', 'omg19'],
    database: major >= 19 ? 'omg19' : 'omg18',
    userId,
    key: KEY,
    rows: { ...recorded, ...Object.fromEntries(OTHER_MODELS.map((model) => [model, []])) },
    denied: new Set(),
  };
}

/** How a call ends in Odoo: with a value, or with one of the Python classes of the record. */
export type Ended =
  | { readonly value: unknown }
  | {
      readonly error:
        | 'access'
        | 'no-model'
        | 'no-method'
        | 'unknown-field'
        | 'ids-on-model-method'
        | 'argument';
    };

export interface ModelCall {
  readonly model: string;
  readonly method: string;
  readonly ids: readonly number[] | undefined;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Carries a call out, as strictly as Odoo: unknown models, methods, arguments and fields are errors. */
export function carryOut(world: OdooWorld, call: ModelCall): Ended {
  const table = world.rows[call.model];
  if (table === undefined) return { error: 'no-model' };
  const rights = world.major >= 18 ? 'has_access' : 'check_access_rights';
  const allowed = ARGUMENTS[call.method];
  if (allowed === undefined || (call.method.includes('access') && call.method !== rights))
    return { error: 'no-method' };
  if (Object.keys(call.args).some((name) => !allowed.names.includes(name))) return { error: 'argument' };
  if (!allowed.records && call.ids !== undefined) return { error: 'ids-on-model-method' };
  switch (call.method) {
    case 'context_get':
      return { value: { lang: 'en_US', tz: 'Europe/Brussels', uid: world.userId } };
    case 'has_access':
    case 'check_access_rights':
      return { value: !world.denied.has(`${call.model} ${String(call.args.operation)}`) };
    case 'read':
      return select(
        world,
        call,
        table.filter(({ id }) => call.ids?.includes(id)),
      );
    default:
      return select(
        world,
        call,
        table.filter((row) => matches(row, call.args.domain)),
      );
  }
}

/** Argument names in their Python order; `records`: called on records. */
export const ARGUMENTS: Readonly<
  Record<string, { readonly names: readonly string[]; readonly records: boolean }>
> = {
  context_get: { names: [], records: false },
  has_access: { names: ['operation'], records: true },
  check_access_rights: { names: ['operation', 'raise_exception'], records: false },
  read: { names: ['fields', 'load'], records: true },
  search_read: { names: ['domain', 'fields', 'offset', 'limit', 'order', 'context'], records: false },
};

function select(world: OdooWorld, { model, args }: ModelCall, found: readonly Row[]): Ended {
  if (world.denied.has(`${model} read`)) return { error: 'access' };
  const fields = Array.isArray(args.fields) ? args.fields.map(String) : [];
  const known =
    READABLE_FIELDS[model] ??
    Object.keys(world.rows[model]?.[0] ?? Object.fromEntries(fields.map((field) => [field, 0])));
  if (fields.some((field) => !known.includes(field))) return { error: 'unknown-field' };
  const ids = args.order === 'id' ? 1 : args.order === 'id desc' ? -1 : 0;
  const sorted = [...found].sort((a, b) => ids * (a.id - b.id));
  const limit = typeof args.limit === 'number' ? args.limit : sorted.length;
  return {
    value: sorted
      .slice(0, limit)
      .map((row) => Object.fromEntries(['id', ...fields].map((field) => [field, row[field]]))),
  };
}

/** Terms in Odoo's Polish notation, joined by `and`. */
function matches(row: Row, domain: unknown): boolean {
  if (!Array.isArray(domain)) return false;
  const rest = [...domain];
  const results: boolean[] = [];
  while (rest.length > 0) results.push(takeTerm(row, rest));
  return results.every(Boolean);
}

function takeTerm(row: Row, rest: unknown[]): boolean {
  const head = rest.shift();
  if (head !== '|') return isLeafTrue(row, head);
  const either = [takeTerm(row, rest), takeTerm(row, rest)];
  return either.some(Boolean);
}

/** `=`, `in` and `ilike`, which is all that is asked; a link is compared by its id. */
function isLeafTrue(row: Row, leaf: unknown): boolean {
  if (!Array.isArray(leaf)) return false;
  const [field, operator, value] = leaf;
  const cell = row[field];
  const actual = Array.isArray(cell) ? cell[0] : cell;
  switch (operator) {
    case 'in':
      return value.includes(actual);
    case 'ilike':
      return String(actual).toLowerCase().includes(String(value).toLowerCase());
    default:
      return operator === '=' && actual === value;
  }
}
