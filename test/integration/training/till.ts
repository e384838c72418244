import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../main/training/sandbox';

/** Noon in Trinidad; half a second past, for Loyverse knows whole seconds only. */
export const NOON = Date.parse('2026-11-22T16:00:00.500Z');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Till extends Sandbox {
  /** By its own clock, which stands still. */
  pass(ms: number): void;
  /** Asks with the right token. */
  get(path: string): Promise<Answer>;
  /** Writes with the right token, or with another one. */
  post(path: string, body: unknown, token?: string): Promise<Answer>;
  remove(path: string): Promise<Answer>;
  /** @param query as it stands behind the path, with its question mark */
  sell(body: unknown, query?: string): Promise<Answer>;
  /** By names, as the restaurant knows them; ids come from the till's own lists. */
  ids(): Promise<Ids>;
}

interface Ids {
  variant(sku: string): string;
  readonly item: (name: string) => string;
  readonly option: (name: string) => string;
  readonly paymentType: (name: string) => string;
  readonly vat: string;
  readonly stores: readonly string[];
}

/** A sandbox that ends with the test. */
export async function startTill(options: Omit<SandboxOptions, 'clock'> = {}): Promise<Till> {
  let now = NOON;
  const sandbox = await startSandbox({ ...options, clock: () => now });
  onTestFinished(() => sandbox.close());
  const authorization = `Bearer ${sandbox.token}`;
  const get = async (path: string) =>
    answerOf(await fetch(`${sandbox.url}${path}`, { headers: { authorization } }));
  const post = async (path: string, body: unknown, token = sandbox.token) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return answerOf(await fetch(`${sandbox.url}${path}`, { method: 'POST', headers, body: text }));
  };
  return {
    ...sandbox,
    get,
    pass: (ms) => {
      now += ms;
    },
    post,
    remove: async (path) =>
      answerOf(await fetch(`${sandbox.url}${path}`, { method: 'DELETE', headers: { authorization } })),
    sell: (body, query = '') => post(`/receipts${query}`, body),
    ids: async () => {
      const items = rowsOf((await get('/items?limit=250')).body, 'items');
      const options = rowsOf((await get('/modifiers')).body, 'modifiers').flatMap((row) =>
        rowsOf(row, 'modifier_options'),
      );
      const types = rowsOf((await get('/payment_types')).body, 'payment_types');
      const [vat] = rowsOf((await get('/taxes')).body, 'taxes');
      const stores = rowsOf((await get('/stores')).body, 'stores');
      const variants = items.flatMap((item) => rowsOf(item, 'variants'));
      return {
        variant: (sku) => textOf(find(variants, 'sku', sku), 'variant_id'),
        item: (name) => textOf(find(items, 'item_name', name), 'id'),
        option: (name) => textOf(find(options, 'name', name), 'id'),
        paymentType: (name) => textOf(find(types, 'name', name), 'id'),
        vat: textOf(vat, 'id'),
        stores: stores.map((store) => textOf(store, 'id')),
      };
    },
  };
}

/** Two spicy tuna rolls with wasabi, as the connector writes them. */
export async function tunaSale(till: Till, changes: Record<string, unknown> = {}) {
  const ids = await till.ids();
  return {
    store_id: till.storeId,
    order: 'W-1',
    source: 'Tillside',
    receipt_date: '2026-11-22T15:59:00.000Z',
    note: 'PICK-UP',
    line_items: [
      {
        variant_id: ids.variant('ROLL-SPICY-TUNA'),
        quantity: 2,
        price: 45,
        line_note: 'no sesame',
        line_taxes: [{ id: ids.vat }],
        line_modifiers: [{ modifier_option_id: ids.option('Extra wasabi'), price: 3 }],
      },
    ],
    payments: [{ payment_type_id: ids.paymentType('Online'), paid_at: '2026-11-22T15:59:00.000Z' }],
    ...changes,
  };
}

export type Row = Readonly<Record<string, unknown>>;

/** A list in an answer. */
export function rowsOf(body: unknown, key: string): Row[] {
  const rows = isRow(body) ? body[key] : undefined;
  if (!Array.isArray(rows) || !rows.every(isRow))
    throw new Error(`No list ${key} in ${JSON.stringify(body)}`);
  return rows;
}

export function cursorOf(body: unknown): string | undefined {
  const cursor = isRow(body) ? body.cursor : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}

/** The one error in an answer, with the status. */
export function errorOf({ status, body }: Answer): Row {
  const [error, ...more] = rowsOf(body, 'errors');
  if (more.length > 0) throw new Error('More than one error');
  return { status, ...error };
}

/** How a request ended: its status, or that nobody answered. */
export async function outcome(attempt: Promise<{ status: number }>): Promise<number | 'cut' | 'refused'> {
  return attempt.then(
    ({ status }) => status,
    (error: unknown) => {
      const cause = error instanceof Error ? error.cause : undefined;
      const code = cause instanceof Error && 'code' in cause ? cause.code : '';
      return code === 'ECONNREFUSED' ? 'refused' : 'cut';
    },
  );
}

/** An answer that is one row. */
export function rowOf({ status, body }: Answer): Row {
  if (status !== 200 || !isRow(body)) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}

function find(rows: readonly Row[], key: string, value: string): Row | undefined {
  return rows.find((row) => row[key] === value);
}

export function textOf(row: Row | undefined, key: string): string {
  const text = row?.[key];
  if (typeof text !== 'string') throw new Error(`No ${key} in ${JSON.stringify(row)}`);
  return text;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
