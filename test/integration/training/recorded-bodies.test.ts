import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { tempFolder } from '../../support/temp-folder';
import { type Answer, cursorOf, errorOf, rowsOf, startTill, type Till } from './till';

/** What was seen of Loyverse, with other values. */
function recorded<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  return schema.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8')),
  );
}

const exchangeSchema = z.object({
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown().optional() }),
  status: z.number(),
  body: z.unknown(),
});
type Exchange = z.output<typeof exchangeSchema>;

const exchange = (name: string) => recorded(name, exchangeSchema);
const exchanges = (name: string) => recorded(name, z.record(z.string(), z.unknown()));
const part = (name: string, key: string) => exchangeSchema.parse(exchanges(name)[key]);

const listed = (name: string, key: string) => rowsOf(exchange(name).body, key);

/** The account that all of it was seen in. */
function recordedState() {
  const [device] = rowsOf(part('pos-devices-employees', 'pos_devices').body, 'pos_devices');
  const receipts = listed('receipts-list', 'receipts').toReversed();
  const { body: webhook } = part('webhooks-manage', 'create');
  return {
    version: 1,
    tokens: [],
    rows: {
      merchant: exchange('merchant').body,
      stores: listed('stores', 'stores'),
      employees: rowsOf(part('pos-devices-employees', 'employees').body, 'employees'),
      paymentTypes: listed('payment-types', 'payment_types'),
      posDevices: [device],
      taxes: listed('taxes', 'taxes'),
      discounts: listed('discounts', 'discounts'),
      categories: listed('categories', 'categories'),
      modifiers: listed('modifiers', 'modifiers'),
      items: [...listed('items-page', 'items'), ...listed('items-last-page', 'items')],
      deletedVariants: [],
      inventory: rowsOf(part('inventory', 'read').body, 'inventory_levels'),
      customers: [],
      suppliers: [],
      shifts: listed('shifts', 'shifts'),
    },
    receipts: receipts.map((receipt) => ({ receipt, bookedAt: 0, refunded: {} })),
    webhooks: [{ webhook, maker: 'person' }],
    pictures: [],
  };
}

async function recordedTill(changes: object = {}): Promise<Till> {
  const dataFile = join(tempFolder(), 'account.json');
  writeFileSync(dataFile, JSON.stringify({ ...recordedState(), ...changes }));
  return startTill({ dataFile });
}

async function replay(till: Till, { request: { method, path, body } }: Exchange): Promise<Answer> {
  const under = path.replace('/v1.0', '');
  if (method === 'DELETE') return till.remove(under);
  return method === 'POST' ? till.post(under, body) : till.get(under);
}

type Shape = string | { readonly [field: string]: Shape } | readonly Shape[];

/** Names of fields and types of values. What was `null` when it was seen may be anything. */
function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'anything' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** The shape of `value` with what `seen` knows nothing of taken for what it is there. */
function alike(value: unknown, seen: Shape): Shape {
  if (seen === 'anything') return seen;
  if (Array.isArray(value) && Array.isArray(seen)) {
    return value.map((inner, index) => alike(inner, seen[index] ?? 'nothing'));
  }
  if (typeof value !== 'object' || value === null || typeof seen === 'string' || Array.isArray(seen)) {
    return shapeOf(value);
  }
  const fields = seen as { readonly [field: string]: Shape };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, alike(inner, fields[key] ?? 'nothing')]),
  );
}

function expectAlike(body: unknown, seen: unknown): void {
  const shape = shapeOf(seen);
  expect(alike(body, shape)).toEqual(shape);
}

const same: readonly (readonly [string, Exchange])[] = [
  ...[
    'merchant',
    'stores',
    'taxes',
    'categories',
    'discounts',
    'modifiers',
    'payment-types',
    'receipts-list',
    'shifts',
  ].map((name) => [name, exchange(name)] as const),
  ['pos devices', part('pos-devices-employees', 'pos_devices')],
  ['employees', part('pos-devices-employees', 'employees')],
  ['inventory', part('inventory', 'read')],
  ['reconciliation', part('receipt-reconcile', 'found')],
  ['webhooks', part('webhooks-manage', 'list')],
  ['items that cannot be written', part('86-by-item', 'bad')],
];

describe('an answer of the sandbox, compared with a recorded one', () => {
  it.each(same)('is the same for the same account: %s', async (_, seen) => {
    const { status, body } = await replay(await recordedTill(), seen);
    expect([status, body]).toEqual([seen.status, seen.body]);
  });

  it('is the same on the first page of items and on the last', async () => {
    const till = await recordedTill();
    const [first, last] = [exchange('items-page'), exchange('items-last-page')];
    const { body } = await replay(till, first);
    expect(rowsOf(body, 'items')).toEqual(rowsOf(first.body, 'items'));
    expectAlike(body, first.body);
    const { request } = first;
    const path = `${request.path}&cursor=${encodeURIComponent(cursorOf(body) ?? '')}`;
    expect((await replay(till, { ...first, request: { ...request, path } })).body).toEqual(last.body);
  });

  const written: readonly (readonly [string, Exchange])[] = [
    ['a sale', exchange('receipt-create')],
    ['a refund', exchange('receipt-refund')],
    ['a variant', exchange('86-by-variant')],
    ['an item', part('86-by-item', 'good')],
    ['stock', part('inventory', 'write')],
  ];

  it.each(written)('has the same fields of the same types for a write: %s', async (_, seen) => {
    const { status, body } = await replay(await recordedTill(), seen);
    expect(status).toBe(seen.status);
    expectAlike(body, seen.body);
  });

  it('has the recorded sums for the recorded sale', async () => {
    const seen = exchange('receipt-create');
    const { body } = await replay(await recordedTill({ receipts: [] }), seen);
    const same = (receipt: unknown) => {
      const { created_at, updated_at, line_items, ...rest } = z.looseObject({}).parse(receipt);
      return rest;
    };
    expect(same(body)).toEqual(same(seen.body));
  });

  it('has the same fields for webhooks', async () => {
    const [create, remove] = [part('webhooks-manage', 'create'), part('webhooks-manage', 'delete')];
    const fresh = await replay(await recordedTill({ webhooks: [] }), create);
    expect(fresh.status).toBe(create.status);
    expectAlike(fresh.body, create.body);
    const till = await recordedTill();
    const reEnable = z.object({ request: z.unknown() }).parse(exchanges('webhooks-manage').re_enable);
    const again = exchangeSchema.parse({ ...reEnable, status: 200, body: {} });
    expect((await replay(till, again)).status).toBe(200);
    expect((await replay(till, remove)).body).toEqual(remove.body);
    const missing = z.object({ body: z.unknown() }).parse(exchanges('webhooks-manage').missing_status);
    const { url, type } = z.looseObject({}).parse(create.request.body);
    expect((await till.post('/webhooks/', { url, type })).body).toEqual(missing.body);
  });

  it('is the same after something was deleted', async () => {
    const [tax, goneTax, category] = recorded('delete', z.object({ cases: z.array(exchangeSchema) })).cases;
    if (!tax || !goneTax || !category) throw new Error('No cases');
    const till = await recordedTill();
    expect((await replay(till, tax)).body).toEqual(tax.body);
    const read = await replay(till, goneTax);
    expect([read.status, read.body]).toEqual([goneTax.status, goneTax.body]);
    await till.remove(category.request.path.replace('/v1.0', ''));
    const { body } = await replay(till, category);
    expect({ ...z.looseObject({}).parse(body), deleted_at: '' }).toEqual({
      ...z.looseObject({}).parse(category.body),
      deleted_at: '',
    });
  });

  it('has the recorded codes and fields when something is wrong', async () => {
    const till = await recordedTill();
    const { cases } = recorded('errors', z.object({ cases: z.array(z.looseObject({ status: z.number() })) }));
    const seen = (index: number) => {
      const { status, body } = z.looseObject({ status: z.number(), body: z.unknown() }).parse(cases[index]);
      const { details: _, ...error } = errorOf({ status, headers: new Headers(), body });
      return { ...error, field: String(error.field).replace(/\d+\)/, 'n)') };
    };
    const got = (answer: Answer) => {
      const { details: _, ...error } = errorOf(answer);
      return { ...error, field: String(error.field).replace(/\d+\)/, 'n)') };
    };
    const sale = z.looseObject({}).parse(exchange('receipt-create').request.body);
    const [line] = rowsOf(sale, 'line_items');
    const wrong = [{ ...line, variant_id: '0000dead-6b1e-4c52-9d3a-0f5e7a1c2d40' }];
    expect(got(await till.post('/receipts', { ...sale, line_items: wrong }))).toEqual(seen(3));
    expect(got(await till.post('/receipts', { ...sale, payments: undefined }))).toEqual(seen(4));
    expect(got(await till.post('/receipts/1001/refund', { line_items: [{ quantity: 1 }] }))).toEqual(seen(5));
    expect(got(await till.get('/items?limit=251'))).toEqual(seen(6));
    expect(got(await till.get('/items?cursor=garbage'))).toEqual(seen(7));
    const switched = async (change: Partial<Till['switches']>) => {
      Object.assign(till.switches, change);
      return got(await till.get('/receipts'));
    };
    expect(await switched({ serverErrorReads: 1 })).toEqual(seen(9));
    expect(await switched({ tooManyRequests: 1 })).toEqual(seen(8));
    expect(await switched({ historyLimit: 31 })).toEqual(seen(1));
    expect(await switched({ scopeMissing: ['receipts'] })).toEqual(seen(2));
    expect(await switched({ wrongToken: true })).toEqual(seen(0));
  });
});

const JANE = { name: 'Jane D.', email: 'jane@example.com', phone_number: '+18685550199', country_code: 'TT' };

describe('a webhook of the sandbox, compared with a recorded one', () => {
  const changes = {
    items: (till: Till) => till.renameItem('10003', 'Miso'),
    'inventory-levels': (till: Till) => till.setStock('10003', 13, till.storeId),
    customers: (till: Till) => till.post('/customers', JANE),
    receipts: (till: Till) => till.voidReceipt('1001'),
    shifts: (till: Till) => {
      for (const shift of till.account.shifts.all()) till.account.shifts.put(shift);
    },
  } satisfies Record<string, (till: Till) => unknown>;

  it.each(Object.entries(changes))('has the same fields of the same types: %s', async (name, change) => {
    const seen = recorded(
      `webhook-${name}-${name === 'shifts' ? 'create' : 'update'}`,
      z.object({ headers: z.record(z.string(), z.string()), body: z.looseObject({ type: z.string() }) }),
    );
    const calls: { readonly version: unknown; readonly body: unknown }[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const version = request.headers['x-loyverse-api-version'];
      calls.push({ version, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const till = await recordedTill({ webhooks: [] });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await till.post('/webhooks', { url, type: seen.body.type, status: 'ENABLED' });
    await change(till);
    await till.webhooksSettled();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.version).toBe(seen.headers['X-Loyverse-API-version']);
    expectAlike(calls[0]?.body, seen.body);
  });
});
