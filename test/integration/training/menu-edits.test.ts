import { describe, expect, it } from 'vitest';
import { errorOf, type Row, rowOf, rowsOf, startTill, type Till } from './till';

const NOBODY = '0000dead-6b1e-4c52-9d3a-0f5e7a1c2d40';
const LATER = '2026-11-22T16:01:00.000Z';

async function itemNamed(till: Till, name: string): Promise<Row> {
  return rowOf(await till.get(`/items/${(await till.ids()).item(name)}`));
}

function variantsOf(item: Row): Row[] {
  return rowsOf(item, 'variants');
}

function only(rows: readonly Row[]): Row {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) throw new Error(`${rows.length} rows`);
  return row;
}

describe('an item that is written through the API', () => {
  const NEW = { item_name: 'Gift wrap', variants: [{ default_pricing_type: 'FIXED', default_price: 5 }] };

  it('has what was sent, the next free SKU, an entry for each store, and its own times', async () => {
    const till = await startTill();
    const item = rowOf(await till.post('/items', NEW));
    const store = { pricing_type: 'FIXED', price: 5, available_for_sale: true };
    expect(item).toMatchObject({
      item_name: 'Gift wrap',
      handle: 'gift-wrap',
      track_stock: false,
      created_at: '2026-11-22T16:00:00.000Z',
      variants: [{ sku: '10000', default_price: 5, stores: [store, store] }],
    });
    expect(rowOf(await till.get(`/items/${item.id}`))).toEqual(item);
    const again = rowOf(await till.post('/items', NEW));
    expect(again.id).not.toBe(item.id);
    expect(only(variantsOf(again)).sku).toBe('10001');
  });

  it('is VARIABLE unless told FIXED, and takes no price then', async () => {
    const till = await startTill();
    const write = (variant: object) => till.post('/items', { item_name: 'Extra', variants: [variant] });
    const item = rowOf(await write({}));
    expect(item).toMatchObject({ variants: [{ default_pricing_type: 'VARIABLE', default_price: null }] });
    for (const variant of [{ default_price: 5 }, { default_pricing_type: 'VARIABLE', default_price: 5 }]) {
      const field = 'object.variants[0].default_price';
      expect(errorOf(await write(variant))).toMatchObject({ status: 400, code: 'INVALID_VALUE', field });
    }
    expect(errorOf(await write({ default_pricing_type: 'FIXED' }))).toMatchObject({
      code: 'MISSING_REQUIRED_PARAMETER',
    });
  });

  it('keeps what is absent, clears what is null, and is stamped with its variants', async () => {
    const till = await startTill();
    const before = await itemNamed(till, 'Dragon roll');
    till.pass(60_000);
    const variants = [{ variant_id: only(variantsOf(before)).variant_id }];
    const after = rowOf(await till.post('/items', { id: before.id, description: null, variants }));
    expect(after).toEqual({
      ...before,
      description: null,
      updated_at: LATER,
      variants: [{ ...only(variantsOf(before)), updated_at: LATER }],
    });
  });

  it('cannot be without variants, whether it is new or not', async () => {
    const till = await startTill();
    const { id } = await itemNamed(till, 'Dragon roll');
    for (const body of [
      { id, item_name: 'Dragon roll' },
      { item_name: 'New', variants: [] },
    ]) {
      expect(errorOf(await till.post('/items', body))).toEqual({
        status: 400,
        code: 'INVALID_VALUE',
        details: 'Could not update variants to []',
      });
    }
  });

  it('loses the variants that are not restated', async () => {
    const till = await startTill();
    const before = await itemNamed(till, 'Tuna poke');
    const [regular, large] = variantsOf(before);
    await till.post('/items', { id: before.id, variants: [{ variant_id: large?.variant_id }] });
    expect(variantsOf(await itemNamed(till, 'Tuna poke'))).toHaveLength(1);
    expect((await till.get(`/variants/${regular?.variant_id}`)).status).toBe(404);
    const query = `variants_ids=${regular?.variant_id}`;
    expect(rowsOf((await till.get(`/variants?${query}`)).body, 'variants')).toEqual([]);
    const deleted = rowsOf((await till.get(`/variants?${query}&show_deleted=true`)).body, 'variants');
    expect(deleted).toMatchObject([{ sku: 'POKE-TUNA', deleted_at: '2026-11-22T16:00:00.000Z' }]);
  });

  it('gets another variant only if it has options', async () => {
    const till = await startTill();
    const [roll, poke] = [await itemNamed(till, 'Dragon roll'), await itemNamed(till, 'Tuna poke')];
    const price = { default_pricing_type: 'FIXED', default_price: 90 };
    expect(errorOf(await till.post('/variants', { item_id: roll.id, ...price })).details).toBe(
      `Could not add variant to item with id '${roll.id}' because it has no options.`,
    );
    expect(errorOf(await till.post('/variants', { item_id: poke.id, ...price })).details).toBe(
      'You cannot add or delete options for an existing item with variants.',
    );
    const small = { item_id: poke.id, option1_value: 'Small', sku: 'POKE-TUNA-S', ...price };
    expect((await till.post('/variants', small)).status).toBe(200);
    expect(variantsOf(await itemNamed(till, 'Tuna poke')).map(({ sku }) => sku)).toEqual([
      'POKE-TUNA',
      'POKE-TUNA-L',
      'POKE-TUNA-S',
    ]);
    const named = {
      id: roll.id,
      option1_name: 'Size',
      variants: variantsOf(roll).map(({ variant_id }) => ({ variant_id })),
    };
    expect(errorOf(await till.post('/items', named)).details).toContain('cannot add or delete options');
  });

  it('keeps its last variant', async () => {
    const till = await startTill();
    const [regular, large] = variantsOf(await itemNamed(till, 'Tuna poke'));
    expect((await till.remove(`/variants/${regular?.variant_id}`)).status).toBe(200);
    expect((await till.remove(`/variants/${regular?.variant_id}`)).status).toBe(404);
    expect((await till.remove(`/variants/${large?.variant_id}`)).status).toBe(400);
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['an unknown id', { id: NOBODY }, 'NOT_FOUND object.id'],
    ['an unknown category', { category_id: NOBODY }, 'NOT_FOUND object.category_id'],
    ['an unknown tax', { tax_ids: [NOBODY] }, 'NOT_FOUND object.tax_ids[0]'],
    ['an unknown modifier', { modifier_ids: [NOBODY] }, 'NOT_FOUND object.modifier_ids[0]'],
    ['the name of the documents', { modifiers_ids: [] }, 'BAD_REQUEST object.modifiers_ids'],
    ['a name of 65 letters', { item_name: 'x'.repeat(65) }, 'INVALID_VALUE object.item_name'],
    ['a SKU that is taken', { variants: [{ sku: 'ROLL-DRAGON' }] }, 'INVALID_VALUE object.variants[0].sku'],
    ['a field that nobody may write', { image_url: 'https://example.com' }, 'BAD_REQUEST object.image_url'],
    [
      'an unknown store',
      { variants: [{ stores: [{ store_id: NOBODY }] }] },
      'NOT_FOUND object.variants[0].stores[0].store_id',
    ],
  ];

  it.each(wrong)('is refused for %s, and nothing is written', async (_, changes, expected) => {
    const till = await startTill();
    const { code, field } = errorOf(await till.post('/items', { ...NEW, ...changes }));
    expect(`${code} ${field}`).toBe(expected);
    expect(till.account.items.all()).toHaveLength((await startTill()).account.items.all().length);
  });

  it('is taken by a lenient sandbox without what Loyverse does not know', async () => {
    const till = await startTill({ strict: false });
    const item = rowOf(await till.post('/items', { ...NEW, modifiers_ids: [NOBODY], image_url: 'x' }));
    expect(item).toMatchObject({ modifier_ids: [], image_url: null });
  });
});

describe('an item of the owner', () => {
  it('may have 300 variants, SKUs that are there twice, and no variants at all', async () => {
    const till = await startTill();
    const variants = Array.from({ length: 300 }, (_, n) => ({
      label: `No. ${n}`,
      sku: `HUGE-${n}`,
      price: n,
    }));
    const { id } = till.addItem({ name: 'Huge', option: 'Number', variants });
    expect(variantsOf(rowOf(await till.get(`/items/${id}`)))).toHaveLength(300);
    till.editItem('HUGE-0', (item) => ({
      ...item,
      variants: item.variants.slice(0, 2).map((variant) => ({ ...variant, sku: 'ROLL-DRAGON' })),
    }));
    expect(rowsOf((await till.get('/variants?sku=ROLL-DRAGON')).body, 'variants')).toHaveLength(3);
    till.editItem('ROLL-RAINBOW', (item) => ({ ...item, variants: [] }));
    expect(await itemNamed(till, 'Rainbow roll')).toMatchObject({ variants: [] });
  });
});

describe('a variant that is taken off sale', () => {
  async function hide(storesPartial: 'merge' | 'replace') {
    const till = await startTill();
    till.switches.storesPartial = storesPartial;
    const { id, variants } = await itemNamed(till, 'Dragon roll');
    const [variant] = rowsOf({ variants }, 'variants');
    const body = { variant_id: variant?.variant_id, item_id: id };
    const stores = [{ store_id: till.storeId, available_for_sale: false }];
    return { till, before: variant, after: rowOf(await till.post('/variants', { ...body, stores })) };
  }

  it('keeps its other store where stores are merged, and loses it where they are replaced', async () => {
    const merged = await hide('merge');
    const [here, there] = rowsOf(merged.before, 'stores');
    const hidden = { ...here, available_for_sale: false };
    expect(merged.after).toEqual({
      ...merged.before,
      updated_at: merged.after.updated_at,
      stores: [hidden, there],
    });
    const replaced = await hide('replace');
    expect(replaced.after.stores).toEqual([hidden]);
  });

  it('is a change of its item', async () => {
    const { till } = await hide('merge');
    const query = `updated_at_min=2026-11-22T15:59:00.000Z`;
    const changed = rowsOf((await till.get(`/items?${query}`)).body, 'items');
    expect(changed.map(({ item_name }) => item_name)).toEqual(['Dragon roll']);
    expect(rowsOf((await till.get(`/variants?${query}`)).body, 'variants')).toHaveLength(1);
  });
});

describe('a menu that changes between two reads', () => {
  it('is renamed, repriced, taken off sale, deleted and entered again', async () => {
    const till = await startTill();
    till.switches.catalogueChurn = 1;
    const read = async () => rowsOf((await till.get('/items?limit=250')).body, 'items');
    const [before, after, still] = [await read(), await read(), await read()];
    expect(after).not.toEqual(before);
    expect(still).toEqual(after);
    expect(after.filter(({ item_name }) => /\(\d+\)$/.test(String(item_name)))).toHaveLength(1);
  });

  it('may bring a deleted dish back as it was', async () => {
    const till = await startTill();
    const before = await itemNamed(till, 'Dragon roll');
    till.removeItem('ROLL-DRAGON');
    expect(() => till.renameItem('ROLL-DRAGON', 'x')).toThrow('ROLL-DRAGON');
    till.restoreItem('ROLL-DRAGON');
    expect(await itemNamed(till, 'Dragon roll')).toEqual({
      ...before,
      updated_at: '2026-11-22T16:00:00.000Z',
      variants: variantsOf(before).map((row) => ({ ...row, updated_at: '2026-11-22T16:00:00.000Z' })),
    });
  });

  it('may be edited in one store alone', async () => {
    const till = await startTill();
    till.setPrice('ROLL-DRAGON', 9_900, till.storeId);
    till.setAvailable('ROLL-DRAGON', false, till.storeId);
    expect(only(variantsOf(await itemNamed(till, 'Dragon roll')))).toMatchObject({
      default_price: 88,
      stores: [
        { price: 99, available_for_sale: false },
        { price: 88, available_for_sale: true },
      ],
    });
  });
});
