import { describe, expect, it } from 'vitest';
import { errorOf, type Row, rowOf, rowsOf, startTill, type Till, tunaSale } from './till';

async function sold(till: Till) {
  const receipt = rowOf(await till.sell(await tunaSale(till)));
  const [line] = rowsOf(receipt, 'line_items');
  const refund = (changes: Row = {}, number = receipt.receipt_number) =>
    till.post(`/receipts/${number}/refund`, { line_items: [{ id: line?.id, quantity: 1 }], ...changes });
  return { receipt, line, refund };
}

describe('a refund through the API', () => {
  it('is a receipt of its own with positive sums and new lines', async () => {
    const till = await startTill();
    const { receipt, line, refund } = await sold(till);
    const back = rowOf(await refund({ source: 'Tillside' }));
    expect(back).toMatchObject({
      receipt_number: '1002',
      receipt_type: 'REFUND',
      refund_for: '1001',
      order: null,
      note: null,
      source: 'Tillside',
      total_money: 48,
      total_tax: 5.34,
      line_items: [{ quantity: 1, price: 45, total_money: 48, item_name: 'Spicy tuna roll' }],
      payments: [{ name: 'Online', money_amount: 48 }],
    });
    expect(Object.keys(back)).toEqual(Object.keys(receipt));
    expect(rowsOf(back, 'line_items')[0]?.id).not.toBe(line?.id);
    expect(rowOf(await till.get('/receipts/1001'))).toEqual(receipt);
  });

  it('gives no more back than was sold, in one or in several', async () => {
    const till = await startTill();
    const { line, refund } = await sold(till);
    const field = 'object.line_items[0].quantity';
    const tooMuch = { line_items: [{ id: line?.id, quantity: 3 }] };
    expect(errorOf(await refund(tooMuch))).toMatchObject({ status: 400, code: 'INVALID_VALUE', field });
    expect([(await refund()).status, (await refund()).status]).toEqual([200, 200]);
    expect(errorOf(await refund())).toMatchObject({ status: 400, field });
    expect(till.receipts()).toHaveLength(3);
  });

  it('names the line without an id', async () => {
    const till = await startTill();
    const { refund } = await sold(till);
    expect(errorOf(await refund({ line_items: [{ quantity: 1 }] }))).toEqual({
      status: 400,
      code: 'MISSING_REQUIRED_PARAMETER',
      details: 'Field must be set',
      field: 'object.line_items[0].id',
    });
  });

  it('is refused for what cannot be given back', async () => {
    const till = await startTill();
    const { refund } = await sold(till);
    await refund();
    const statuses = [
      await refund({}, '1999'),
      await refund({}, '1002'),
      await refund({ line_items: [{ id: 'nobody', quantity: 1 }] }),
      await refund({ reason: 'cold' }),
      await refund({ store_id: 'nobody' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 400, 404, 400, 404]);
    till.voidReceipt('1001');
    expect(errorOf(await refund()).details).toBe('The receipt is cancelled');
    expect(till.receipts()).toHaveLength(2);
  });

  it('is refused where a card company has a say', async () => {
    const till = await startTill();
    const [type] = till.account.paymentTypes.all();
    if (type === undefined) throw new Error('No payment type');
    till.account.paymentTypes.put({ ...type, id: 'sumup', name: 'SumUp', type: 'SUMUP' });
    const { receipt_number } = till.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }], paidBy: 'SumUp' });
    expect(() => till.refundAtTill(receipt_number)).toThrow('integrated');
  });

  it('may be lost on the way back, like a sale', async () => {
    const till = await startTill();
    const { refund } = await sold(till);
    till.switches.cutAfterSale = 1;
    await expect(refund()).rejects.toThrow();
    till.switches.serverErrorBefore = 1;
    expect((await refund()).status).toBe(500);
    expect(till.receipts()).toHaveLength(2);
  });
});

describe('a sale at a till', () => {
  it('has the till’s number, the cashier, a dining option and the taxes of its dishes', async () => {
    const till = await startTill({ extras: true });
    const sale = {
      lines: [{ sku: 'ROLL-SPICY-TUNA', quantity: 2, modifiers: ['Extra wasabi'], note: 'hot' }],
    };
    const receipt = till.ringUp(sale);
    const [device] = rowsOf((await till.get(`/pos_devices?store_id=${till.storeId}`)).body, 'pos_devices');
    expect(receipt).toMatchObject({
      receipt_number: '1-1001',
      source: 'point of sale',
      pos_device_id: device?.id,
      employee_id: expect.any(String),
      dining_option: 'Dine in',
      total_money: 96,
      total_tax: 10.67,
    });
    const platter = till.ringUp({ lines: [{ sku: 'PRACTICE-PLATTER' }] });
    expect(platter).toMatchObject({ receipt_number: '1-1002', total_money: 264, total_tax: 50.67 });
    expect(rowsOf((await till.get('/receipts')).body, 'receipts')).toEqual([platter, receipt]);
  });

  it('may come from an ordering site, for another store, at a price that is typed, and late', async () => {
    const till = await startTill({ extras: true });
    const [, second] = till.account.storeIds;
    const receipt = till.ringUp({
      lines: [{ sku: 'PRACTICE-CATCH', price: 12_345 }],
      source: 'Sushi by web',
      order: 'SW-77',
      storeId: second ?? '',
      diningOption: 'Delivery',
      paidBy: 'Online',
      soldAt: Date.parse('2026-11-22T15:00:00Z'),
    });
    expect(receipt).toMatchObject({
      receipt_number: '2-1001',
      order: 'SW-77',
      total_money: 123.45,
      receipt_date: '2026-11-22T15:00:00.000Z',
      created_at: '2026-11-22T16:00:00.000Z',
    });
    const found = rowsOf((await till.get('/receipts?source=Sushi%20by%20web')).body, 'receipts');
    expect(found).toEqual([receipt]);
  });

  it('takes no number of the row that API receipts have', async () => {
    const till = await startTill();
    till.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }] });
    const sale = await tunaSale(till);
    expect(rowOf(await till.sell(sale)).receipt_number).toBe('1001');
    expect(till.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }] }).receipt_number).toBe('1-1002');
  });

  it('keeps its sums when it is voided, and is changed', async () => {
    const till = await startTill();
    const { receipt_number, total_money } = till.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }] });
    till.pass(60_000);
    till.voidReceipt(receipt_number);
    const changed = '2026-11-22T16:01:00.000Z';
    const { body } = await till.get(`/receipts?updated_at_min=${changed}`);
    expect(rowsOf(body, 'receipts')).toMatchObject([
      { receipt_number, total_money, cancelled_at: changed, updated_at: changed },
    ]);
  });

  it('is given back at the till, in part and then whole', async () => {
    const till = await startTill();
    const lines = [{ sku: 'ROLL-DRAGON', quantity: 2 }, { sku: 'DRINK-MAUBY' }];
    const { receipt_number } = till.ringUp({ lines });
    const part = till.refundAtTill(receipt_number, [1]);
    expect(part).toMatchObject({ receipt_number: '1-1002', refund_for: receipt_number, total_money: 88 });
    expect(till.refundAtTill(receipt_number)).toMatchObject({ total_money: 102, source: 'point of sale' });
    expect(() => till.refundAtTill(receipt_number)).toThrow('Nothing is left');
  });

  it('is not made of what is not there', async () => {
    const till = await startTill();
    expect(() => till.ringUp({ lines: [{ sku: 'NOTHING' }] })).toThrow('NOTHING');
    expect(() => till.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }], paidBy: 'Gold' })).toThrow('Gold');
    expect(() => till.ringUp({ lines: [{ sku: 'DRINK-MAUBY', modifiers: ['Avocado'] }] })).toThrow('Avocado');
    expect(() => till.voidReceipt('1-1')).toThrow('1-1');
    expect(() => till.refundAtTill('1-1')).toThrow('1-1');
  });
});

describe('a sale with a discount', () => {
  it('is made with the account’s own for online orders', async () => {
    const till = await startTill();
    const [discount] = rowsOf((await till.get('/discounts')).body, 'discounts');
    expect(discount).toMatchObject({ name: 'Online discount', type: 'VARIABLE_AMOUNT' });
    const total_discounts = [{ id: discount?.id, scope: 'RECEIPT', money_amount: 6 }];
    expect(rowOf(await till.sell(await tunaSale(till, { total_discounts })))).toMatchObject({
      total_money: 90,
      total_discount: 6,
      total_tax: 10,
      total_discounts: [
        { id: discount?.id, name: 'Online discount', type: 'VARIABLE_AMOUNT', money_amount: 6 },
      ],
      line_items: [{ gross_total_money: 96, total_money: 90, total_discount: 6 }],
    });
  });

  it('is refused without an amount, and where the line and the receipt disagree', async () => {
    const till = await startTill();
    const [discount] = rowsOf((await till.get('/discounts')).body, 'discounts');
    const id = discount?.id;
    const sale = await tunaSale(till);
    const field = async (changes: Row) => errorOf(await till.sell({ ...sale, ...changes })).field;
    expect(await field({ total_discounts: [{ id, scope: 'RECEIPT' }] })).toBe(
      'object.total_discounts[0].money_amount',
    );
    const line_items = [{ ...sale.line_items[0], line_discounts: [{ id }] }];
    expect(await field({ line_items })).toBe('object.line_items[0].line_discounts[0].id');
    const total_discounts = [{ id, scope: 'LINE_ITEM', money_amount: 6 }];
    expect(rowOf(await till.sell({ ...sale, line_items, total_discounts })).total_money).toBe(90);
  });
});
