import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { errorOf, NOON, rowOf, rowsOf, startTill, type Till, tunaSale } from './till';

interface Delivered {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Somebody who takes webhooks. Answers each with the next status; with 204 when there are no more. */
async function startTaker(...statuses: number[]) {
  const delivered: Delivered[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    delivered.push({
      path: request.url ?? '',
      headers: request.headers,
      text: Buffer.concat(chunks).toString(),
    });
    response.writeHead(statuses.shift() ?? 204, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, delivered, close, bodies: () => delivered.map(({ text }) => JSON.parse(text)) };
}

async function register(till: Till, url: string, type = 'receipts.update', token?: string) {
  return rowOf(await till.post('/webhooks/', { url, type, status: 'ENABLED' }, token));
}

const dish = (till: Till, sku = 'ROLL-DRAGON') => till.ringUp({ lines: [{ sku }] });

describe('a webhook', () => {
  it('brings whole objects, with the API’s version and real milliseconds, and no signature', async () => {
    const [till, taker] = [await startTill(), await startTaker()];
    await register(till, taker.url);
    const receipt = rowOf(await till.sell(await tunaSale(till)));
    await till.webhooksSettled();
    const [call] = taker.delivered;
    expect(call?.headers['x-loyverse-api-version']).toBe('v1.0');
    expect(call?.headers['x-loyverse-signature']).toBeUndefined();
    expect(taker.bodies()).toEqual([
      {
        merchant_id: till.account.merchant.id,
        type: 'receipts.update',
        created_at: new Date(NOON).toISOString(),
        receipts: [receipt],
      },
    ]);
    expect(till.webhookCalls()).toMatchObject([{ url: taker.url, attempt: 1, status: 204 }]);
  });

  it('of an OAuth app is signed with its secret, and is the app’s alone', async () => {
    const clientSecret = ['fake', 'client', 'secret'].join('-');
    const [till, taker] = [await startTill({ clientSecret }), await startTaker()];
    const app = till.addAppToken();
    const hook = await register(till, taker.url, 'receipts.update', app);
    expect(rowOf(await till.get('/webhooks'))).toEqual({ webhooks: [] });
    expect(errorOf(await till.get(`/webhooks/${hook.id}`)).status).toBe(404);
    dish(till);
    await till.webhooksSettled();
    const [call] = taker.delivered;
    const signature = createHmac('sha1', clientSecret)
      .update(call?.text ?? '')
      .digest('hex');
    expect(call?.headers['x-loyverse-signature']).toBe(signature);
  });

  it('tells of each kind of change: made, changed and deleted', async () => {
    const [till, taker] = [await startTill({ extras: true }), await startTaker()];
    for (const type of ['items.update', 'inventory_levels.update', 'customers.update', 'receipts.update']) {
      await register(till, taker.url, type);
    }
    const steps: readonly (() => unknown)[] = [
      () => till.renameItem('ROLL-DRAGON', 'Dragon'),
      () => till.setStock('PRACTICE-SHANDY', 3, till.storeId),
      () => till.post('/customers', { name: 'Jane' }),
      () => dish(till),
      () => till.voidReceipt('1-1001'),
      () => till.removeItem('ROLL-DRAGON'),
    ];
    for (const step of steps) {
      await step();
      await till.webhooksSettled();
    }
    const [renamed, stock, customer, sale, voided, removed] = taker.bodies();
    expect(renamed).toMatchObject({ items: [{ item_name: 'Dragon', variants: [{ sku: 'ROLL-DRAGON' }] }] });
    expect(stock).toMatchObject({ inventory_levels: [{ in_stock: 3 }] });
    expect(customer).toMatchObject({ customers: [{ name: 'Jane' }] });
    expect(sale).toMatchObject({ receipts: [{ cancelled_at: null }] });
    expect(voided).toMatchObject({ receipts: [{ cancelled_at: '2026-11-22T16:00:00.000Z' }] });
    expect(removed).toMatchObject({ items: [{ deleted_at: '2026-11-22T16:00:00.000Z' }] });
    expect(taker.delivered).toHaveLength(6);
  });

  it('has at most a hundred objects', async () => {
    const [till, taker] = [await startTill(), await startTaker()];
    await register(till, taker.url);
    for (let n = 0; n < 230; n += 1) dish(till);
    await till.webhooksSettled();
    expect(
      taker
        .bodies()
        .map(({ receipts }) => receipts.length)
        .sort(),
    ).toEqual([100, 100, 30]);
  });

  it('may come twice', async () => {
    const [till, taker] = [await startTill(), await startTaker()];
    till.switches.webhookDuplicate = true;
    await register(till, taker.url);
    dish(till);
    await till.webhooksSettled();
    const [one, other] = taker.bodies();
    expect(taker.delivered).toHaveLength(2);
    expect(other).toEqual(one);
  });

  it('may be overtaken by the next one', async () => {
    const [till, taker] = [await startTill(), await startTaker()];
    till.switches.webhookOutOfOrder = true;
    await register(till, taker.url);
    await register(till, taker.url, 'items.update');
    dish(till);
    till.renameItem('ROLL-DRAGON', 'Dragon');
    await till.webhooksSettled();
    expect(taker.bodies().map(({ type }) => type)).toEqual(['items.update', 'receipts.update']);
  });

  it('is tried again, then given up: it is DISABLED until somebody switches it on', async () => {
    const [till, taker] = [await startTill(), await startTaker(500, 302, 400)];
    Object.assign(till.switches, { webhookRetryMs: 0, webhookTries: 3 });
    const hook = await register(till, taker.url);
    dish(till);
    await till.webhooksSettled();
    expect(till.webhookCalls().map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 400],
    ]);
    expect(taker.delivered.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook']);
    expect(rowOf(await till.get(`/webhooks/${hook.id}`))).toMatchObject({ status: 'DISABLED' });
    dish(till);
    await till.webhooksSettled();
    const { id, url, type } = hook;
    await till.post('/webhooks/', { id, url, type, status: 'ENABLED' });
    dish(till);
    await till.webhooksSettled();
    expect(taker.bodies().map(({ receipts: [row] }) => row.receipt_number)).toEqual([
      '1-1001',
      '1-1001',
      '1-1001',
      '1-1003',
    ]);
  });

  it('goes to this computer only, and nobody need be there', async () => {
    const till = await startTill();
    Object.assign(till.switches, { webhookRetryMs: 0, webhookTries: 2 });
    await register(till, 'https://relay.example.com/hook');
    const { url: gone, close } = await startTaker();
    await close();
    await register(till, gone, 'items.update');
    dish(till);
    till.renameItem('ROLL-DRAGON', 'Dragon');
    await till.webhooksSettled();
    const ends = till.webhookCalls().map(({ url, status }) => `${url} ${status}`);
    expect(ends.sort()).toEqual(
      [`${gone} 0`, `${gone} 0`, 'https://relay.example.com/hook not_loopback'].sort(),
    );
  });

  it('is forgotten with the sandbox, however long it has to wait', async () => {
    const [till, taker] = [await startTill(), await startTaker()];
    till.switches.webhookDelayMs = 600_000;
    await register(till, taker.url);
    dish(till);
    const settled = till.webhooksSettled();
    await till.close();
    await settled;
    expect(taker.delivered).toEqual([]);
  });
});

describe('the list of webhooks', () => {
  const HOOK = { url: 'https://relay.example.com/hook', type: 'receipts.update', status: 'ENABLED' };

  it('has what was registered, until it is deleted', async () => {
    const till = await startTill();
    const hook = rowOf(await till.post('/webhooks/', HOOK));
    expect(hook).toMatchObject({ ...HOOK, merchant_id: till.account.merchant.id, deleted_at: null });
    expect(rowOf(await till.get('/webhooks/'))).toEqual({ webhooks: [hook] });
    expect(rowOf(await till.remove(`/webhooks/${hook.id}`))).toEqual({ deleted_object_ids: [hook.id] });
    expect(rowOf(await till.get('/webhooks/'))).toEqual({ webhooks: [] });
    expect((await till.get(`/webhooks/${hook.id}`)).status).toBe(404);
  });

  it.each([
    ['a status', { status: undefined }, 'MISSING_REQUIRED_PARAMETER object.status'],
    ['a type that there is', { type: 'receipts.create' }, 'INVALID_VALUE object.type'],
    ['an address', { url: 'nowhere' }, 'INVALID_VALUE object.url'],
    ['an id that there is', { id: 'nobody' }, 'NOT_FOUND undefined'],
    ['known fields only', { events: ['receipts.update'] }, 'BAD_REQUEST object.events'],
  ])('wants %s', async (_, changes, expected) => {
    const till = await startTill();
    const { code, field } = errorOf(await till.post('/webhooks/', { ...HOOK, ...changes }));
    expect(`${code} ${field}`).toBe(expected);
  });

  it('has each address once for a type', async () => {
    const till = await startTill();
    await till.post('/webhooks/', HOOK);
    expect((await till.post('/webhooks/', HOOK)).status).toBe(400);
    expect((await till.post('/webhooks/', { ...HOOK, type: 'items.update' })).status).toBe(200);
  });

  it('shows that Loyverse has given up', async () => {
    const till = await startTill();
    await till.post('/webhooks/', HOOK);
    const states = async () =>
      rowsOf((await till.get('/webhooks')).body, 'webhooks').map(({ status }) => status);
    till.switches.webhookDisabled = 1;
    expect(await states()).toEqual(['DISABLED']);
    const [hook] = rowsOf((await till.get('/webhooks')).body, 'webhooks');
    await till.post('/webhooks', { ...HOOK, id: hook?.id });
    expect(await states()).toEqual(['ENABLED']);
    till.disableWebhooks();
    expect(await states()).toEqual(['DISABLED']);
  });
});
