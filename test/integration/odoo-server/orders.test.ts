import { afterEach, describe, expect, it } from 'vitest';
import { type Asked, askOdoo, rowsIn } from '../../support/odoo/ask-odoo';
import type { OdooVersion } from '../../support/odoo/model/state';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';
import { lineForm, orderForm, orderWith, paidWith } from '../../support/odoo/order-forms';

let odoo: OdooModel | null = null;

afterEach(async () => {
  await odoo?.close();
  odoo = null;
});

async function start(version: OdooVersion) {
  const server = await startOdooModel({ version });
  odoo = server;
  const ask = (model: string, method: string, args: Readonly<Record<string, unknown>> = {}) =>
    askOdoo(server, version === '19', [model, method], args);
  const sync = (...orders: readonly object[]): Promise<Asked> => ask('pos.order', 'sync_from_ui', { orders });
  return { odoo: server, ask, sync };
}

const ALL = ['18a', '18b', '19'] as const;

describe('the same order sent twice', () => {
  it.each([
    ['18a', 2],
    ['18b', 2],
    ['19', 1],
  ] as const)('at once, drafts and paid ones, are so many in %s: %i', async (version, orders) => {
    const { odoo, sync } = await start(version);
    for (const paid of [{}, paidWith(8.05)]) {
      const form = orderForm(odoo, paid);
      const answers = await Promise.all([sync(form), sync(form)]);
      expect(answers.map(({ error }) => error)).toEqual([null, null]);
      expect(odoo.orders().filter(({ uuid }) => uuid === form.uuid)).toHaveLength(orders);
    }
  });

  it.each([
    ['18a', 'builtins.ValueError', 1],
    ['18b', null, 2],
    ['19', null, 1],
  ] as const)(
    'one after the other, as a draft: %s answers %s and has %i lines',
    async (version, error, lines) => {
      const { odoo, sync } = await start(version);
      const form = orderForm(odoo);
      await sync(form);
      expect((await sync(form)).error).toBe(error);
      expect(orderWith(odoo, form.uuid).lines).toHaveLength(lines);
    },
  );

  it('without the token: a KeyError, and the order stays as it is', async () => {
    for (const version of ['18b', '19'] as const) {
      const { odoo, sync } = await start(version);
      const { access_token: _, ...form } = orderForm(odoo);
      await sync(form);
      expect((await sync({ ...form, floating_order_name: 'B' })).error).toBe('builtins.KeyError');
      expect(orderWith(odoo, form.uuid).row.floating_order_name).not.toBe('B');
      await odoo.close();
    }
  });

  it('by a build of 19 that keeps line uuids unique: refused, also in its own draft', async () => {
    const { odoo, sync } = await start('19');
    odoo.switches.uniqueLineUuids = true;
    const form = orderForm(odoo);
    await sync(form);
    expect((await sync(form)).error).toBe('odoo.exceptions.ValidationError');
    expect((await sync({ ...form, lines: [] })).error).toBeNull();
  });
});

describe('a client that gives up', () => {
  it.each(ALL)('finds nothing right after, and the order a moment later: %s', async (version) => {
    const { odoo, sync } = await start(version);
    Object.assign(odoo.switches, { loseLate: 1, commitAfterMs: 40 });
    const form = orderForm(odoo);
    await expect(sync(form)).rejects.toThrow();
    expect(odoo.orders()).toHaveLength(0);
    await expect.poll(() => odoo.orders().length).toBe(1);
  });

  it.each(ALL)('or whose answer is lost, finds it at once: %s', async (version) => {
    const { odoo, sync } = await start(version);
    odoo.switches.lose = 1;
    const form = orderForm(odoo);
    await expect(sync(form)).rejects.toThrow();
    expect(orderWith(odoo, form.uuid).state).toBe('draft');
  });

  it('of a server that is stopped meanwhile: nothing was stored', async () => {
    const { odoo, sync } = await start('19');
    odoo.switches.transactionMs = 30;
    const came = odoo.nextRequest('sync_from_ui');
    const sent = sync(orderForm(odoo));
    sent.catch(() => {});
    await came;
    await odoo.restart();
    await expect(sent).rejects.toThrow();
    odoo.switches.transactionMs = 0;
    expect((await sync(orderForm(odoo))).error).toBeNull();
    expect(odoo.orders()).toHaveLength(1);
  });
});

describe('a draft for a table that has one', () => {
  it.each([
    ['18b', 'merged'],
    ['19', 'merged'],
    ['18a', 'kept apart'],
  ] as const)('is in %s %s', async (version, how) => {
    const { odoo, ask, sync } = await start(version);
    const [first, second] = [orderForm(odoo, { table_id: 2 }), orderForm(odoo, { table_id: 2 })];
    await sync(first);
    const [answered] = rowsIn(await sync({ ...second, amount_total: 1.5 }), 'pos.order');
    const found = await ask('pos.order', 'search_count', { domain: [['uuid', '=', second.uuid]] });
    const line = second.lines;
    const uuid = Array.isArray(line) ? line[0]?.[2]?.uuid : '';
    const [byLine] = rowsIn(
      await ask('pos.order.line', 'search_read', { domain: [['uuid', 'in', [uuid]]], fields: ['order_id'] }),
    );
    if (how === 'kept apart') {
      expect([found.value, answered?.uuid]).toEqual([1, second.uuid]);
      return;
    }
    expect([found.value, answered?.uuid, answered?.amount_total]).toEqual([0, first.uuid, 1.5]);
    expect(byLine?.order_id).toEqual([orderWith(odoo, first.uuid).id, expect.any(String)]);
  });

  it('is an order of its own when it is paid', async () => {
    const { odoo, sync } = await start('19');
    await sync(orderForm(odoo, { table_id: 2 }));
    await sync(orderForm(odoo, { table_id: 2, ...paidWith(8.05) }));
    expect(odoo.orders().map(({ state }) => state)).toEqual(['draft', 'paid']);
  });
});

describe('money', () => {
  it.each([
    ['18a', null],
    ['18b', null],
    ['19', 'odoo.exceptions.UserError'],
  ] as const)('that does not add up to the total: %s answers %s', async (version, error) => {
    const { odoo, sync } = await start(version);
    for (const amount of [5, 20]) {
      expect((await sync(orderForm(odoo, paidWith(amount)))).error).toBe(error);
    }
    expect(odoo.orders().map(({ row }) => row.amount_paid)).toEqual(error === null ? [5, 20] : []);
  });

  it.each(ALL)('back to the customer is cash, below zero in 19 and above before: %s', async (version) => {
    const { odoo, sync } = await start(version);
    const change = version === '19' ? -11.95 : 11.95;
    const form = orderForm(odoo, { ...paidWith(20), amount_return: change });
    expect((await sync(form)).error).toBeNull();
    const { row, payments } = orderWith(odoo, form.uuid);
    expect(payments.map(({ amount, is_change: isChange }) => [amount, isChange])).toEqual([
      [20, undefined],
      [-11.95, true],
    ]);
    expect(row.amount_paid).toBeCloseTo(8.05, 5);
    expect(row.amount_return).toBe(11.95);
  });

  it.each(ALL)('of a refund: the line says what it takes back: %s', async (version) => {
    const { odoo, ask, sync } = await start(version);
    const sale = orderForm(odoo, paidWith(8.05));
    await sync(sale);
    const [line] = orderWith(odoo, sale.uuid).lines;
    const back = lineForm(odoo, {
      qty: -1,
      price_subtotal: -7,
      price_subtotal_incl: -8.05,
      refunded_orderline_id: line?.id,
    });
    const amounts = { amount_total: -8.05, amount_tax: -1.05, ...paidWith(-8.05) };
    const answer = await sync(orderForm(odoo, { ...amounts, lines: [back] }));
    // 19 shows the order that was refunded, too.
    expect(rowsIn(answer, 'pos.order')).toHaveLength(version === '19' ? 2 : 1);
    const [read] = rowsIn(await ask('pos.order.line', 'read', { ids: [line?.id], fields: ['refunded_qty'] }));
    expect(read?.refunded_qty).toBe(1);
  });
});

describe('a combo', () => {
  it.each(ALL)('hangs together as each version says it: %s', async (version) => {
    const { odoo, sync } = await start(version);
    const parent = lineForm(odoo, { id: 'p', combo_line_ids: ['c'] });
    const child = lineForm(odoo, { id: 'c' });
    const modern = {
      lines: [lineForm(odoo, { uuid: 'parent' }), lineForm(odoo, { uuid: 'child' })],
      relations_uuid_mapping: { 'pos.order.line': { child: { combo_parent_id: 'parent' } } },
    };
    const form = orderForm(odoo, version === '19' ? modern : { lines: [parent, child] });
    expect((await sync(form)).error).toBeNull();
    const [above, below] = orderWith(odoo, form.uuid).lines;
    expect(below?.combo_parent_id).toBe(above?.id);
  });
});

describe('one bad order of several', () => {
  it.each(ALL)('refuses all of them: %s', async (version) => {
    const { odoo, sync } = await start(version);
    const answer = await sync(orderForm(odoo), orderForm(odoo, { nofield: 1 }));
    expect(answer.error).toBe('builtins.ValueError');
    expect(odoo.orders()).toEqual([]);
    expect(odoo.rows('pos.order.line')).toEqual([]);
  });
});

describe('ten orders at once', () => {
  it('are all stored by 19, each with a number of its own', async () => {
    const { odoo, sync } = await start('19');
    odoo.switches.retryMs = 1;
    const forms = Array.from({ length: 10 }, () => orderForm(odoo));
    const answers = await Promise.all(forms.map((form) => sync(form)));
    expect(answers.filter(({ error }) => error !== null)).toEqual([]);
    expect(new Set(odoo.orders().map(({ row }) => row.pos_reference)).size).toBe(10);
  });
});

describe('cancelling', () => {
  it.each(ALL)('ends a draft and leaves what was paid as it is: %s', async (version) => {
    const { odoo, ask, sync } = await start(version);
    await sync(orderForm(odoo));
    await sync(orderForm(odoo, paidWith(8.05)));
    const ids = odoo.orders().map(({ id }) => id);
    for (const id of ids) {
      expect((await ask('pos.order', 'action_pos_order_cancel', { ids: [id] })).error).toBeNull();
    }
    expect(odoo.orders().map(({ state }) => state)).toEqual(['cancel', 'paid']);
    expect(() => odoo.unlink('pos.order', ids[1] ?? 0)).toThrow('must be new or cancelled');
  });
});
