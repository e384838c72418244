import type { MenuView } from '../../../preload/contract';
import type { Menu } from '../../core/menu';
import type { MenuSyncState } from '../../menu/menu-sync';

/** The menu as the screen shows it. */
export function menuView(menu: Menu | undefined, state: MenuSyncState | undefined): MenuView {
  const modifiers = new Map(menu?.modifiers.map(({ id, name }) => [id, name]));
  return {
    syncedAt: state?.syncedAt ?? null,
    words: state?.trouble?.words ?? null,
    items: (menu?.items ?? []).map((item) => ({
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
    })),
  };
}
