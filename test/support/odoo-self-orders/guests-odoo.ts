import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import recorded from './recorded.json';

/** A key that is obviously none, made at run time. */
export const KEY = 'fake'.repeat(3) + '0c'.repeat(14);
export const DATABASE = 'guests';

export type Row = Record<string, unknown> & { id: number };
type Leaf = readonly [string, string, unknown];

/** The reading half of an Odoo in which guests order: rows as recorded, over real HTTP, in either protocol. */
export interface GuestsOdoo {
  readonly url: string;
  major: 18 | 19;
  readonly tables: Record<string, Row[]>;
  /** Fields of `pos.order` that this server has. */
  orderFields: string[];
  /** What was read, model by model. */
  readonly reads: string[];
  /** Runs before a read is answered. */
  onRead: (model: string, domain: readonly unknown[]) => void;
  /** Takes a request before Odoo sees it. @returns whether it did. */
  intercept: (response: ServerResponse) => boolean;
}

export async function startGuestsOdoo(major: 18 | 19): Promise<GuestsOdoo> {
  const odoo: GuestsOdoo & { url: string } = {
    url: '',
    major,
    tables: tablesOf(major),
    orderFields: [],
    reads: [],
    onRead: () => {},
    intercept: () => false,
  };
  odoo.orderFields = Object.keys(odoo.tables['pos.order']?.[0] ?? {});
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (odoo.intercept(response)) return;
    answer(odoo, request.url ?? '', body, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  odoo.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return odoo;
}

function tablesOf(major: 18 | 19): Record<string, Row[]> {
  const { order, lines } = structuredClone(recorded[major]);
  // The recorded guest of 18 wrote a price of their own into the first line.
  const named = lines.map((line, index) => ({
    ...line,
    price_unit: index === 0 ? MENU_PRICE : line.price_unit,
    product_id: [line.product_id, 'Product'],
  }));
  return {
    'pos.config': [
      {
        id: 4,
        name: 'Restaurant',
        active: true,
        company_id: [1, 'My Company'],
        currency_id: [1, 'TTD'],
        current_session_id: [5, 'POS/00005'],
        current_session_state: 'opened',
        payment_method_ids: [],
        ...(major === 19 ? { use_presets: true, default_preset_id: [1, 'Dine In'] } : {}),
        ...(major === 19 ? { available_preset_ids: [1, 2, 3] } : {}),
      },
    ],
    'res.company': [{ id: 1, name: 'My Company', tax_calculation_rounding_method: 'round_per_line' }],
    'res.currency': [{ id: 1, name: 'TTD', rounding: 0.01 }],
    'pos.payment.method': [],
    'pos.preset': major === 19 ? structuredClone(recorded.presets) : [],
    'account.tax': [TAX],
    'account.fiscal.position': [],
    'account.fiscal.position.tax': [],
    'pos.order': [order],
    'pos.order.line': named,
    'product.template.attribute.value': [{ id: 79, name: 'Extra cheese' }],
    'restaurant.table': [{ id: 5, table_number: 2, floor_id: [3, 'Garden'] }],
    'res.partner': [{ id: 9, name: 'Jane D.', phone: '868 555 0199', street: false }],
  };
}

const MENU_PRICE = 7;

const TAX: Row = {
  id: 1,
  name: '15%',
  active: true,
  company_id: 1,
  amount: 15,
  amount_type: 'percent',
  price_include: false,
  include_base_amount: false,
  is_base_affected: true,
  sequence: 1,
  children_tax_ids: [],
};

interface Call {
  readonly model: string;
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function answer(odoo: GuestsOdoo, path: string, body: string, response: ServerResponse): ServerResponse {
  const send = (status: number, value: unknown): ServerResponse =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (path === '/json/version' && odoo.major === 19) {
    return send(200, { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' });
  }
  if (path === '/jsonrpc') {
    const { service, args } = JSON.parse(body).params;
    if (service === 'common') {
      const result = { server_version: `${odoo.major}.0`, server_version_info: [odoo.major, 0] };
      return send(200, { jsonrpc: '2.0', id: 1, result });
    }
    const [, , , model, method, [leading], named] = args;
    const first = method === 'search_read' ? { domain: leading } : { allfields: leading };
    const ended = carryOut(odoo, { model, method, args: { ...first, ...named } });
    if (ended !== undefined) return send(200, { jsonrpc: '2.0', id: 1, result: ended });
    const data = { name: 'builtins.ValueError', message: 'Invalid field', debug: 'Traceback' };
    return send(200, { jsonrpc: '2.0', id: 1, error: { code: 200, message: 'Odoo Server Error', data } });
  }
  const [, model, method] = /^\/json\/2\/([\w.]+)\/(\w+)$/.exec(path) ?? [];
  if (odoo.major !== 19 || model === undefined || method === undefined) {
    return response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not Found</html>');
  }
  const ended = carryOut(odoo, { model, method, args: JSON.parse(body) });
  if (ended !== undefined) return send(200, ended);
  return send(500, { name: 'builtins.ValueError', message: 'Invalid field', debug: 'Traceback' });
}

/** `undefined` for a field that this server does not know: a crash in Odoo. */
function carryOut(odoo: GuestsOdoo, { model, method, args }: Call): unknown {
  const table = odoo.tables[model] ?? [];
  const known = model === 'pos.order' ? odoo.orderFields : Object.keys(table[0] ?? {});
  if (method === 'fields_get') return Object.fromEntries(known.map((name) => [name, { type: 'char' }]));
  const domain = Array.isArray(args.domain) ? args.domain : [];
  odoo.onRead(model, domain);
  odoo.reads.push(model);
  const fields = Array.isArray(args.fields) ? args.fields.map(String) : [];
  const leaves = domain.filter((leaf): leaf is Leaf => Array.isArray(leaf));
  const asked = [...fields, ...leaves.map(([field]) => field)].filter((field) => field !== 'active');
  if (table.length > 0 && asked.some((field) => field !== 'id' && !known.includes(field))) return undefined;
  const found = table.filter((row) => matches(row, domain, odoo.major)).sort((a, b) => a.id - b.id);
  const limit = typeof args.limit === 'number' ? args.limit : found.length;
  return found
    .slice(0, limit)
    .map((row) => Object.fromEntries(['id', ...fields].map((field) => [field, shown(row[field])])));
}

/** Times are stored with microseconds and answered cut to the second. */
function shown(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d+$/, '$1') : value;
}

/** Leaves joined by "and", and one "or" of two. */
function matches(row: Row, domain: readonly unknown[], major: 18 | 19): boolean {
  const or = domain.indexOf('|');
  const holds = (leaf: unknown): boolean => fits(row, leaf as Leaf, major);
  if (or < 0) return domain.every(holds);
  const either = domain.slice(or + 1, or + 3);
  return either.some(holds) && [...domain.slice(0, or), ...domain.slice(or + 3)].every(holds);
}

function fits(row: Row, [field, operator, value]: Leaf, major: 18 | 19): boolean {
  const cell = row[field];
  const actual = Array.isArray(cell) && typeof cell[1] === 'string' ? cell[0] : cell;
  // Contract, section 3: 19 compares times by the whole second, 18 as they are stored.
  const compared = major === 19 && typeof actual === 'string' ? shown(actual) : actual;
  switch (operator) {
    case '=':
      return actual === value;
    case 'in':
      return Array.isArray(value) && (field === 'active' || value.includes(actual));
    case '>':
      return Number(actual) > Number(value);
    case '>=':
      return String(compared) >= String(value);
    case '=like':
      return String(actual).startsWith(String(value).replace(/%$/, ''));
    default:
      throw new Error(`The connector asked with ${operator}.`);
  }
}
