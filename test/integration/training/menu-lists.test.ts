import { describe, expect, it } from 'vitest';
import { type Answer, cursorOf, errorOf, NOON, rowsOf, startTill, type Till } from './till';

async function allPages(till: Till, path: string, key: string) {
  const pages: Answer[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; cursor = cursorOf(pages.at(-1)?.body)) {
    pages.push(await till.get(cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`));
  }
  return pages.map(({ body }) => rowsOf(body, key));
}

describe('the account', () => {
  it('counts in Trinidad and Tobago dollars, with and without a slash at the end of the path', async () => {
    const till = await startTill();
    const { body } = await till.get('/merchant/');
    expect(body).toMatchObject({
      business_name: 'Training Sushi',
      currency: { code: 'TTD', decimal_places: 2 },
    });
    expect((await till.get('/merchant')).body).toEqual(body);
  });

  it('has two stores, Ariapita first, three ways to pay, and VAT in the prices', async () => {
    const till = await startTill();
    const stores = rowsOf((await till.get('/stores')).body, 'stores');
    expect(stores.map(({ name }) => name)).toEqual(['Ariapita', 'San Fernando']);
    expect(stores[0]?.id).toBe(till.storeId);
    const types = rowsOf((await till.get('/payment_types')).body, 'payment_types');
    expect(types.map(({ name, type }) => [name, type])).toEqual([
      ['Cash', 'CASH'],
      ['Card', 'NONINTEGRATEDCARD'],
      ['Online', 'OTHER'],
    ]);
    const taxes = rowsOf((await till.get('/taxes')).body, 'taxes');
    expect(taxes).toMatchObject([{ name: 'VAT', type: 'INCLUDED', rate: 12.5 }]);
  });

  it('keeps its ids from one start to the next', async () => {
    const [one, other] = [await startTill(), await startTill()];
    expect((await one.get('/items?limit=250')).body).toEqual((await other.get('/items?limit=250')).body);
  });

  it('tells its own time in every answer', async () => {
    const till = await startTill();
    till.pass(3_600_000);
    const { headers } = await till.get('/stores');
    expect(headers.get('date')).toBe('Sun, 22 Nov 2026 17:00:00 GMT');
  });

  it('says so when a token is wrong or missing', async () => {
    const till = await startTill();
    for (const authorization of ['', 'Bearer somebody-else', till.token]) {
      const response = await fetch(`${till.url}/merchant/`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        errors: [{ code: 'UNAUTHORIZED', details: 'Access token is not valid.' }],
      });
    }
  });

  it('has no other paths', async () => {
    const till = await startTill();
    for (const path of ['/orders', '/tickets']) {
      expect(errorOf(await till.get(path))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  });
});

describe('pages of a list', () => {
  it('hold 50 rows unless told otherwise, and all rows together make the list', async () => {
    const till = await startTill({ items: 120 });
    const pages = await allPages(till, '/items?', 'items');
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(120);
  });

  it('end without a cursor even when the last one is full', async () => {
    const till = await startTill({ items: 100 });
    const pages = await allPages(till, '/items?limit=50', 'items');
    expect(pages.map((page) => page.length)).toEqual([50, 50]);
    const { body } = await till.get('/items?limit=250');
    expect(Object.keys(body as object)).toEqual(['items']);
  });

  it('go on behind an item that is deleted meanwhile', async () => {
    const till = await startTill({ items: 10 });
    const first = await till.get('/items?limit=7');
    till.removeItem('NIGIRI-SNAPPER-2');
    const cursor = encodeURIComponent(cursorOf(first.body) ?? '');
    const second = rowsOf((await till.get(`/items?limit=7&cursor=${cursor}`)).body, 'items');
    expect(second).toHaveLength(3);
  });

  it.each(['0', '251', '-1', 'ten', '1e2', ''])('refuse a limit of "%s"', async (limit) => {
    const till = await startTill();
    expect(errorOf(await till.get(`/items?limit=${limit}`))).toEqual({
      status: 400,
      code: 'INVALID_VALUE',
      details: 'Value must be between 1 and 250',
      field: 'limit',
    });
  });

  it.each(['garbage', 'e30=', ''])('refuse the cursor "%s"', async (cursor) => {
    const till = await startTill();
    expect(errorOf(await till.get(`/items?cursor=${encodeURIComponent(cursor)}`))).toEqual({
      status: 400,
      code: 'INVALID_CURSOR',
      details: 'The pagination cursor is incorrect',
      field: 'cursor',
    });
  });

  it('want the same filters on each page, or go on with the first ones when they are lenient', async () => {
    const filter = 'show_deleted=true&limit=10';
    for (const strict of [true, false]) {
      const till = await startTill({ strict });
      const cursor = encodeURIComponent(cursorOf((await till.get(`/items?${filter}`)).body) ?? '');
      expect((await till.get(`/items?${filter}&cursor=${cursor}`)).status).toBe(200);
      expect((await till.get(`/items?limit=10&cursor=${cursor}`)).status).toBe(strict ? 400 : 200);
    }
  });

  it('do not exist where Loyverse gives everything at once', async () => {
    const till = await startTill();
    const { body } = await till.get('/stores?limit=1');
    expect(rowsOf(body, 'stores')).toHaveLength(2);
    expect(cursorOf(body)).toBeUndefined();
  });
});

describe('a menu that changes', () => {
  const SINCE = new Date(NOON - 60_000).toISOString();
  const FIXED_20 = { pricing_type: 'FIXED', price: 20 };
  const changes = (till: Till) => till.get(`/items?updated_at_min=${SINCE}&show_deleted=true`);

  it('starts without changes', async () => {
    expect(rowsOf((await changes(await startTill())).body, 'items')).toEqual([]);
  });

  it('shows what is new, dearer, sold out and gone, and nothing else', async () => {
    const till = await startTill();
    till.addItem({
      name: 'Callaloo roll',
      category: 'Special rolls',
      variants: [{ sku: 'ROLL-CALLALOO', price: 5_550 }],
    });
    till.setPrice('ROLL-DRAGON', 9_000);
    till.setAvailable('ROLL-RAINBOW', false);
    till.removeItem('ROLL-VOLCANO');
    const rows = rowsOf((await changes(till)).body, 'items');
    expect(rows.map(({ item_name }) => item_name)).toEqual([
      'Dragon roll',
      'Rainbow roll',
      'Volcano roll',
      'Callaloo roll',
    ]);
    expect(rows[0]).toMatchObject({
      updated_at: '2026-11-22T16:00:00.000Z',
      variants: [
        { updated_at: '2026-11-22T16:00:00.000Z', default_price: 90, stores: [{ price: 90 }, { price: 90 }] },
      ],
    });
    expect(rows[1]).toMatchObject({
      variants: [{ stores: [{ available_for_sale: false }, { available_for_sale: false }] }],
    });
    expect(rows[2]).toMatchObject({ deleted_at: '2026-11-22T16:00:00.000Z' });
    expect(rows[3]).toMatchObject({ variants: [{ sku: 'ROLL-CALLALOO', default_price: 55.5 }] });
  });

  it('gives a dish that is deleted and entered again new ids, so that each row is there once', async () => {
    const till = await startTill();
    const before = await till.ids();
    till.removeItem('ROLL-SPICY-TUNA');
    const again = { name: 'Spicy tuna roll', variants: [{ sku: 'ROLL-SPICY-TUNA', price: 4_800 }] };
    till.addItem(again);
    till.setPrice('ROLL-SPICY-TUNA', 4_900);
    const rows = rowsOf((await changes(till)).body, 'items');
    expect(rows).toMatchObject([
      { id: before.item('Spicy tuna roll'), deleted_at: '2026-11-22T16:00:00.000Z' },
      { deleted_at: null, variants: [{ sku: 'ROLL-SPICY-TUNA', default_price: 49 }] },
    ]);
    const after = await till.ids();
    expect(after.item('Spicy tuna roll')).not.toBe(before.item('Spicy tuna roll'));
    expect(after.variant('ROLL-SPICY-TUNA')).not.toBe(before.variant('ROLL-SPICY-TUNA'));
    expect(() => till.addItem(again)).toThrow('ROLL-SPICY-TUNA');
    till.removeItem('ROLL-SPICY-TUNA');
    expect(() => till.removeItem('ROLL-SPICY-TUNA')).toThrow('ROLL-SPICY-TUNA');
  });

  it('shows a new name, and a price where staff typed it until now', async () => {
    const till = await startTill();
    const before = await till.ids();
    till.renameItem('ROLL-DRAGON', 'Dragon roll deluxe');
    till.setPrice('FEE-DELIVERY', 2_000);
    expect(rowsOf((await changes(till)).body, 'items')).toMatchObject([
      { id: before.item('Dragon roll'), item_name: 'Dragon roll deluxe' },
      {
        item_name: 'Delivery',
        variants: [{ default_pricing_type: 'FIXED', default_price: 20, stores: [FIXED_20, FIXED_20] }],
      },
    ]);
  });

  it('hides deleted items unless they are asked for', async () => {
    const till = await startTill();
    const before = await till.ids();
    till.removeItem('ROLL-VOLCANO');
    const rows = rowsOf((await till.get('/items?limit=250')).body, 'items');
    expect(rows.map(({ item_name }) => item_name)).not.toContain('Volcano roll');
    const id = before.item('Volcano roll');
    expect(errorOf(await till.get(`/items/${id}`))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await till.get(`/items/${before.item('Dragon roll')}`)).body).toMatchObject({
      item_name: 'Dragon roll',
    });
  });

  it('is filtered by ids under the names that Loyverse gives them', async () => {
    const till = await startTill();
    const ids = await till.ids();
    const wanted = `${ids.item('Dragon roll')},${ids.item('Mauby')}`;
    const rows = rowsOf((await till.get(`/items?items_ids=${wanted}`)).body, 'items');
    expect(rows.map(({ item_name }) => item_name)).toEqual(['Dragon roll', 'Mauby']);
  });

  it.each(['2026-11-22T16:00:00Z', '2026-11-22T16:00:00.000000+00:00', '2026-13-22T16:00:00.000Z', 'today'])(
    'takes no time like %s',
    async (time) => {
      const till = await startTill();
      const answer = await till.get(`/items?updated_at_min=${encodeURIComponent(time)}`);
      expect(errorOf(answer)).toMatchObject({ status: 400, code: 'INVALID_VALUE', field: 'updated_at_min' });
    },
  );

  it('takes no span that ends before it begins', async () => {
    const till = await startTill();
    const span = 'updated_at_min=2026-11-22T16:00:00.000Z&updated_at_max=2026-11-22T15:00:00.000Z';
    expect(errorOf(await till.get(`/items?${span}`))).toMatchObject({ status: 400, code: 'INVALID_RANGE' });
  });
});

describe('a misspelt parameter', () => {
  const MISSPELT = [
    '/items?updated_since=x',
    '/items?item_ids=x',
    '/categories?updated_at_min=x',
    '/merchant?a=b',
  ];

  it.each(MISSPELT)('is named by a strict sandbox: %s', async (path) => {
    const till = await startTill();
    const name = path.split(/[?=]/)[1];
    expect(errorOf(await till.get(path))).toMatchObject({ status: 400, code: 'BAD_REQUEST', field: name });
  });

  it.each(MISSPELT)('is ignored without a word by a lenient one: %s', async (path) => {
    const till = await startTill({ strict: false });
    expect((await till.get(path)).body).toEqual((await till.get(path.split('?')[0] ?? '')).body);
  });
});
