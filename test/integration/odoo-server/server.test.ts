import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askOdoo, rowsIn } from '../../support/odoo/ask-odoo';
import { isRecord } from '../../support/odoo/model/row';
import type { OdooVersion } from '../../support/odoo/model/state';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';
import { orderForm, paidWith } from '../../support/odoo/order-forms';

let odoo: OdooModel | null = null;
let relay: Server | null = null;

afterEach(async () => {
  await odoo?.close();
  relay?.closeAllConnections();
  relay?.close();
  odoo = null;
  relay = null;
});

async function start(version: OdooVersion) {
  const server = await startOdooModel({ version, selfOrder: true });
  odoo = server;
  const ask = (model: string, method: string, args: Readonly<Record<string, unknown>> = {}) =>
    askOdoo(server, version === '19', [model, method], args);
  return { odoo: server, ask };
}

const VERSIONS = ['18b', '19'] as const;

describe('a register', () => {
  it.each(VERSIONS)('closes only when no draft is open, and posts what was paid: %s', async (version) => {
    const { odoo, ask } = await start(version);
    const session = odoo.openSession();
    await ask('pos.order', 'sync_from_ui', { orders: [orderForm(odoo)] });
    await ask('pos.order', 'sync_from_ui', { orders: [orderForm(odoo, paidWith(8.05))] });
    expect(() => odoo.closeSession()).toThrow('stays open');
    odoo.payAtTill(odoo.orders()[0]?.id ?? 0);
    odoo.closeSession();
    expect(odoo.orders().map(({ state }) => state)).toEqual(['done', 'done']);
    const late = await ask('pos.order', 'sync_from_ui', {
      orders: [orderForm(odoo, { session_id: session })],
    });
    expect(late.error).toBe('odoo.exceptions.UserError');
    const next = odoo.openSession();
    await ask('pos.order', 'sync_from_ui', { orders: [orderForm(odoo, { session_id: session })] });
    expect(odoo.orders().at(-1)?.row.session_id).toBe(next);
  });

  it('is opened in 18 only by a user with an e-mail address', async () => {
    const { odoo } = await start('18b');
    const nameless = odoo.addUser({ login: 'nameless', email: '' });
    odoo.closeSession();
    const asked = (target: readonly [string, string], args: object) =>
      askOdoo({ ...odoo, ...nameless }, false, target, { ...args });
    expect((await asked(['pos.config', 'open_ui'], { ids: [odoo.registerId] })).error).toBeNull();
    const session = odoo.rows('pos.session').find(({ state }) => state === 'opening_control');
    const opened = await asked(['pos.session', 'set_opening_control'], {
      ids: [session?.id],
      cashbox_value: 10,
      notes: '',
    });
    expect(opened.error).toBe('odoo.exceptions.UserError');
    expect(session?.state).toBe('opening_control');
  });
});

describe('a key', () => {
  it.each(VERSIONS)('that has expired is as good as a wrong one: %s', async (version) => {
    const { odoo, ask } = await start(version);
    const [row] = odoo.rows('res.users.apikeys').filter(({ user_id: user }) => user === odoo.userId);
    odoo.write('res.users.apikeys', row?.id ?? 0, { expiration_date: '2020-01-01 00:00:00' });
    const name = version === '19' ? 'werkzeug.exceptions.Unauthorized' : 'odoo.exceptions.AccessDenied';
    expect((await ask('res.users', 'context_get')).error).toBe(name);
  });

  it.each(VERSIONS)('is shown to its owner and to nobody else: %s', async (version) => {
    const { odoo, ask } = await start(version);
    odoo.addUser({ login: 'another' });
    const keys = await ask('res.users.apikeys', 'search_read', { domain: [], fields: ['name'] });
    expect(rowsIn(keys)).toEqual([{ id: expect.any(Number), name: odoo.login }]);
    expect(JSON.stringify(odoo.rows('res.users.apikeys'))).not.toContain(odoo.key);
  });

  it('is changed for another by 19 when its owner allows it', async () => {
    const { odoo, ask } = await start('19');
    const [row] = odoo.rows('res.users.apikeys').filter(({ user_id: user }) => user === odoo.userId);
    const wanted = { key: odoo.key, scope: null, name: 'new', expiration_date: row?.expiration_date };
    expect((await ask('res.users.apikeys', 'generate', wanted)).error).toBe('odoo.exceptions.UserError');
    odoo.create('ir.config_parameter', { key: 'base.enable_programmatic_api_keys', value: 'True' });
    const made = await ask('res.users.apikeys', 'generate', wanted);
    const key = String(made.value);
    expect((await askOdoo({ ...odoo, key }, true, ['res.users', 'context_get'])).error).toBeNull();
    const revoked = await askOdoo({ ...odoo, key }, true, ['res.users.apikeys', 'revoke'], { key: odoo.key });
    expect(revoked.value).toBe(true);
    expect((await ask('res.users', 'context_get')).error).toBe('werkzeug.exceptions.Unauthorized');
  });
});

describe('a webhook', () => {
  /** A relay that answers after `slowMs`; what it was told, and what it saw in Odoo then. */
  async function startRelay(odoo: OdooModel, slowMs = 0) {
    const told: { readonly body: unknown; readonly orders: number }[] = [];
    relay = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      told.push({ body: JSON.parse(text), orders: odoo.orders().length });
      setTimeout(() => response.end(), slowMs);
    });
    await new Promise<void>((resolve) => relay?.listen(0, '127.0.0.1', resolve));
    const { port } = relay.address() as AddressInfo;
    const field = odoo.rows('ir.model.fields').find(({ name }) => name === 'write_date');
    const action = {
      name: 'Order hook',
      state: 'webhook',
      webhook_url: `http://127.0.0.1:${port}/hook`,
      webhook_field_ids: [[6, 0, [field?.id]]],
    };
    const [model] = odoo.rows('ir.model');
    odoo.create('base.automation', {
      name: 'Order hook',
      model_id: model?.id,
      trigger: 'on_create_or_write',
      action_server_ids: [[0, 0, { ...action, model_id: model?.id }]],
    });
    return told;
  }

  it.each([
    ['18b', 7, 0],
    ['19', 8, 1],
  ] as const)(
    'of one draft: %s makes %i calls, and %i orders are seen then',
    async (version, calls, orders) => {
      const { odoo, ask } = await start(version);
      const told = await startRelay(odoo);
      await ask('pos.order', 'sync_from_ui', { orders: [orderForm(odoo)] });
      expect(told).toHaveLength(calls);
      expect(new Set(told.map((call) => call.orders))).toEqual(new Set([orders]));
      const [first] = told.map(({ body }) => (isRecord(body) ? body : {}));
      expect(first?._id).toBe(odoo.orders()[0]?.id);
      expect(first?.write_date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
      expect(first?.lines).toEqual([]);
    },
  );

  it('of a slow relay makes the order wait for every call', async () => {
    const { odoo, ask } = await start('19');
    await startRelay(odoo, 25);
    const before = performance.now();
    await ask('pos.order', 'sync_from_ui', { orders: [orderForm(odoo)] });
    expect(performance.now() - before).toBeGreaterThan(8 * 20);
  });

  it('is set up by an administrator only', async () => {
    for (const version of VERSIONS) {
      const { odoo } = await start(version);
      const manager = odoo.addUser({ login: 'manager', groups: ['point_of_sale.group_pos_manager'] });
      const target = ['base.automation', 'create'] as const;
      const args = { vals_list: [{ name: 'x', model_id: 600, trigger: 'on_create' }] };
      const asked = await askOdoo({ ...odoo, ...manager }, version === '19', target, args);
      expect(asked.error).toBe('odoo.exceptions.AccessError');
      await odoo.close();
    }
  });
});

describe('a guest’s order', () => {
  it.each([
    ['18b', 0.5, 0.5],
    ['19', 0.5, 7],
  ] as const)('with a price of the phone’s own: %s keeps %d as %d', async (version, sent, kept) => {
    const { odoo } = await start(version);
    const funghi = odoo.rows('product.template').find(({ name }) => name === 'Funghi');
    const product = odoo.rows('product.product').find((row) => row.product_tmpl_id === funghi?.id);
    odoo.selfOrder([{ productId: product?.id ?? 0, quantity: 2, priceUnit: sent }]);
    const [order] = odoo.orders();
    expect(order?.lines[0]?.price_unit).toBe(kept);
    expect(order?.total).toBe(16.1);
    const isMarked =
      version === '19'
        ? order?.row.source === 'mobile'
        : /^Self-Order /.test(String(order?.row.pos_reference));
    expect(isMarked).toBe(true);
  });
});

describe('a server that was 18', () => {
  it('is 19 after its upgrade, with the orders that it had', async () => {
    const { odoo, ask } = await start('18b');
    const form = orderForm(odoo, { general_note: 'Ring' });
    await ask('pos.order', 'sync_from_ui', { orders: [form] });
    odoo.upgradeTo19();
    const fields = ['uuid', 'general_customer_note', 'source'];
    const read = await askOdoo(odoo, true, ['pos.order', 'search_read'], { domain: [], fields });
    expect(rowsIn(read)).toEqual([{ id: 1, uuid: form.uuid, general_customer_note: 'Ring', source: 'pos' }]);
    const presets = await askOdoo(odoo, true, ['pos.preset', 'search_count'], { domain: [] });
    expect(presets.value).toBe(3);
  });
});

describe('what goes wrong on the way', () => {
  async function raw(odoo: OdooModel) {
    const call = { service: 'common', method: 'version', args: [] };
    const response = await fetch(`${odoo.url}/jsonrpc`, {
      method: 'POST',
      redirect: 'manual',
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params: call }),
    });
    return { status: response.status, type: response.headers.get('content-type') ?? '' };
  }

  it('is what the switches say', async () => {
    const { odoo } = await start('19');
    const html = 'text/html; charset=utf-8';
    Object.assign(odoo.switches, { loginPage: 1, loginPageStatus: 303 });
    expect(await raw(odoo)).toEqual({ status: 303, type: html });
    Object.assign(odoo.switches, { loginPage: 0, gateway502: 1 });
    expect(await raw(odoo)).toEqual({ status: 502, type: html });
    Object.assign(odoo.switches, { gateway502: 0, restarting: '503' });
    expect(await raw(odoo)).toEqual({ status: 503, type: html });
    Object.assign(odoo.switches, { restarting: 'refuse' });
    await expect(raw(odoo)).rejects.toThrow();
    Object.assign(odoo.switches, { restarting: false });
    expect((await raw(odoo)).status).toBe(200);
  });

  it('an error of the server’s own before it did anything', async () => {
    for (const version of VERSIONS) {
      const { odoo, ask } = await start(version);
      Object.assign(odoo.switches, { serverErrorBefore: 1, about: 'writes' });
      const failed = await ask('pos.order', 'sync_from_ui', { orders: [orderForm(odoo)] });
      expect(failed.error).toBe('psycopg2.errors.SerializationFailure');
      expect(odoo.orders()).toEqual([]);
      expect((await ask('res.users', 'context_get')).error).toBeNull();
      await odoo.close();
    }
  });

  it('empty fields and amounts as texts', async () => {
    const { odoo, ask } = await start('19');
    Object.assign(odoo.switches, { falseEverywhere: true, numbersAsStrings: true });
    const fields = ['name', 'list_price', 'default_code', 'taxes_id', 'active', 'categ_id'];
    const [row] = rowsIn(await ask('product.template', 'search_read', { domain: [], fields, limit: 1 }));
    expect(row).toMatchObject({
      name: expect.any(String),
      list_price: expect.any(String),
      default_code: false,
      active: true,
    });
  });

  it('an answer without end', async () => {
    const { odoo } = await start('19');
    odoo.switches.huge = 1;
    const response = await fetch(`${odoo.url}/web/version`);
    let size = 0;
    for await (const chunk of response.body ?? []) size += chunk.length;
    expect(size).toBeGreaterThan(100_000_000);
  });

  it('and a traceback that quotes the key', async () => {
    for (const version of VERSIONS) {
      const { odoo } = await start(version);
      const modern = version === '19';
      const response = await fetch(`${odoo.url}${modern ? '/json/2/no.model/read' : '/jsonrpc'}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `bearer ${odoo.key}` },
        body: JSON.stringify({
          ids: [1],
          params: {
            service: 'object',
            method: 'execute_kw',
            args: [odoo.database, odoo.userId, odoo.key, 'x', 'read', [[]]],
          },
        }),
      });
      expect(await response.text()).toContain(odoo.key);
      await odoo.close();
    }
  });
});
