import type { MenuView } from '../../../preload/contract';
import type { Menu } from '../../core/menu';
import type { MenuSyncState } from '../../menu/menu-sync';

/** A menu never changes, it is replaced: the screen, which asks again and again, is answered from what was made once. */
const known = new WeakMap<Menu, MenuView['items']>();

/** The menu as the screen shows it. */
export function menuView(menu: Menu | undefined, state: MenuSyncState | undefined): MenuView {
  return {
    syncedAt: state?.syncedAt ?? null,
    words: state?.trouble?.words ?? null,
    items: menu === undefined ? [] : (known.get(menu) ?? remember(menu)),
  };
}

function remember(menu: Menu): MenuView['items'] {
  const modifiers = new Map(menu.modifiers.map(({ id, name }) => [id, name]));
  const items = menu.items.map((item) => ({
    id: item.id,
    name: item.name,
    category: item.category,
    variants: item.variants.map(({ id, label, sku, price, available }) => ({
      id,
      label,
      sku,
      price,
      available,
    })),
    modifiers: item.modifierIds.flatMap((id) => modifiers.get(id) ?? []),
  }));
  known.set(menu, items);
  return items;
}
