import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dishKey, optionKey, unmatchedIn, withMatches } from '../../../main/core/line-match';
import { findVariants, suggestVariants } from '../../../main/core/match-suggestions';
import { indexMenu, type Menu, type MenuItem } from '../../../main/core/menu';
import { sampleOrder } from '../../support/orders';

function item(name: string, price: number, changes: Partial<MenuItem> = {}): MenuItem {
  const sku = name.toUpperCase().replaceAll(' ', '-');
  return {
    id: `item ${name}`,
    name,
    category: 'Rolls',
    categoryId: null,
    variants: [{ id: `variant ${name}`, sku, label: '', price, available: true }],
    modifierIds: ['extras'],
    taxIds: [],
    imageUrl: null,
    ...changes,
  };
}

const TUNA = item('Tuna roll', 4_500);
const MENU: Menu = {
  items: [TUNA, item('Salmon roll', 4_500), item('Miso soup', 2_000), item('Jalapeño roll', 5_000)],
  modifiers: [{ id: 'extras', name: 'Extras', options: [{ id: 'wasabi', name: 'Wasabi', price: 300 }] }],
  taxes: [],
};
const INDEX = indexMenu(MENU);
const ORDER = sampleOrder();
const [LINE] = ORDER.lines;

describe('what staff matched by hand', () => {
  it('lets an order through that the till’s own numbers and names do not', () => {
    const [dish] = unmatchedIn(ORDER, INDEX);
    expect(dish).toEqual({ kind: 'dish', line: 0, name: 'Spicy tuna roll', price: 4_500 });
    const first = [{ key: dishKey(LINE ?? expect.fail()), name: 'Spicy tuna roll', id: 'variant Tuna roll' }];
    // Only with its dish known can one say which extras there are.
    expect(unmatchedIn(ORDER, withMatches(INDEX, first))).toMatchObject([
      { kind: 'option', line: 0, modifier: 0, name: 'Extra wasabi', price: 300 },
    ]);
    const both = [...first, { key: optionKey(TUNA, 'Extra wasabi'), name: 'Extra wasabi', id: 'wasabi' }];
    const matched = withMatches(INDEX, both);
    expect(unmatchedIn(ORDER, matched)).toEqual([]);
    expect(matched.option(TUNA, { name: ' extra WASABI ', price: 300 })?.id).toBe('wasabi');
  });

  it('never changes what the till knows by itself', () => {
    const wrong = [{ key: 'sku:MISO-SOUP', name: 'Soup', id: 'variant Tuna roll' }];
    const soup = { variant_id: null, sku: 'MISO-SOUP', name: 'Soup' };
    expect(withMatches(INDEX, wrong).variant(soup)?.item.name).toBe('Miso soup');
  });

  it('counts for nothing once the till has dropped the dish', () => {
    const gone = [
      { key: dishKey(LINE ?? expect.fail()), name: 'Spicy tuna roll', id: 'variant of yesterday' },
    ];
    expect(unmatchedIn(ORDER, withMatches(INDEX, gone))).toHaveLength(1);
  });

  it('knows a dish by its SKU, then the website’s id, then its name', () => {
    const name = ' Spicy Tuna ';
    expect(dishKey({ variant_id: 'v', sku: 's', name })).toBe('sku:s');
    expect(dishKey({ variant_id: 'v', sku: null, name })).toBe('id:v');
    expect(dishKey({ variant_id: null, sku: null, name })).toBe('name:spicy tuna');
  });
});

describe('suggestions for a dish', () => {
  const names = (found: readonly { item: MenuItem }[]): string[] => found.map((one) => one.item.name);

  it('put words in common before the same price, and leave out what has neither', () => {
    const wanted = { name: 'SPICY TUNA ROLL!', price: 4_500 };
    expect(names(suggestVariants(MENU, wanted))).toEqual(['Tuna roll', 'Salmon roll', 'Jalapeño roll']);
    expect(names(suggestVariants(MENU, { name: 'Soupe', price: 2_000 }))).toEqual(['Miso soup']);
    expect(suggestVariants(MENU, { name: '???', price: 1 })).toEqual([]);
  });

  it('are found by any of their words, whatever the case and the accents', () => {
    expect(names(findVariants(MENU, ' jalapeno ROLL ', 9))).toEqual(['Jalapeño roll']);
    expect(names(findVariants(MENU, 'roll', 2))).toEqual(['Tuna roll', 'Salmon roll']);
  });

  it('are never more than five, for any name at all', () => {
    const many = { ...MENU, items: Array.from({ length: 40 }, (_, n) => item(`Roll ${n}`, n)) };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(50), (name, price) => {
        expect(suggestVariants(many, { name, price }).length).toBeLessThanOrEqual(5);
      }),
      { seed: 5, numRuns: 50 },
    );
  });
});
