import { describe, expect, it } from 'vitest';
import { indexMenu, type MenuItem, type MenuVariant } from '../../../main/core/menu';

function variant(id: string, changes: Partial<MenuVariant> = {}): MenuVariant {
  return { id, sku: '', label: '', price: 100, available: true, ...changes };
}

function item(id: string, ...variants: MenuVariant[]): MenuItem {
  return {
    id,
    name: id,
    category: '',
    categoryId: null,
    variants,
    modifierIds: [],
    taxIds: [],
    imageUrl: null,
  };
}

function index(...items: MenuItem[]) {
  return indexMenu({ items, modifiers: [], taxes: [] });
}

describe('a SKU that two dishes have', () => {
  const on = variant('on', { sku: 'A' });
  const off = variant('off', { sku: 'A', available: false });
  const alsoOn = variant('also-on', { sku: 'A' });

  it.each([
    ['the one on sale', [off, on], 'on'],
    ['the one on sale, whichever comes first', [on, off], 'on'],
    ['the first of those on sale', [off, on, alsoOn], 'on'],
    ['the first when none is on sale', [off, variant('other', { sku: 'A', available: false })], 'off'],
  ])('means %s', (_, variants, expected) => {
    const menu = index(...variants.map((one) => item(`item ${one.id}`, one)));
    expect(menu.variant({ variant_id: null, sku: 'A' })?.variant.id).toBe(expected);
    expect(menu.doubledSkus).toEqual(['A']);
  });

  it('does not matter to an order that names the variant', () => {
    const menu = index(item('one', on), item('two', off));
    expect(menu.variant({ variant_id: 'off', sku: 'A' })?.variant.id).toBe('off');
  });

  it('is told once, and one that nobody typed is none', () => {
    expect(index(item('one', on, alsoOn, off)).doubledSkus).toEqual(['A']);
    expect(index(item('one', variant('x'), variant('y'))).doubledSkus).toEqual([]);
  });
});

describe('a long menu', () => {
  it('is found whole: 300 sizes of a dish, hundreds of dishes', () => {
    const sizes = Array.from({ length: 300 }, (_, n) => variant(`size-${n}`, { sku: `SIZE-${n}` }));
    const dishes = Array.from({ length: 450 }, (_, n) =>
      item(`dish-${n}`, variant(`v-${n}`, { sku: `S-${n}` })),
    );
    const menu = index(item('boat', ...sizes), ...dishes);
    expect(menu.variant({ variant_id: null, sku: 'SIZE-299' })?.item.id).toBe('boat');
    for (const n of [0, 98, 99, 100, 449]) {
      expect(menu.variant({ variant_id: `v-${n}`, sku: null })?.item.id).toBe(`dish-${n}`);
    }
    expect(menu.doubledSkus).toEqual([]);
  });
});
