import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Menu, MenuItem } from '../../../main/core/menu';
import { MenuDraft } from '../../../main/menu/menu-draft';

function item(id: string, name = id): MenuItem {
  return {
    id,
    name,
    category: '',
    categoryId: null,
    variants: [],
    modifierIds: [],
    taxIds: [],
    imageUrl: null,
  };
}

const base: Menu = { items: [item('a'), item('b'), item('c')], modifiers: [], taxes: [] };

describe('a menu in the making', () => {
  it('leaves the menu in use as it is', () => {
    const before = structuredClone(base);
    const draft = new MenuDraft(base);
    draft.apply({ kind: 'removed', itemIds: ['a'] });
    draft.apply({ kind: 'items', items: [item('b', 'new name'), item('d')] });
    expect(draft.finish().items.map(({ name }) => name)).toEqual(['new name', 'c', 'd']);
    expect(base).toEqual(before);
  });

  it('of a full read has nothing of the old one', () => {
    const draft = new MenuDraft();
    draft.apply({ kind: 'items', items: [item('d')] });
    expect(draft.finish().items).toEqual([item('d')]);
  });

  it('knows whether anything changed', () => {
    const unchanged = new MenuDraft(base);
    unchanged.apply({ kind: 'taxes', taxes: [] });
    unchanged.apply({ kind: 'modifiers', modifiers: [] });
    unchanged.apply({ kind: 'items', items: [item('b')] });
    unchanged.apply({ kind: 'removed', itemIds: ['x'] });
    expect(unchanged.changed).toBe(false);
    for (const change of [
      { kind: 'taxes', taxes: [{ id: 't', name: 'VAT', kind: 'added', rate: 1 }] },
      { kind: 'modifiers', modifiers: [{ id: 'm', name: 'Extras', options: [] }] },
      { kind: 'items', items: [item('b', 'renamed')] },
      { kind: 'removed', itemIds: ['c'] },
    ] as const) {
      const draft = new MenuDraft(base);
      draft.apply(change);
      draft.apply({ kind: 'items', items: [item('a')] });
      expect(draft.changed).toBe(true);
    }
  });

  it('takes over a category’s new name for items that did not change, and knows when one is gone', () => {
    const rolls = { ...item('a'), category: 'Rolls', categoryId: 'c' };
    const draft = new MenuDraft({ ...base, items: [rolls, item('b')] });
    draft.apply({ kind: 'categories', categories: [{ id: 'c', name: 'Rolls' }] });
    expect(draft.changed).toBe(false);
    draft.apply({ kind: 'categories', categories: [{ id: 'c', name: 'Maki' }] });
    expect(draft.changed).toBe(true);
    expect(draft.finish().items.map(({ category }) => category)).toEqual(['Maki', '']);
    draft.apply({ kind: 'categories', categories: [] });
    expect(draft.finish().items[0]).toEqual({ ...rolls, category: '' });
  });

  it('that begins again is what it was at first', () => {
    const draft = new MenuDraft(base);
    draft.apply({ kind: 'items', items: [item('d')] });
    draft.apply({ kind: 'removed', itemIds: ['a'] });
    draft.apply({ kind: 'taxes', taxes: [{ id: 't', name: 'VAT', kind: 'added', rate: 1 }] });
    draft.apply({ kind: 'restart' });
    expect(draft.finish()).toEqual(base);
    expect(draft.changed).toBe(false);
  });

  it('is the same menu as a full read, whatever changed and in whatever pages', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    const names = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.string()), { maxLength: 8 });
    fc.assert(
      fc.property(names, ids, (renamed, removed) => {
        const draft = new MenuDraft(base);
        const expected = new Map(base.items.map(({ id, name }) => [id, name]));
        for (const [id, name] of renamed) {
          draft.apply({ kind: 'items', items: [item(id, name)] });
          expected.set(id, name);
        }
        draft.apply({ kind: 'removed', itemIds: removed });
        for (const id of removed) expected.delete(id);
        expect(draft.finish().items.map(({ id, name }) => [id, name])).toEqual([...expected]);
      }),
      { seed: 11, numRuns: process.env.TILLSIDE_LONG ? 2_000 : 100 },
    );
  });
});
