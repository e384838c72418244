import { describe, expect, it } from 'vitest';
import { type OrderCursor, type OrderPage, PosUnreachable } from '../../../main/pos/provider';
import { addOrder, guestsPoll, orderOf, stamp, tableOf } from '../../support/odoo-self-orders/guests';
import { startGuestsOdoo } from '../../support/odoo-self-orders/guests-odoo';
import { recordingLog } from '../../support/recording-log';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A minute after the recorded order was made. */
const NOW = Date.UTC(2026, 10, 22, 22, 24, 47);

async function openPoll(major: 18 | 19) {
  const odoo = await startGuestsOdoo(major);
  const time = { now: NOW };
  const log = recordingLog();
  const ask = guestsPoll(odoo, () => time.now, log);
  const place: { cursor?: OrderCursor } = {};
  const pollPage = async (): Promise<OrderPage> => {
    const page = await ask(place.cursor);
    place.cursor = page.cursor;
    return page;
  };
  const poll = async (): Promise<OrderPage['orders']> => {
    const orders: OrderPage['orders'][number][] = [];
    let more = true;
    while (more) {
      const page = await pollPage();
      orders.push(...page.orders);
      more = page.more;
    }
    return orders;
  };
  return { odoo, time, log, place, poll, pollPage };
}

const idsOf = (orders: OrderPage['orders']) => orders.map(({ document }) => document.id);

describe.each([18, 19] as const)('orders that guests make in Odoo %s', (major) => {
  it('come with their dishes, and again only as they are', async () => {
    const { poll } = await openPoll(major);
    const [order, ...others] = await poll();
    expect(others).toEqual([]);
    expect(order?.document.lines.map(({ name, quantity }) => [name, quantity])).toEqual([
      ['Funghi', 2],
      ['Coca-Cola', 1],
    ]);
    expect(order?.sale).toMatchObject({ total: 1863, state: 'open' });
    expect(await poll()).toEqual([order]);
  });

  it('are this register’s, and no order of the till or of ours is among them', async () => {
    const { odoo, poll } = await openPoll(major);
    const own = major === 19 ? { source: 'pos' } : { pos_reference: 'Order 00005-900-0071' };
    addOrder(odoo, 400, NOW, own);
    addOrder(odoo, 401, NOW, { config_id: [5, 'Bar'] });
    addOrder(odoo, 402, NOW, major === 19 ? { source: 'kiosk' } : { pos_reference: 'Kiosk 00005-004-0003' });
    expect(idsOf(await poll())).toEqual([orderOf(odoo).uuid, 'uuid-402']);
  });

  it('begin four hours ago; what is older stays unseen, whatever touches it', async () => {
    const { odoo, poll, time } = await openPoll(major);
    const old = addOrder(odoo, 300, NOW - 5 * HOUR);
    addOrder(odoo, 301, NOW - 3 * HOUR);
    expect(idsOf(await poll())).toEqual(['uuid-301', orderOf(odoo).uuid]);
    // The session is closed: all its orders are written.
    time.now += HOUR;
    old.write_date = stamp(time.now);
    old.state = 'done';
    expect(idsOf(await poll())).not.toContain('uuid-300');
  });

  it('are seen when they change in the second in which they were read, and when they were slow to be stored', async () => {
    const { odoo, poll, time } = await openPoll(major);
    const row = orderOf(odoo);
    await poll();
    row.amount_total = 16.1;
    row.amount_tax = 2.1;
    row.lines = [tableOf(odoo, 'pos.order.line')[0]?.id];
    tableOf(odoo, 'pos.order.line').pop();
    row.write_date = `${String(row.write_date)}.900000`;
    expect((await poll())[0]?.document.total).toBe(1610);
    time.now += 10 * MINUTE;
    addOrder(odoo, 400, time.now);
    await poll();
    // Its transaction began four minutes ago and has ended only now.
    addOrder(odoo, 399, time.now - 4 * MINUTE);
    expect(idsOf(await poll())).toEqual(['uuid-399', 'uuid-400']);
    time.now += 3 * HOUR;
    expect(idsOf(await poll())).toEqual(['uuid-399', 'uuid-400']);
  });

  it('are followed until they are paid, and when they are called off', async () => {
    const { odoo, poll, time } = await openPoll(major);
    const row = orderOf(odoo);
    const change = async (state: string) => {
      time.now += 20 * MINUTE;
      Object.assign(row, { state, write_date: stamp(time.now) });
      return (await poll())[0];
    };
    await poll();
    expect(await change('paid')).toMatchObject({
      sale: { state: 'paid' },
      document: { payment: { status: 'paid' }, revision: 1 },
    });
    expect(await change('done')).toMatchObject({ sale: { state: 'paid' }, document: { revision: 1 } });
    addOrder(odoo, 400, time.now);
    await poll();
    const other = tableOf(odoo, 'pos.order')[1] ?? row;
    other.state = 'cancel';
    time.now += MINUTE;
    other.write_date = stamp(time.now);
    expect((await poll()).at(-1)).toMatchObject({
      sale: { state: 'called_off' },
      document: { status: 'cancelled', cancel_reason: 'Cancelled in the till.' },
    });
  });

  it('wait for their lines, and lose none of those that come between two reads', async () => {
    const { odoo, poll } = await openPoll(major);
    const row = addOrder(odoo, 400, NOW, { lines: [] });
    const [late] = tableOf(odoo, 'pos.order.line').splice(-1);
    expect(idsOf(await poll())).toEqual([orderOf(odoo).uuid]);
    odoo.onRead = (model) => {
      if (model !== 'pos.order.line' || late === undefined) return;
      odoo.onRead = () => {};
      tableOf(odoo, 'pos.order.line').push(late);
      row.lines = [late.id];
      row.amount_total = 16.1;
    };
    row.amount_total = 0;
    const [, order] = await poll();
    expect(order?.document.total).toBe(1610);
    expect(order?.document.lines.map(({ name }) => name)).toEqual(['Funghi']);
  });

  it('come page by page, each once, however many there are', async () => {
    const { odoo, poll, pollPage, place, time } = await openPoll(major);
    for (let id = 1_000; id < 1_200; id += 1) addOrder(odoo, id, NOW - 30 * MINUTE + id * SECOND);
    const orders = await poll();
    expect(new Set(idsOf(orders)).size).toBe(201);
    expect(orders).toHaveLength(201);

    // One that was read changes while the app is off in the middle of the pages.
    place.cursor = undefined;
    expect((await pollPage()).more).toBe(true);
    time.now += HOUR;
    const [, early] = tableOf(odoo, 'pos.order');
    Object.assign(early ?? {}, { state: 'paid', write_date: stamp(time.now - 50 * MINUTE) });
    addOrder(odoo, 1_300, time.now);
    const rest = await poll();
    expect(rest.find(({ document }) => document.id === early?.uuid)?.sale.state).toBe('paid');
    expect(idsOf(rest)).toContain('uuid-1300');
  });

  it('are not passed over because a clock was wrong for a while', async () => {
    const { odoo, poll, time } = await openPoll(major);
    const row = orderOf(odoo);
    row.write_date = stamp(NOW + 400 * 24 * HOUR);
    await poll();
    row.write_date = stamp(NOW);
    time.now += 10 * MINUTE;
    addOrder(odoo, 400, time.now);
    expect(idsOf(await poll())).toContain('uuid-400');

    const ahead = await openPoll(major);
    ahead.time.now += 24 * HOUR;
    expect(await ahead.poll()).toEqual([]);
    ahead.time.now = NOW;
    expect(await ahead.poll()).toHaveLength(1);
  });

  it('go on without those that make no sense, and say so once', async () => {
    const { odoo, poll, log } = await openPoll(major);
    addOrder(odoo, 400, NOW, { amount_total: 'a lot' });
    addOrder(odoo, 401, NOW, { amount_total: '16.10', tracking_number: false, mobile: false });
    expect(idsOf(await poll())).toEqual([orderOf(odoo).uuid, 'uuid-401']);
    await poll();
    const told = log.lines.filter(({ event }) => event === 'self_order_unreadable');
    expect(told).toHaveLength(1);
    expect(told[0]?.fields).toMatchObject({ id: '400', because: 'amount_total' });
  });

  it('do not come back as orders when staff give them back', async () => {
    const { odoo, poll } = await openPoll(major);
    addOrder(odoo, 400, NOW, { amount_total: -16.1 });
    addOrder(odoo, 401, NOW, { amount_total: 0, state: 'paid' });
    Object.assign(tableOf(odoo, 'pos.order.line').at(-1) ?? {}, { qty: -2 });
    expect(await poll()).toHaveLength(1);
  });

  it('have the names of what was chosen, of the table and of the guest', async () => {
    const { odoo, poll } = await openPoll(major);
    const seat =
      major === 19 ? { preset_id: [1, 'Dine In'], self_ordering_table_id: [5, '2'] } : { table_id: [5, '2'] };
    Object.assign(orderOf(odoo), seat, {
      takeaway: false,
      partner_id: [9, 'Jane D.'],
      floating_order_name: false,
    });
    Object.assign(tableOf(odoo, 'pos.order.line')[0] ?? {}, { attribute_value_ids: [79] });
    const [order] = await poll();
    expect(order?.document).toMatchObject({
      service: 'dine_in',
      table: 'Table 2',
      customer: { name: 'Jane D.' },
      lines: [{ modifiers: [{ name: 'Extra cheese' }] }, {}],
    });
  });

  it('cost one request where nothing was ordered lately', async () => {
    const { odoo, poll } = await openPoll(major);
    tableOf(odoo, 'pos.order').length = 0;
    await poll();
    odoo.reads.length = 0;
    await poll();
    expect(odoo.reads).toEqual(['pos.order']);
  });

  it('begin anew at a cursor of another form', async () => {
    const { poll, place } = await openPoll(major);
    for (const cursor of ['', '{}', '{"at":"x"}', 'null']) {
      place.cursor = cursor as OrderCursor;
      expect(await poll()).toHaveLength(1);
    }
  });
});

describe('a server of guests', () => {
  it('that makes two orders of one tap has them as one here, and staff are told (18)', async () => {
    const { odoo, poll, time } = await openPoll(18);
    const row = orderOf(odoo);
    const double = addOrder(odoo, 400, NOW, { uuid: row.uuid, pos_reference: 'Self-Order 00005-004-0002' });
    const [order, ...others] = await poll();
    expect(others).toEqual([]);
    expect(order?.sale).toMatchObject({
      number: 'Self-Order 00005-004-0001',
      doubles: ['Self-Order 00005-004-0002'],
    });
    // Staff throw the first one away: the other is the order now, though only the first was written.
    time.now += 30 * MINUTE;
    Object.assign(row, { state: 'cancel', write_date: stamp(time.now) });
    const [after] = await poll();
    expect(after?.sale).toEqual({ number: double.pos_reference, total: 1610, state: 'open' });
  });

  it('that believes a guest’s prices has the till’s total here, and both are said until it is paid (18, as recorded)', async () => {
    const { odoo, poll } = await openPoll(18);
    Object.assign(tableOf(odoo, 'pos.order.line')[0] ?? {}, { price_unit: 0.5 });
    const [order] = await poll();
    expect(order?.sale.total).toBe(368);
    expect(order?.document).toMatchObject({ total: 368, tax: 48 });
    expect(order?.document.lines.map(({ unit_price }) => unit_price)).toEqual([50, 220]);
    expect(order?.document.customer.note).toContain('The guest saw TT$18.63, the till charges TT$3.68.');
    orderOf(odoo).state = 'paid';
    expect((await poll())[0]?.document).toMatchObject({ total: 1863, customer: { note: '' } });
    // A tax that only Odoo can compute: what is stored is shown.
    orderOf(odoo).state = 'draft';
    Object.assign(tableOf(odoo, 'pos.order.line')[0] ?? {}, { tax_ids_after_fiscal_position: [77] });
    expect((await poll())[0]?.document.total).toBe(1863);
  });

  it('that rounds its taxes over the whole order is not told off for a cent', async () => {
    const { odoo, poll } = await openPoll(19);
    Object.assign(tableOf(odoo, 'res.company')[0] ?? {}, {
      tax_calculation_rounding_method: 'round_globally',
    });
    orderOf(odoo).amount_total = 18.62;
    expect((await poll())[0]?.document).toMatchObject({ total: 1862, customer: { note: '' } });
  });

  it('that was upgraded overnight is asked in its own way at the second poll', async () => {
    const { odoo, poll } = await openPoll(18);
    await poll();
    const next = await startGuestsOdoo(19);
    odoo.major = 19;
    odoo.orderFields = next.orderFields;
    Object.assign(odoo.tables, next.tables);
    await expect(poll()).rejects.toThrow(PosUnreachable);
    expect(await poll()).toHaveLength(1);
  });

  it('that does not answer loses nothing', async () => {
    const { odoo, poll, place } = await openPoll(19);
    odoo.intercept = (response) => {
      response.destroy();
      return true;
    };
    await expect(poll()).rejects.toThrow(PosUnreachable);
    expect(place.cursor).toBeUndefined();
    odoo.intercept = () => false;
    expect(await poll()).toHaveLength(1);
  });
});
