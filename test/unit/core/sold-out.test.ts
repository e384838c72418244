import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  indexMenu,
  type Menu,
  type MenuItem,
  type MenuVariant,
  withAvailability,
} from '../../../main/core/menu';
import {
  asBefore,
  askedToTakeOff,
  backOnSale,
  type SoldOut,
  stillSoldOut,
  takenOffItems,
  takenOffSale,
  withSoldOut,
} from '../../../main/core/sold-out';

const HOUR = 3_600_000;
const WHY = 'The till sells it all the same.';
const WEBSITE = { stillInTill: WHY, takenOff: null };
const IN_TILL = { stillInTill: null, takenOff: 'note' };
const ROLL = { itemId: 'roll', variantIds: ['small', 'large'] };
const runs = { seed: 86, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) };

function item(id: string, variants: readonly MenuVariant[]): MenuItem {
  const none = { category: '', categoryId: null, modifierIds: [], taxIds: [], imageUrl: null };
  return { id, name: id, variants, ...none };
}

function variant(id: string, changes: Partial<MenuVariant> = {}): MenuVariant {
  return { id, sku: '', label: '', price: 100, available: true, ...changes };
}

const menu: Menu = {
  items: [item('roll', [variant('small'), variant('large')]), item('tea', [variant('tea')])],
  modifiers: [],
  taxes: [],
};

const told = (list: readonly SoldOut[]) =>
  list.map(({ variantId, stillInTill, takenOff }) => [variantId, stillInTill, takenOff]);

describe('what is sold out although the till sells it', () => {
  const skus = fc.constantFrom('', 'A', 'B', 'C');
  const menus = fc
    .array(fc.array(fc.record({ sku: skus, available: fc.boolean() }), { maxLength: 3 }), { maxLength: 5 })
    .map(
      (items): Menu => ({
        ...menu,
        items: items.map((variants, at) =>
          item(
            `item-${at}`,
            variants.map((one, size) => variant(`${at}-${size}`, one)),
          ),
        ),
      }),
    );

  it('is found as if the till had said so, by id and by SKU', () => {
    fc.assert(
      fc.property(menus, fc.array(fc.nat(14)), (given, picks) => {
        const all = given.items.flatMap(({ id, variants }) => variants.map((one) => ({ id, one })));
        const out = all.filter((_, at) => picks.includes(at));
        let list: readonly SoldOut[] = [];
        let marked = given;
        for (const { id, one } of out) {
          const dish = { itemId: id, variantIds: [one.id] };
          list = takenOffSale(list, dish, WEBSITE, 0);
          marked = withAvailability(marked, { ...dish, available: false });
        }
        const overlaid = withSoldOut(indexMenu(given), list);
        const expected = indexMenu(marked);
        expect(overlaid.menu).toEqual(expected.menu);
        expect(overlaid.doubledSkus).toEqual(expected.doubledSkus);
        const lines = [
          ...all.map(({ one }) => ({ variant_id: one.id, sku: one.sku })),
          ...['', 'A', 'B', 'C', null].map((sku) => ({ variant_id: null, sku })),
        ];
        for (const line of lines) expect(overlaid.variant(line)).toEqual(expected.variant(line));
      }),
      runs,
    );
  });

  it('leaves the menu as it is when the till tells itself', () => {
    const index = indexMenu(menu);
    expect(withSoldOut(index, [])).toBe(index);
    expect(withSoldOut(index, takenOffSale([], ROLL, IN_TILL, 0))).toBe(index);
  });
});

describe('the list of what is sold out', () => {
  it('says before the till is asked that what it takes off is ours, and keeps the dish on the menu', () => {
    const asked = askedToTakeOff([], ROLL, 5);
    expect(told(asked)).toEqual([
      ['small', null, ''],
      ['large', null, ''],
    ]);
    expect(takenOffItems(asked)).toEqual(['roll']);
    expect(takenOffItems(takenOffSale(asked, ROLL, WEBSITE, 6))).toEqual([]);
  });

  it('goes on hiding a size while the till is asked for the rest', () => {
    const small = takenOffSale([], { ...ROLL, variantIds: ['small'] }, WEBSITE, 0);
    const asked = askedToTakeOff(small, ROLL, 1);
    expect(told(asked)).toEqual([
      ['small', WHY, ''],
      ['large', null, ''],
    ]);
    expect(told(takenOffSale(asked, ROLL, IN_TILL, 2))).toEqual([
      ['small', null, 'note'],
      ['large', null, 'note'],
    ]);
    expect(asBefore(asked, small, ROLL)).toEqual(small);
  });

  it('keeps the till’s note when it is asked again', () => {
    const off = takenOffSale([], ROLL, IN_TILL, 0);
    expect(told(askedToTakeOff(off, ROLL, 1))).toEqual(told(off));
  });

  it('moves the rest of a dish to the website when the till can only put back all of it', () => {
    const tea = takenOffSale([], { itemId: 'tea', variantIds: ['tea'] }, IN_TILL, 0);
    const off = takenOffSale(tea, ROLL, IN_TILL, 0);
    expect(told(backOnSale(off, { ...ROLL, variantIds: ['small'] }, WHY))).toEqual([
      ['tea', null, 'note'],
      ['large', WHY, null],
    ]);
    expect(told(backOnSale(off, { ...ROLL, variantIds: ['small'] }, null))).toEqual([
      ['tea', null, 'note'],
      ['large', null, 'note'],
    ]);
  });
});

describe('a menu that was read', () => {
  const website = takenOffSale([], ROLL, WEBSITE, 0);
  const inTill = takenOffSale([], ROLL, IN_TILL, 0);
  const out = withAvailability(menu, { ...ROLL, available: false });
  const without: Menu = { ...menu, items: menu.items.filter(({ id }) => id !== 'roll') };

  it.each<[string, readonly SoldOut[], Menu, number, number]>([
    ['keeps what the website hides', website, menu, HOUR, 2],
    ['keeps what the till has off', inTill, out, HOUR, 2],
    ['drops what the till put back', inTill, menu, HOUR, 0],
    ['drops a dish that it has no more', website, without, HOUR, 0],
    ['drops one that is gone from the till, too', inTill, without, HOUR, 0],
    ['drops nothing of a moment ago: it may have been read before', inTill, menu, 1_000, 2],
    ['keeps a dish of a moment ago', website, without, 1_000, 2],
    ['relies on no clock that was set back', inTill, menu, -HOUR, 0],
  ])('%s', (_, list, read, now, left) => {
    expect(stillSoldOut(list, read, now)).toHaveLength(left);
  });

  it('drops a size that is gone, and only that', () => {
    const smaller = { ...menu, items: [item('roll', [variant('small')])] };
    expect(told(stillSoldOut(website, smaller, HOUR))).toEqual([['small', WHY, null]]);
  });

  it('leaves the same list when nothing of it is void', () => {
    expect(stillSoldOut(website, menu, HOUR)).toBe(website);
  });
});
