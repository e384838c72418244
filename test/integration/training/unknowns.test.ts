import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { errorOf, rowsOf, startTill, tunaSale } from './till';

describe('time', () => {
  it('passes between a sale and its answer', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    till.switches.slowMs = Number.POSITIVE_INFINITY;
    const leaving = new AbortController();
    till.onReceipt(() => leaving.abort());
    const headers = { authorization: `Bearer ${till.token}`, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(sale), signal: leaving.signal };
    await expect(fetch(`${till.url}/receipts`, init)).rejects.toThrow();
    expect(till.receipts()).toHaveLength(1);
  });

  it('passes before a sale is stored, even when nobody waits for it any more', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    till.switches.lateSaleMs = 200;
    const events: string[] = [];
    const stored = new Promise<void>((resolve) => {
      till.onReceipt(() => {
        events.push('stored');
        resolve();
      });
    });
    const headers = { authorization: `Bearer ${till.token}`, 'content-type': 'application/json' };
    const sending = request(`${till.url}/receipts`, { method: 'POST', headers });
    sending.on('error', () => events.push('left'));
    sending.once('finish', () => sending.destroy());
    sending.end(JSON.stringify(sale));
    await stored;
    expect(events).toEqual(['left', 'stored']);
  });

  it('passes before a receipt is in the list', async () => {
    const till = await startTill();
    till.switches.listLagMs = 10_000;
    await till.sell(await tunaSale(till));
    const listed = async () => rowsOf((await till.get('/receipts?order=W-1')).body, 'receipts').length;
    expect(await listed()).toBe(0);
    expect((await till.get('/receipts/1001')).status).toBe(200);
    till.pass(9_999);
    expect(await listed()).toBe(0);
    till.pass(1);
    expect(await listed()).toBe(1);
  });

  it('hides receipts that the plan does not reach', async () => {
    const till = await startTill();
    await till.sell(await tunaSale(till));
    till.switches.historyLimit = 31;
    expect((await till.get('/receipts?created_at_min=2026-10-22T16:00:01.000Z')).status).toBe(200);
    expect(errorOf(await till.get('/receipts?created_at_min=2026-10-22T15:00:00.000Z'))).toEqual({
      status: 402,
      code: 'PAYMENT_REQUIRED',
      details:
        'Unable to retrieve receipts created earlier than 31 days ago. Please subscribe to Unlimited sales history.',
    });
    expect((await till.get('/receipts')).status).toBe(200);
    till.pass(32 * 86_400_000);
    expect((await till.get('/receipts')).status).toBe(402);
  });
});

describe('what nobody knows of Loyverse', () => {
  it.each([
    ['exact', ['W-1']],
    ['prefix', ['W-12', 'W-1']],
    ['ignored', ['X-1', 'W-12', 'W-1']],
  ] as const)('how orders are compared: %s', async (orderFilter, found) => {
    const till = await startTill();
    for (const order of ['W-1', 'W-12', 'X-1']) await till.sell(await tunaSale(till, { order }));
    till.switches.orderFilter = orderFilter;
    const rows = rowsOf((await till.get('/receipts?order=W-1')).body, 'receipts');
    expect(rows.map(({ order }) => order)).toEqual(found);
  });

  it('whether taxes apply by themselves', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    const [line] = sale.line_items;
    const untold = { ...sale, line_items: [{ ...line, line_taxes: undefined }] };
    const none = { ...sale, line_items: [{ ...line, line_taxes: [] }] };
    const taxes = async (body: object) => ((await till.sell(body)).body as { total_tax: number }).total_tax;
    expect([await taxes(untold), await taxes(none)]).toEqual([0, 0]);
    till.switches.autoTax = true;
    expect([await taxes(untold), await taxes(none)]).toEqual([10.67, 0]);
  });

  it('what a payment of another amount leads to', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    const paying = (money_amount: number) => ({ ...sale, payments: [{ ...sale.payments[0], money_amount }] });
    expect((await till.sell(paying(90))).body).toMatchObject({ payments: [{ money_amount: 96 }] });
    till.switches.moneyAmountMismatch = 'refuse';
    expect(errorOf(await till.sell(paying(90)))).toMatchObject({
      status: 400,
      code: 'INVALID_VALUE',
      field: 'object.payments[0].money_amount',
    });
    expect((await till.sell(paying(96))).status).toBe(200);
  });
});
