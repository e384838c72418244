import { describe, expect, it } from 'vitest';
import { indexMenu, type Menu } from '../../../main/core/menu';
import { hasSameDishes, type SoldLine } from '../../../main/core/sale-agreement';
import { sampleOrder } from '../../support/orders';

const dish = (id: string) => ({
  id: `item-${id}`,
  name: id,
  category: '',
  categoryId: null,
  variants: [{ id, sku: id.toUpperCase(), label: '', price: 100, available: true }],
  modifierIds: [],
  taxIds: [],
  imageUrl: null,
});
const MENU: Menu = { items: [dish('tuna'), dish('soup'), dish('fee')], modifiers: [], taxes: [] };

const line = (sku: string, quantity: number) => ({ sku, name: sku, quantity, unit_price: 100 });
const order = (lines: readonly object[], changes: Record<string, unknown> = {}) =>
  sampleOrder({ lines, total: 100 * lines.length, ...changes });
const sold = (...lines: readonly (readonly [string, number])[]): readonly SoldLine[] =>
  lines.map(([variantId, quantity]) => ({ variantId, quantity }));

describe('a sale that bears an order’s reference', () => {
  const two = order([line('TUNA', 1), line('SOUP', 1)]);
  it.each<[string, readonly SoldLine[], boolean]>([
    ['the same dishes', sold(['tuna', 1], ['soup', 1]), true],
    ['in another sequence, a dish on two lines', sold(['soup', 1], ['tuna', 0.5], ['tuna', 0.5]), true],
    ['a dish less', sold(['tuna', 1]), false],
    ['one of a dish more', sold(['tuna', 2], ['soup', 1]), false],
    ['another dish instead', sold(['tuna', 1], ['fee', 1]), false],
    ['nothing', [], false],
  ])('with %s: %#', (_, lines, same) => {
    expect(hasSameDishes(two, lines, indexMenu(MENU))).toBe(same);
  });

  it('may hold one line more for each fee, and no more than that', () => {
    const tipped = order([line('TUNA', 1)], { tip: 50, total: 150 });
    expect(hasSameDishes(tipped, sold(['tuna', 1], ['fee', 1]), indexMenu(MENU))).toBe(true);
    expect(hasSameDishes(tipped, sold(['tuna', 1], ['fee', 2]), indexMenu(MENU))).toBe(false);
  });

  it('is counted where the menu has lost a dish since', () => {
    const gone = order([line('TUNA', 1), line('GONE', 1)]);
    expect(hasSameDishes(gone, sold(['tuna', 1], ['other', 1]), indexMenu(MENU))).toBe(true);
    expect(hasSameDishes(gone, sold(['tuna', 1]), indexMenu(MENU))).toBe(false);
  });
});
