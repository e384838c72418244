import { describe, expect, it } from 'vitest';
import type { OrderCursor, OrderPage } from '../../../main/pos/provider';
import type { Sandbox } from '../../../main/training/sandbox';
import { ACCOUNT, connect } from '../../support/loyverse/account';
import { ARIAPITA, tillAt } from '../../support/loyverse/fixtures';
import { SITE, siteReceipt, soupRefund } from '../../support/loyverse/ordering-site';
import { openAccount } from '../../support/loyverse/sandbox-account';
import { sendJson, startScriptedTill } from '../../support/loyverse/scripted-till';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 5, 18, 16);
const ROLLS = { lines: [{ sku: 'ROLL-SPICY-TUNA', quantity: 2 }], source: SITE };

/** A sandbox and a connector that wants the orders of one site; both go by the test's clock. */
async function openPoll(sources: readonly string[] = [SITE]) {
  const time = { now: NOON };
  const { sandbox } = await openAccount({ clock: () => time.now });
  const till = tillAt(sandbox.url, { storeId: sandbox.storeId, orderSources: sources });
  const { provider, log } = connect(sandbox.url, {
    till,
    secret: async () => sandbox.token,
    now: () => time.now,
  });
  let cursor: OrderCursor | undefined;
  const poll = async (): Promise<OrderPage['orders']> => {
    const page = await provider.pollOrders(cursor);
    expect(page.more).toBe(false);
    cursor = page.cursor;
    return page.orders;
  };
  const forget = () => {
    cursor = undefined;
  };
  return { sandbox, time, log, poll, provider, forget };
}

const idsOf = (orders: OrderPage['orders']) => orders.map(({ document }) => document.id);
const listReads = (sandbox: Sandbox) => sandbox.requests().filter(({ path }) => path === '/receipts');

describe('orders that an ordering site rings up in Loyverse', () => {
  it('come once each, the oldest first, and nobody else’s come', async () => {
    const { sandbox, time, poll } = await openPoll();
    const first = sandbox.ringUp(ROLLS);
    time.now += MINUTE;
    sandbox.ringUp({ ...ROLLS, source: 'point of sale' });
    sandbox.ringUp({ ...ROLLS, source: `${SITE} 2` });
    sandbox.ringUp({ ...ROLLS, storeId: sandbox.account.storeIds[1] ?? '' });
    const second = sandbox.ringUp({ ...ROLLS, order: 'G-7', note: 'PICKUP | Anil R. | 868 555 0101' });

    const orders = await poll();
    expect(idsOf(orders)).toEqual([first.receipt_number, second.receipt_number]);
    expect(orders[1]?.sale).toEqual({ number: second.receipt_number, total: second.total_money * 100 });
    expect(orders[1]?.document).toMatchObject({ number: 'G-7', customer: { name: 'Anil R.' } });
    expect(await poll()).toEqual([]);
    expect(listReads(sandbox)).toHaveLength(2);
  });

  it('are not asked for when no site is wanted, and never are our own sales', async () => {
    const none = await openPoll([]);
    none.sandbox.ringUp(ROLLS);
    expect(await none.poll()).toEqual([]);
    expect(none.sandbox.requests()).toEqual([]);
    const own = await openPoll(['Tillside', SITE]);
    own.sandbox.ringUp({ ...ROLLS, source: 'Tillside' });
    expect(await own.poll()).toEqual([]);
  });

  it.each(['exact', 'prefix', 'ignored'] as const)('are judged here too (order-filter %s)', async (how) => {
    const { sandbox, poll } = await openPoll();
    sandbox.switches.orderFilter = how;
    sandbox.ringUp({ ...ROLLS, source: `${SITE} Test` });
    const { receipt_number } = sandbox.ringUp(ROLLS);
    expect(idsOf(await poll())).toEqual([receipt_number]);
  });

  it('begin four hours ago, and go on where they stopped, whatever happened meanwhile', async () => {
    const { sandbox, time, poll, forget } = await openPoll();
    sandbox.ringUp(ROLLS);
    time.now += 5 * HOUR;
    const { receipt_number } = sandbox.ringUp(ROLLS);
    expect(idsOf(await poll())).toEqual([receipt_number]);
    const late = sandbox.ringUp({ ...ROLLS, soldAt: time.now - 2 * HOUR });
    time.now += 2 * DAY;
    expect(idsOf(await poll())).toEqual([late.receipt_number]);
    forget();
    expect(await poll()).toEqual([]);
  });

  it.each([10 * MINUTE, -10 * MINUTE])('are all heard when the till’s clock is %i ms off', async (off) => {
    const { sandbox, time, poll } = await openPoll();
    sandbox.switches.clockOffsetMs = off;
    const heard: string[] = [];
    const made: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      made.push(sandbox.ringUp(ROLLS).receipt_number);
      time.now += 20_500;
      heard.push(...idsOf(await poll()));
    }
    expect(heard).toEqual(made);
  });

  it('are heard although the list shows them minutes late', async () => {
    const { sandbox, time, poll } = await openPoll();
    sandbox.switches.listLagMs = 4 * MINUTE;
    const { receipt_number } = sandbox.ringUp(ROLLS);
    expect(await poll()).toEqual([]);
    time.now += 4 * MINUTE;
    expect(idsOf(await poll())).toEqual([receipt_number]);
  });

  it('are told of again once they are voided, even in the second in which they were made', async () => {
    const { sandbox, poll } = await openPoll();
    const { receipt_number, total_money } = sandbox.ringUp(ROLLS);
    await poll();
    sandbox.voidReceipt(receipt_number);
    const [voided] = await poll();
    expect(voided?.document).toMatchObject({ id: receipt_number, status: 'cancelled', revision: 1 });
    expect(voided?.sale.total).toBe(total_money * 100);
    expect(await poll()).toEqual([]);
  });

  it('are told of again as something is given back, step by step, also a day later', async () => {
    const { sandbox, time, poll } = await openPoll();
    const sale = sandbox.ringUp({ ...ROLLS, lines: [...ROLLS.lines, { sku: 'ROLL-CALIFORNIA' }] });
    await poll();
    time.now += DAY;
    sandbox.refundAtTill(sale.receipt_number, [1, 0]);
    const [part] = await poll();
    expect(part?.document).toMatchObject({ status: 'placed', revision: 1, discount: 0 });
    expect(part?.document.lines.map(({ quantity }) => quantity)).toEqual([1, 1]);
    expect(part?.sale.total).toBe(part?.document.total);
    time.now += DAY;
    sandbox.refundAtTill(sale.receipt_number);
    const [all] = await poll();
    expect(all?.document).toMatchObject({ status: 'cancelled', revision: 2, total: sale.total_money * 100 });
    expect(await poll()).toEqual([]);
  });

  it('are not made of what was given back at the counter', async () => {
    const { sandbox, poll } = await openPoll();
    const { receipt_number } = sandbox.ringUp({ ...ROLLS, source: 'point of sale' });
    sandbox.refundAtTill(receipt_number);
    expect(await poll()).toEqual([]);
  });

  it('come from before the end of the history that the plan shows', async () => {
    const { sandbox, time, poll } = await openPoll();
    await poll();
    sandbox.ringUp(ROLLS);
    time.now += 40 * DAY;
    sandbox.switches.historyLimit = 31;
    const { receipt_number } = sandbox.ringUp(ROLLS);
    expect(idsOf(await poll())).toEqual([receipt_number]);
  });

  it('of a whole night, more than a page, are given out once all pages are read', async () => {
    const { sandbox, time, poll } = await openPoll();
    const numbers = Array.from({ length: 260 }, () => {
      time.now += 1_000;
      return sandbox.ringUp(ROLLS).receipt_number;
    });
    expect(idsOf(await poll())).toEqual(numbers);
    expect(listReads(sandbox)).toHaveLength(2);
  });

  it('are all still there after a poll that failed', async () => {
    const { sandbox, poll } = await openPoll();
    const { receipt_number } = sandbox.ringUp(ROLLS);
    sandbox.switches.serverErrorReads = 1;
    await expect(poll()).rejects.toMatchObject({ name: 'PosUnreachable', trouble: { code: 'server' } });
    expect(idsOf(await poll())).toEqual([receipt_number]);
  });
});

describe('receipts that no well-behaved till makes', () => {
  async function pollRows(receipts: readonly unknown[], singles: Readonly<Record<string, unknown>> = {}) {
    const now = NOON + 4 * HOUR;
    const date = { date: new Date(now).toUTCString() };
    const till = await startScriptedTill(({ url }, response) => {
      if (url.pathname.includes('/merchant')) return sendJson(response, 200, ACCOUNT['/merchant/'], date);
      const number = url.pathname.split('/receipts/')[1];
      if (number === undefined) return sendJson(response, 200, { receipts }, date);
      const single = singles[number];
      return sendJson(response, single === undefined ? 404 : 200, single ?? { errors: [] }, date);
    });
    const options = { till: tillAt(till.url, { orderSources: [SITE] }), now: () => now };
    return { till, ...connect(till.url, options) };
  }

  it('keep no other receipt from coming, and are told once in the log', async () => {
    const good = siteReceipt({ receipt_number: 'good' });
    const bad = [
      { ...siteReceipt(), receipt_number: 'no-total', total_money: null },
      { ...siteReceipt(), receipt_number: 'no-date', receipt_date: null, created_at: 'yesterday' },
      { ...siteReceipt(), receipt_number: '' },
      null,
      'receipt',
    ];
    const { provider, log } = await pollRows([...bad, good]);
    const { orders, cursor } = await provider.pollOrders();
    expect(idsOf(orders)).toEqual(['good']);
    const told = log.lines.filter((line) => line.includes('receipt_unreadable'));
    expect(told).toHaveLength(3);
    await provider.pollOrders(cursor);
    expect(log.lines.filter((line) => line.includes('receipt_unreadable'))).toHaveLength(told.length);
  });

  it('come once when turning the page shows one twice, in its newer state', async () => {
    const voided = siteReceipt({ cancelled_at: '2026-06-18T18:50:00.000Z' });
    const { provider } = await pollRows([voided, siteReceipt()]);
    const { orders } = await provider.pollOrders();
    expect(orders.map(({ document }) => document.status)).toEqual(['cancelled']);
  });

  it('may give back a sale that is gone, or one of another store', async () => {
    const other = siteReceipt({ receipt_number: 'other', store_id: `${ARIAPITA}0` });
    const refunds = ['gone', 'other', null].map((refund_for, n) =>
      soupRefund({ receipt_number: `R${n}`, refund_for }),
    );
    const { provider } = await pollRows(refunds, { other });
    expect((await provider.pollOrders()).orders).toEqual([]);
  });

  it('are begun anew after a cursor that nobody understands', async () => {
    const { provider, till } = await pollRows([siteReceipt()]);
    for (const cursor of ['', '{}', '{"at":"soon"}', 'null']) {
      expect(idsOf((await provider.pollOrders(cursor as OrderCursor)).orders)).toEqual(['1001']);
    }
    expect(till.requests.length).toBeGreaterThan(3);
  });
});
