import { describe, expect, it } from 'vitest';
import { errorOf, rowOf, rowsOf, startTill, textOf } from './till';

const NOBODY = '0000dead-6b1e-4c52-9d3a-0f5e7a1c2d40';
const LATER = '2026-11-22T16:01:00.000Z';

describe('what is deleted', () => {
  const made: readonly (readonly [string, object, 'gone' | 'readable'])[] = [
    ['taxes', { name: 'Levy', type: 'ADDED', rate: 5 }, 'gone'],
    ['discounts', { name: 'Staff', type: 'FIXED_PERCENT', discount_percent: 20 }, 'gone'],
    ['modifiers', { name: 'Heat', modifier_options: [{ name: 'Mild' }, { name: 'Hot', price: 2 }] }, 'gone'],
    ['customers', { name: 'Jane D.', email: 'jane@example.com' }, 'gone'],
    ['pos_devices', { name: 'Second till', store_id: '' }, 'gone'],
    ['items', { item_name: 'Gift wrap', variants: [{}] }, 'gone'],
    ['categories', { name: 'Specials' }, 'readable'],
    ['suppliers', { name: 'Fish market' }, 'readable'],
  ];

  it.each(made)('of %s is hidden in lists', async (path, body, after) => {
    const till = await startTill();
    const row = rowOf(
      await till.post(`/${path}`, path === 'pos_devices' ? { ...body, store_id: till.storeId } : body),
    );
    const id = textOf(row, 'id');
    const ids = async (query: string) =>
      rowsOf((await till.get(`/${path}${query}`)).body, path).map((one) => one.id);
    expect(await ids('?limit=250')).toContain(id);
    expect(rowOf(await till.get(`/${path}/${id}`))).toEqual(row);
    expect(rowOf(await till.remove(`/${path}/${id}`))).toEqual({ deleted_object_ids: [id] });
    expect(await ids('?limit=250')).not.toContain(id);
    if (path !== 'customers') expect(await ids('?limit=250&show_deleted=true')).toContain(id);
    const read = await till.get(`/${path}/${id}`);
    if (after === 'gone') expect(errorOf(read)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    else expect(rowOf(read)).toMatchObject({ deleted_at: '2026-11-22T16:00:00.000Z' });
    expect((await till.remove(`/${path}/${id}`)).status).toBe(404);
    expect((await till.post(`/${path}`, { ...body, id })).status).toBe(404);
  });
});

describe('other rows of the menu', () => {
  it('are updated by their id: what is absent stays', async () => {
    const till = await startTill();
    const heat = rowOf(await till.post('/modifiers', { name: 'Heat', modifier_options: [{ name: 'Mild' }] }));
    const [mild] = rowsOf(heat, 'modifier_options');
    till.pass(60_000);
    const options = [
      { id: mild?.id, name: 'Medium' },
      { name: 'Hot', price: 2 },
    ];
    expect(rowOf(await till.post('/modifiers', { id: heat.id, modifier_options: options }))).toMatchObject({
      name: 'Heat',
      created_at: heat.created_at,
      updated_at: LATER,
      modifier_options: [
        { id: mild?.id, name: 'Medium', price: 0 },
        { name: 'Hot', price: 2, position: 1 },
      ],
    });
  });

  it('have only the amount that belongs to their type', async () => {
    const till = await startTill();
    const write = (body: object) => till.post('/discounts', { name: 'Less', ...body });
    const percent = rowOf(await write({ type: 'FIXED_PERCENT', discount_percent: 5, discount_amount: 3 }));
    expect([percent.discount_percent, 'discount_amount' in percent]).toEqual([5, false]);
    const open = rowOf(await write({ type: 'VARIABLE_AMOUNT' }));
    expect(['discount_percent' in open, 'discount_amount' in open]).toEqual([false, false]);
    expect(errorOf(await write({ type: 'FIXED_AMOUNT' })).field).toBe('object.discount_amount');
  });

  it('of a renamed category change nothing that can be filtered', async () => {
    const till = await startTill();
    const [category] = rowsOf((await till.get('/categories')).body, 'categories');
    till.pass(60_000);
    const renamed = rowOf(await till.post('/categories', { id: category?.id, name: 'Nigiri sushi' }));
    expect(renamed).toEqual({ ...category, name: 'Nigiri sushi' });
    expect(rowsOf((await till.get(`/items?updated_at_min=${LATER}`)).body, 'items')).toEqual([]);
  });

  it('of a customer are found by the e-mail address', async () => {
    const till = await startTill();
    const jane = rowOf(await till.post('/customers', { name: 'Jane', email: 'jane@example.com' }));
    const again = rowOf(await till.post('/customers', { name: 'Jane D.', email: 'jane@example.com' }));
    expect([again.id, again.name]).toEqual([jane.id, 'Jane D.']);
    const found = rowsOf((await till.get('/customers?email=jane@example.com')).body, 'customers');
    expect(found).toEqual([again]);
  });
});

describe('a read by the wrong name', () => {
  it.each([
    ['variants', 'variants_ids', 'variant_ids'],
    ['modifiers', 'modifier_ids', 'modifiers_ids'],
    ['taxes', 'tax_ids', 'taxes_ids'],
    ['discounts', 'discount_ids', 'discounts_ids'],
    ['pos_devices', 'store_id', 'store_ids'],
  ])('of %s gives everything: %s, not %s', async (path, right, wrong) => {
    const till = await startTill({ strict: false });
    const count = async (query: string) => rowsOf((await till.get(`/${path}${query}`)).body, path).length;
    const all = await count('');
    expect(all).toBeGreaterThan(0);
    expect([await count(`?${right}=${NOBODY}`), await count(`?${wrong}=${NOBODY}`)]).toEqual([0, all]);
  });
});

describe('a filter by time', () => {
  const MIN = 'created_at_min=2026-11-22T15:00:00.000Z';

  it.each([
    ['categories', 'created_at_min'],
    ['categories', 'updated_at_min'],
    ['suppliers', 'updated_at_min'],
    ['inventory', 'created_at_min'],
    ['shifts', 'updated_at_min'],
    ['pos_devices', 'created_at_min'],
    ['customers', 'show_deleted'],
  ])('that %s do not have is a mistake: %s', async (path, name) => {
    const value = name === 'show_deleted' ? 'true' : '2026-11-22T15:00:00.000Z';
    const till = await startTill();
    expect(errorOf(await till.get(`/${path}?${name}=${value}`))).toMatchObject({ status: 400, field: name });
    const lenient = await startTill({ strict: false });
    expect((await lenient.get(`/${path}?${name}=${value}`)).body).toEqual(
      (await lenient.get(`/${path}`)).body,
    );
  });

  it.each(['taxes', 'discounts', 'modifiers', 'stores', 'payment_types', 'employees'])(
    'of %s',
    async (path) => {
      const till = await startTill();
      expect(rowsOf((await till.get(`/${path}?${MIN}`)).body, path)).toEqual([]);
      expect(rowsOf((await till.get(`/${path}`)).body, path).length).toBeGreaterThan(0);
    },
  );

  it('of stock finds what was moved since', async () => {
    const till = await startTill({ extras: true });
    till.pass(60_000);
    till.setStock('PRACTICE-SHANDY', 3, till.storeId);
    const { body } = await till.get(`/inventory?updated_at_min=${LATER}`);
    expect(rowsOf(body, 'inventory_levels')).toMatchObject([{ store_id: till.storeId, in_stock: 3 }]);
  });
});
