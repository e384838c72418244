import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { OdooLink } from '../../main/pos/odoo/link';
import { SILENT } from './till';

/** A key that is obviously none, made at run time. */
const KEY = 'fake'.repeat(3) + '0d'.repeat(14);
const DATABASE = 'products';

type Row = Record<string, unknown> & { id: number };

/** The part of an Odoo that products are taken off the tills in: over real HTTP, in the protocol of its version. */
export interface ProductsOdoo {
  readonly url: string;
  readonly major: 18 | 19;
  readonly tables: Record<string, Row[]>;
  /** What the user may change, as `has_access` says it, and what then happens. */
  mayWrite: boolean;
  /** Products that a combo needs. */
  readonly needed: Set<number>;
  /** What was asked, `model.method`; `fields_get` and the version are left out. */
  readonly calls: string[];
  /** Runs before a write is carried out; an answer of `lost` carries it out and cuts the line, `cut` only cuts. */
  onWrite: () => 'answered' | 'lost' | 'cut' | 'forbidden';
  /** Nobody answers reads any more. */
  down: boolean;
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'product.template': [
    'available_in_pos',
    'self_order_available',
    'product_variant_ids',
    'company_id',
    'pos_categ_ids',
  ],
  'pos.config': ['name', 'company_id', 'limit_categories', 'iface_available_categ_ids'],
};

/** Category 12 is a child of 10. */
const CHILDREN: Readonly<Record<number, readonly number[]>> = { 10: [10, 12] };

export async function startProductsOdoo(major: 18 | 19): Promise<ProductsOdoo> {
  const odoo: ProductsOdoo & { url: string } = {
    url: '',
    major,
    tables: {
      'product.template': [
        dish(60, [128, 129]),
        dish(61, [130], { self_order_available: false }),
        dish(62, [131], { company_id: [1, 'My Company'] }),
      ],
      'pos.config': [register(4, {})],
    },
    mayWrite: true,
    needed: new Set(),
    calls: [],
    onWrite: () => 'answered',
    down: false,
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (odoo.down) response.destroy();
    else answer(odoo, request.url ?? '', body, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  odoo.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return odoo;
}

function dish(id: number, variants: readonly number[], changes: object = {}): Row {
  const shown = { available_in_pos: true, self_order_available: true };
  return { id, ...shown, product_variant_ids: variants, company_id: false, pos_categ_ids: [12], ...changes };
}

export function register(id: number, changes: object): Row {
  const all = { limit_categories: false, iface_available_categ_ids: [] };
  return { id, name: `Register ${id}`, company_id: [1, 'My Company'], ...all, ...changes };
}

interface Call {
  readonly model: string;
  readonly method: string;
  readonly ids: readonly number[];
  readonly args: Readonly<Record<string, unknown>>;
}

function answer(odoo: ProductsOdoo, path: string, body: string, response: ServerResponse): ServerResponse {
  const send = (status: number, value: unknown): ServerResponse =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (path === '/json/version' && odoo.major === 19) {
    return send(200, { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' });
  }
  if (path === '/jsonrpc') {
    const reply = (part: object) => send(200, { jsonrpc: '2.0', id: 1, ...part });
    const { service, args } = JSON.parse(body).params;
    if (service === 'common') {
      const label = `${odoo.major}.0`;
      return reply({ result: { server_version: label, server_serie: label } });
    }
    const [, , key, model, method, places, named] = args;
    if (key !== KEY) return reply(failure('odoo.exceptions.AccessDenied'));
    const names = ARGUMENTS[String(method)] ?? [];
    const placed = names.map((name, place) => [name, places[place]]);
    const { ids = [], ...rest } = { ...Object.fromEntries(placed), ...named };
    const ended = carryOut(odoo, { model, method, ids, args: rest }, response);
    if (ended === CUT) return response.destroy();
    return reply(typeof ended === 'string' ? failure(ended) : { result: ended.value });
  }
  const [, model, method] = /^\/json\/2\/([\w.]+)\/(\w+)$/.exec(path) ?? [];
  if (odoo.major < 19 || model === undefined || method === undefined) {
    return response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
  }
  const { ids = [], ...args } = JSON.parse(body);
  const ended = carryOut(odoo, { model, method, ids, args }, response);
  if (ended === CUT) return response.destroy();
  if (typeof ended !== 'string') return send(200, ended.value);
  return send(ended.endsWith('AccessError') ? 403 : 422, { name: ended, message: 'No.' });
}

const failure = (name: string) => ({ error: { code: 200, message: 'Odoo', data: { name, message: 'No.' } } });

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  search_read: ['domain'],
  fields_get: ['allfields'],
  has_access: ['ids', 'operation'],
  write: ['ids', 'vals'],
};

const CUT = 'cut';

/** @returns a value, the Python class of an error, or that the line is cut. */
function carryOut(odoo: ProductsOdoo, call: Call, response: ServerResponse): { value: unknown } | string {
  const { model, method, args } = call;
  const table = odoo.tables[model] ?? [];
  const fields = FIELDS[model] ?? [];
  if (method === 'fields_get') {
    return { value: Object.fromEntries(fields.map((field) => [field, { type: 'char' }])) };
  }
  odoo.calls.push(`${model}.${method}`);
  switch (method) {
    case 'has_access':
      return { value: odoo.mayWrite };
    case 'search_read': {
      const asked = Array.isArray(args.fields) ? args.fields.map(String) : [];
      if (asked.some((field) => field !== 'id' && !fields.includes(field))) return 'builtins.ValueError';
      const found = table.filter((row) => matches(row, args.domain));
      return {
        value: found.map((row) => Object.fromEntries(['id', ...asked].map((field) => [field, row[field]]))),
      };
    }
    case 'write':
      return write(odoo, call, response);
    default:
      return 'werkzeug.exceptions.NotFound';
  }
}

/** As recorded and as tried: what is taken off the tills goes off the self-orders, and does not come back there. */
function write(odoo: ProductsOdoo, { model, ids, args }: Call, response: ServerResponse) {
  const how = odoo.onWrite();
  if (how === 'cut') return CUT;
  if (how === 'forbidden' || !odoo.mayWrite) return 'odoo.exceptions.AccessError';
  const vals = typeof args.vals === 'object' ? { ...args.vals } : {};
  const takesOff = 'available_in_pos' in vals && vals.available_in_pos === false;
  if (takesOff && ids.some((id) => odoo.needed.has(id))) return 'odoo.exceptions.UserError';
  for (const row of odoo.tables[model] ?? []) {
    if (ids.includes(row.id)) Object.assign(row, vals, takesOff ? { self_order_available: false } : {});
  }
  if (how === 'lost') {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    return CUT;
  }
  return { value: true };
}

function matches(row: Row, domain: unknown): boolean {
  if (!Array.isArray(domain)) return false;
  return domain.every(([field, operator, wanted]) => {
    const value = row[field];
    const own = Array.isArray(value) && typeof value[1] === 'string' ? value[0] : value;
    switch (operator) {
      case '=':
        return own === wanted;
      case '!=':
        return own !== wanted;
      case 'child_of': {
        const family = [wanted].flat().flatMap((id: number) => CHILDREN[id] ?? [id]);
        return [own].flat().some((id) => typeof id === 'number' && family.includes(id));
      }
      default:
        throw new Error(`The test's server does not know ${operator}.`);
    }
  });
}

/** A till at this register, with the key that opens it. */
export function linkTo({ url }: ProductsOdoo): { link: OdooLink; till: { storeId: string } } {
  const odoo = {
    database: DATABASE,
    companyId: '1',
    partnerId: '',
    posConfigId: '4',
    userId: '7',
    paymentMethod: null,
    openRegister: false,
    useTables: false,
  };
  const till = { key: 'odoo', apiUrl: url, odoo };
  return { link: new OdooLink({ till, secret: async () => KEY, log: SILENT }), till: { storeId: '4' } };
}
