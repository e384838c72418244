import { describe, expect, it } from 'vitest';
import { errorOf, rowsOf, startTill, type Till, tunaSale } from './till';

/** Another first line. */
async function saleWithLine(till: Till, changes: Record<string, unknown>) {
  const sale = await tunaSale(till);
  return { ...sale, line_items: [{ ...sale.line_items[0], ...changes }] };
}

describe('a sale', () => {
  it('becomes a receipt with sums of the till’s own', async () => {
    const till = await startTill();
    const { status, body } = await till.sell(await tunaSale(till));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      receipt_number: '1001',
      receipt_type: 'SALE',
      order: 'W-1',
      source: 'Tillside',
      created_at: '2026-11-22T16:00:00.000Z',
      receipt_date: '2026-11-22T15:59:00.000Z',
      total_money: 96,
      total_tax: 10.67,
      employee_id: null,
      pos_device_id: null,
      dining_option: null,
      store_id: till.storeId,
      line_items: [
        {
          item_name: 'Spicy tuna roll',
          sku: 'ROLL-SPICY-TUNA',
          quantity: 2,
          price: 45,
          gross_total_money: 96,
          line_note: 'no sesame',
          line_modifiers: [{ name: 'Condiments', option: 'Extra wasabi', price: 3 }],
        },
      ],
      payments: [{ name: 'Online', type: 'OTHER', money_amount: 96, paid_at: '2026-11-22T15:59:00.000Z' }],
    });
    expect(till.receipts()).toEqual([body]);
    expect((await till.get('/receipts/1001')).body).toEqual(body);
  });

  it('has prices, times and a source of its own when the caller names none', async () => {
    const till = await startTill();
    const ids = await till.ids();
    const { body } = await till.sell({
      store_id: till.storeId,
      line_items: [
        {
          variant_id: ids.variant('POKE-TUNA-L'),
          quantity: 1,
          line_modifiers: [{ modifier_option_id: ids.option('Avocado') }],
        },
      ],
      payments: [{ payment_type_id: ids.paymentType('Cash') }],
    });
    expect(body).toMatchObject({
      total_money: 107,
      total_tax: 0,
      order: null,
      note: null,
      source: 'Training token',
      receipt_date: '2026-11-22T16:00:00.000Z',
      line_items: [{ variant_name: 'Large', price: 98, line_taxes: [] }],
      payments: [{ type: 'CASH', paid_at: '2026-11-22T16:00:00.000Z' }],
    });
  });

  it('takes the next number, and a refused one takes none', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    await till.sell(sale);
    await till.sell({ ...sale, payments: [] });
    expect((await till.sell(sale)).body).toMatchObject({ receipt_number: '1002' });
  });

  it('is made twice when it is sent twice: nothing tells that it is the same', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    await Promise.all([till.sell(sale), till.sell(sale)]);
    expect(till.receipts().map(({ order }) => order)).toEqual(['W-1', 'W-1']);
  });

  it('is told to who listens, until they stop', async () => {
    const till = await startTill();
    const heard: string[] = [];
    const stop = till.onReceipt(({ receipt_number }) => heard.push(receipt_number));
    const sale = await tunaSale(till);
    await till.sell(sale);
    stop();
    await till.sell(sale);
    expect(heard).toEqual(['1001']);
  });

  it('may be of a dish that is not for sale, but not of one that is deleted', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    till.setAvailable('ROLL-SPICY-TUNA', false);
    expect((await till.sell(sale)).status).toBe(200);
    till.removeItem('ROLL-SPICY-TUNA');
    expect((await till.sell(sale)).status).toBe(404);
  });

  it('may name the employee of the account', async () => {
    const till = await startTill();
    const [cashier] = rowsOf((await till.get('/employees')).body, 'employees');
    const { body } = await till.sell(await tunaSale(till, { employee_id: cashier?.id }));
    expect(body).toMatchObject({ employee_id: cashier?.id });
  });
});

const NOBODY = '0000dead-6b1e-4c52-9d3a-0f5e7a1c2d40';

describe('a sale that is refused', () => {
  const unknown: readonly (readonly [string, Record<string, unknown> | ((till: Till) => Promise<object>)])[] =
    [
      ['object.store_id', { store_id: NOBODY }],
      ['object.employee_id', { employee_id: NOBODY }],
      ['object.customer_id', { customer_id: NOBODY }],
      ['object.total_discounts[0].id', { total_discounts: [{ id: NOBODY, scope: 'RECEIPT' }] }],
      ['object.payments[0].payment_type_id', { payments: [{ payment_type_id: NOBODY }] }],
      ['object.line_items[0].variant_id', (till) => saleWithLine(till, { variant_id: NOBODY })],
      [
        'object.line_items[0].line_taxes[0].id',
        (till) => saleWithLine(till, { line_taxes: [{ id: NOBODY }] }),
      ],
      [
        'object.line_items[0].line_discounts[0].id',
        (till) => saleWithLine(till, { line_discounts: [{ id: NOBODY }] }),
      ],
      [
        'object.line_items[0].line_modifiers[0].modifier_option_id',
        (till) => saleWithLine(till, { line_modifiers: [{ modifier_option_id: NOBODY }] }),
      ],
    ];

  it.each(unknown)('names an id that nobody knows: %s', async (field, changes) => {
    const till = await startTill();
    const sale = typeof changes === 'function' ? await changes(till) : await tunaSale(till, changes);
    expect(errorOf(await till.sell(sale))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
      details: `The resource with ID '${NOBODY}' not found`,
      field,
    });
    expect(till.receipts()).toEqual([]);
  });

  it('says where it missed the payments', async () => {
    const till = await startTill();
    const sale = JSON.stringify(await tunaSale(till, { payments: undefined }));
    expect(errorOf(await till.sell(sale))).toEqual({
      status: 400,
      code: 'MISSING_REQUIRED_PARAMETER',
      details: 'Field must be set',
      field: `object.payments (line: 1, column: ${sale.length})`,
    });
  });

  const wrong: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['no store', { store_id: undefined }, 'MISSING_REQUIRED_PARAMETER object.store_id'],
    ['no lines', { line_items: undefined }, 'MISSING_REQUIRED_PARAMETER object.line_items'],
    ['an empty list of lines', { line_items: [] }, 'INVALID_VALUE object.line_items'],
    ['an empty list of payments', { payments: [] }, 'INVALID_VALUE object.payments'],
    [
      'two payments',
      { payments: [{ payment_type_id: '' }, { payment_type_id: '' }] },
      'INVALID_VALUE object.payments',
    ],
    [
      'a payment of no type',
      { payments: [{}] },
      'MISSING_REQUIRED_PARAMETER object.payments[0].payment_type_id',
    ],
    ['a number for a store', { store_id: 21 }, 'INCORRECT_VALUE_TYPE object.store_id'],
    [
      'a time with an offset',
      { receipt_date: '2026-11-22T12:00:00-04:00' },
      'INVALID_VALUE object.receipt_date',
    ],
    ['an order of 65 letters', { order: 'x'.repeat(65) }, 'INVALID_VALUE object.order'],
    ['a note of 501 letters', { note: 'x'.repeat(501) }, 'INVALID_VALUE object.note'],
    ['a dining option', { dining_option: 'Dine in' }, 'BAD_REQUEST object.dining_option'],
  ];

  it.each(wrong)('has %s', async (_, changes, expected) => {
    const till = await startTill();
    const { status, code, field } = errorOf(await till.sell(await tunaSale(till, changes)));
    expect([status, `${code} ${String(field).replace(/ \(.*/, '')}`]).toEqual([400, expected]);
    expect(till.receipts()).toEqual([]);
  });

  const wrongLines: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['no variant', { variant_id: undefined }, 'MISSING_REQUIRED_PARAMETER object.line_items[0].variant_id'],
    ['no quantity', { quantity: undefined }, 'MISSING_REQUIRED_PARAMETER object.line_items[0].quantity'],
    ['a quantity of 0', { quantity: 0 }, 'INVALID_VALUE object.line_items[0].quantity'],
    ['a quantity in words', { quantity: 'two' }, 'INCORRECT_VALUE_TYPE object.line_items[0].quantity'],
    ['a price below zero', { price: -1 }, 'INVALID_VALUE object.line_items[0].price'],
    ['a name beside the variant', { item_name: 'Tuna' }, 'BAD_REQUEST object.line_items[0].item_name'],
    ['misspelt modifiers', { modifiers: [] }, 'BAD_REQUEST object.line_items[0].modifiers'],
    ['a note of 501 letters', { line_note: 'x'.repeat(501) }, 'INVALID_VALUE object.line_items[0].line_note'],
  ];

  it.each(wrongLines)('has a line with %s', async (_, changes, expected) => {
    const till = await startTill();
    const { status, code, field } = errorOf(await till.sell(await saleWithLine(till, changes)));
    expect([status, `${code} ${field}`]).toEqual([400, expected]);
  });

  it('has a modifier that the dish does not offer', async () => {
    const till = await startTill();
    const option = (await till.ids()).option('Avocado');
    const sale = await saleWithLine(till, {
      variant_id: (await till.ids()).variant('NIGIRI-TUNA-2'),
      line_modifiers: [{ modifier_option_id: option }],
    });
    expect(errorOf(await till.sell(sale))).toMatchObject({
      status: 400,
      field: 'object.line_items[0].line_modifiers[0].modifier_option_id',
    });
  });

  it('has no price for a dish whose price is typed at the till', async () => {
    const till = await startTill();
    const fee = (await till.ids()).variant('FEE-DELIVERY');
    const line = { variant_id: fee, price: undefined, line_modifiers: [] };
    const { field } = errorOf(await till.sell(await saleWithLine(till, line)));
    expect(field).toBe('object.line_items[0].price');
    expect((await till.sell(await saleWithLine(till, { ...line, price: 20 }))).body).toMatchObject({
      total_money: 40,
    });
  });

  it('is not JSON, or does not say that it is', async () => {
    const till = await startTill();
    expect(errorOf(await till.sell('{"store_id":'))).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    const authorization = `Bearer ${till.token}`;
    const plain = await fetch(`${till.url}/receipts`, {
      method: 'POST',
      headers: { authorization },
      body: '{}',
    });
    expect(plain.status).toBe(415);
  });

  it('is taken in by a lenient sandbox, without what Loyverse does not know', async () => {
    const till = await startTill({ strict: false });
    const sale = await saleWithLine(till, { line_modifiers: undefined, modifiers: [{ price: 3 }] });
    const { status, body } = await till.sell({ ...sale, dining_option: 'Dine in', note: 'x'.repeat(501) });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total_money: 90,
      dining_option: null,
      line_items: [{ line_modifiers: [] }],
    });
  });
});

describe('the list of receipts', () => {
  async function tillWithSales() {
    const till = await startTill();
    const [first, second] = (await till.ids()).stores;
    const sale = await tunaSale(till);
    await till.sell({ ...sale, order: 'W-1' });
    await till.sell({ ...sale, order: 'W-12' });
    till.pass(60_000);
    await till.sell({ ...sale, order: 'W-1', store_id: second });
    await till.sell({ ...sale, order: 'W-1', source: 'Another app' });
    const numbers = async (query: string) =>
      rowsOf((await till.get(`/receipts?${query}`)).body, 'receipts').map(
        ({ receipt_number }) => receipt_number,
      );
    return { till, numbers, first, second };
  }

  it('begins with the newest', async () => {
    const { numbers } = await tillWithSales();
    expect(await numbers('')).toEqual(['1004', '1003', '1002', '1001']);
  });

  it('is filtered by store, order, source and numbers', async () => {
    const { numbers, first, second } = await tillWithSales();
    expect(await numbers(`store_id=${first}`)).toEqual(['1004', '1002', '1001']);
    expect(await numbers(`store_id=${second}`)).toEqual(['1003']);
    expect(await numbers('order=W-1')).toEqual(['1004', '1003', '1001']);
    expect(await numbers('source=Another%20app')).toEqual(['1004']);
    expect(await numbers('receipt_numbers=1001,1004')).toEqual(['1004', '1001']);
    expect(await numbers(`store_id=${first}&source=Tillside&order=W-1`)).toEqual(['1001']);
    expect(await numbers('order=W-2')).toEqual([]);
  });

  it('is filtered by time, both ends included', async () => {
    const { numbers } = await tillWithSales();
    expect(await numbers('created_at_min=2026-11-22T16:01:00.000Z')).toEqual(['1004', '1003']);
    expect(await numbers('created_at_min=2026-11-22T16:01:00.001Z')).toEqual([]);
    expect(await numbers('created_at_max=2026-11-22T16:00:00.000Z')).toEqual(['1002', '1001']);
    expect(await numbers('since_receipt_number=1003')).toEqual(['1004', '1003']);
    expect(await numbers('before_receipt_number=1003')).toEqual(['1002', '1001']);
  });

  it('keeps its pages while new sales are made', async () => {
    const { till, numbers } = await tillWithSales();
    const { body } = await till.get('/receipts?limit=2');
    await till.sell(await tunaSale(till));
    const { cursor } = body as { cursor: string };
    expect(await numbers(`limit=2&cursor=${encodeURIComponent(cursor)}`)).toEqual(['1002', '1001']);
  });

  it('has no parameter beside the number, nor has a sale or a dish', async () => {
    for (const strict of [true, false]) {
      const till = await startTill({ strict });
      const sale = await tunaSale(till);
      await till.sell(sale);
      const dish = (await till.ids()).item('Dragon roll');
      const answers = [
        await till.get('/receipts/1001?fields=order'),
        await till.get(`/items/${dish}?fields=id`),
        await till.sell(sale, '?fields=order'),
      ];
      const refused = { status: 400, body: { errors: [{ code: 'BAD_REQUEST', field: 'fields' }] } };
      for (const answer of answers) expect(answer).toMatchObject(strict ? refused : { status: 200 });
      expect(till.receipts()).toHaveLength(strict ? 1 : 2);
    }
  });

  it('knows no receipt that was never made', async () => {
    const { till } = await tillWithSales();
    expect(errorOf(await till.get('/receipts/1-1001'))).toMatchObject({
      status: 404,
      details: "The resource with ID '1-1001' not found",
    });
  });
});
