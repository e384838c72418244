import { describe, expect, it } from 'vitest';
import { mapItem, mapModifiers, mapTaxes } from '../../../main/pos/loyverse/menu-mapping';
import { type ItemRow, itemSchema, modifierSchema, taxSchema } from '../../../main/pos/loyverse/schemas';
import {
  ARIAPITA,
  itemRows,
  MUCURAPO,
  modifierRows,
  recordedMenu,
  taxRows,
  viewOf,
} from '../../support/loyverse/fixtures';

function itemNamed(name: string): ItemRow {
  const row = itemRows.find((item) => item.item_name === name);
  if (row === undefined) throw new Error(`There is no ${name}.`);
  return row;
}

/** An item of one variant, given by the variant's fields. */
function itemOf(variant: Record<string, unknown>): ItemRow {
  return itemSchema.parse({ id: 'i', item_name: 'Roll', variants: [{ variant_id: 'v', ...variant }] });
}

function firstVariant(row: ItemRow, storeId = ARIAPITA) {
  return mapItem(row, viewOf(storeId))?.variants[0];
}

describe('the menu of one store', () => {
  it('has names, categories, labels, SKUs and prices of that store', () => {
    const [roll] = recordedMenu(MUCURAPO).menu.items;
    expect(roll).toEqual({
      id: '00000081-6b1e-4c52-9d3a-0f5e7a1c2d40',
      name: 'Salmon Roll',
      category: 'Rolls',
      categoryId: '00000041-6b1e-4c52-9d3a-0f5e7a1c2d40',
      variants: [
        {
          id: '00000091-6b1e-4c52-9d3a-0f5e7a1c2d40',
          sku: '10001',
          label: '6 pieces',
          price: 5800,
          available: true,
        },
        {
          id: '00000092-6b1e-4c52-9d3a-0f5e7a1c2d40',
          sku: '10002',
          label: '12 pieces',
          price: 10_000,
          available: true,
        },
      ],
      modifierIds: [],
      taxIds: ['00000051-6b1e-4c52-9d3a-0f5e7a1c2d40'],
      imageUrl: null,
    });
  });

  it('marks what only that store has taken off', () => {
    expect(firstVariant(itemNamed('Miso Soup'), ARIAPITA)?.available).toBe(true);
    expect(firstVariant(itemNamed('Miso Soup'), MUCURAPO)?.available).toBe(false);
  });

  it('has no price where one is typed at the till', () => {
    expect(firstVariant(itemNamed('Delivery'))?.price).toBeNull();
  });

  it('uses the default price where the store has none of its own', () => {
    const prices = [
      itemOf({ default_pricing_type: 'FIXED', default_price: 12.5, stores: [] }),
      itemOf({ default_pricing_type: 'FIXED', default_price: 12.5 }),
      itemOf({ default_price: 12.5, stores: [{ store_id: ARIAPITA, pricing_type: 'FIXED', price: null }] }),
    ].map((row) => firstVariant(row)?.price);
    expect(prices).toEqual([1250, 1250, 1250]);
  });

  it('has everything where no store is listed, and nothing of what only other stores sell', () => {
    expect(firstVariant(itemOf({ default_price: 1, stores: [] }))?.available).toBe(true);
    const stores = [{ store_id: MUCURAPO, price: 1 }];
    expect(mapItem(itemOf({ default_price: 1, stores }), viewOf(ARIAPITA))).toBeNull();
    const both = itemSchema.parse({
      id: 'i',
      item_name: 'Roll',
      variants: [
        { variant_id: 'theirs', default_price: 1, stores },
        { variant_id: 'ours', default_price: 1, stores: [] },
      ],
    });
    expect(mapItem(both, viewOf(ARIAPITA))?.variants.map(({ id }) => id)).toEqual(['ours']);
  });

  it('has no price where this store types it, whatever the others do', () => {
    const stores = [
      { store_id: MUCURAPO, pricing_type: 'FIXED', price: 7 },
      { store_id: ARIAPITA, pricing_type: 'VARIABLE', price: null },
    ];
    const row = itemOf({ default_pricing_type: 'FIXED', default_price: 5, stores });
    expect(firstVariant(row, ARIAPITA)?.price).toBeNull();
    expect(firstVariant(row, MUCURAPO)?.price).toBe(700);
  });

  it.each([
    [['Size', null], ['12 pieces', null], '12 pieces'],
    [['Pieces', null], ['12', null], 'Pieces 12'],
    [['Pieces', 'Heat'], ['12', 'Hot'], 'Pieces 12, Hot'],
    [[null, null], ['12', null], '12'],
    [['Size', 'Heat'], ['', null], ''],
  ])('with the options %j names the variant %j “%s”', ([name1, name2], [value1, value2], label) => {
    const row = itemSchema.parse({
      id: 'i',
      item_name: 'Roll',
      option1_name: name1,
      option2_name: name2,
      variants: [{ variant_id: 'v', option1_value: value1, option2_value: value2 }],
    });
    expect(firstVariant(row)?.label).toBe(label);
  });

  it('reads what nobody expected: emoji, enums of tomorrow, a composite dish, a modifier named twice', () => {
    const row = itemSchema.parse({
      id: 'i',
      item_name: '🍣 Love boat 👩‍👩‍👧‍👦',
      is_composite: true,
      components: [{ variant_id: 'v-soup', quantity: 2 }],
      modifier_ids: ['m', 'm', 'n'],
      tax_ids: ['t', 't'],
      form: 'DODECAHEDRON',
      variants: [{ variant_id: 'v', default_pricing_type: 'DYNAMIC', default_price: 12.345, stores: [] }],
    });
    expect(mapItem(row, viewOf(ARIAPITA))).toMatchObject({
      name: '🍣 Love boat 👩‍👩‍👧‍👦',
      modifierIds: ['m', 'n'],
      taxIds: ['t'],
      variants: [{ price: 1235, available: true }],
    });
  });

  it('loses only the parts that cannot be read', () => {
    const sizes = Array.from({ length: 300 }, (_, size) => ({ variant_id: `v-${size}`, sku: `S-${size}` }));
    const row = itemSchema.parse({
      id: 'i',
      item_name: 'Roll',
      variants: [...sizes, null, { variant_id: null }, { variant_id: 'v', default_price: 'free' }],
    });
    expect(mapItem(row, viewOf(ARIAPITA))?.variants).toHaveLength(300);
    const modifier = modifierSchema.parse({
      id: 'm',
      name: null,
      modifier_options: [{ id: 'a', name: 'Tofu', price: 5 }, { id: 'b', name: null }, null],
    });
    expect(mapModifiers([modifier, modifier], viewOf(ARIAPITA))).toEqual([
      { id: 'm', name: '', options: [{ id: 'a', name: 'Tofu', price: 500 }] },
    ]);
  });

  it('knows both kinds of taxes', () => {
    const added = taxSchema.parse({ id: 't', name: 'City', type: 'ADDED', rate: 3, stores: null });
    expect(mapTaxes([...taxRows, added], ARIAPITA).map(({ kind }) => kind)).toEqual(['included', 'added']);
  });

  it('leaves out deleted items, variants and options', () => {
    const gone = '2026-06-01T00:00:00.000Z';
    expect(mapItem({ ...itemNamed('Miso Soup'), deleted_at: gone }, viewOf(ARIAPITA))).toBeNull();
    expect(mapItem(itemOf({ deleted_at: gone }), viewOf(ARIAPITA))).toBeNull();
    const modifier = modifierSchema.parse({
      id: 'm',
      name: 'Extras',
      modifier_options: [
        { id: 'a', name: 'Tofu', price: 5, deleted_at: gone },
        { id: 'b', name: 'Seaweed', price: 4 },
      ],
    });
    expect(mapModifiers([modifier], viewOf(ARIAPITA))[0]?.options).toEqual([
      { id: 'b', name: 'Seaweed', price: 400 },
    ]);
  });

  it('reads the misspelt field of modifiers that the vendor’s document has', () => {
    const row = itemSchema.parse({
      id: 'i',
      item_name: 'Roll',
      modifiers_ids: ['m'],
      variants: [{ variant_id: 'v' }],
    });
    expect(mapItem(row, viewOf(ARIAPITA))?.modifierIds).toEqual(['m']);
  });

  it('knows only the taxes and modifiers of that store', () => {
    const elsewhere = taxSchema.parse({ id: 't', name: 'City', type: 'ADDED', rate: 3, stores: [MUCURAPO] });
    expect(mapTaxes([...taxRows, elsewhere], ARIAPITA)).toEqual([
      { id: '00000051-6b1e-4c52-9d3a-0f5e7a1c2d40', name: 'VAT', kind: 'included', rate: 12.5 },
    ]);
    const others = modifierRows.map((row) => ({ ...row, stores: [MUCURAPO] }));
    expect(mapModifiers(others, viewOf(ARIAPITA))).toEqual([]);
  });

  it.each([
    [0.1, 10],
    [19.999, 2000],
    [1e-7, 0],
    [1_000_000, 100_000_000],
  ])('turns a price of %s into whole cents', (price, cents) => {
    expect(firstVariant(itemOf({ default_pricing_type: 'FIXED', default_price: price }))?.price).toBe(cents);
  });

  it('reads items with nothing but what is needed, nulls and unknown fields included', () => {
    const bare = { id: 'i', item_name: 'Roll', variants: [{ variant_id: 'v', sku: null, stores: null }] };
    const row = itemSchema.parse({ ...bare, tax_ids: null, image_url: null, something_new: { a: 1 } });
    expect(mapItem(row, viewOf(ARIAPITA))).toEqual({
      id: 'i',
      name: 'Roll',
      category: '',
      categoryId: null,
      variants: [{ id: 'v', sku: '', label: '', price: null, available: true }],
      modifierIds: [],
      taxIds: [],
      imageUrl: null,
    });
  });
});
