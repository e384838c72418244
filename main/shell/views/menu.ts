import type { MenuView } from '../../../preload/contract';
import type { Menu, MenuItem, Modifier } from '../../core/menu';
import type { SoldOut } from '../../core/sold-out';
import type { MenuSyncState } from '../../menu/menu-sync';

/** Items to a part: made, checked and handed over in a few milliseconds. */
const PART = 250;

/** A menu never changes, it is replaced. */
const versions = new WeakMap<Menu, number>();
let newest = 0;

/**
 * A part of the menu as the screen shows it.
 * @param from the place of its first item
 * @param soldOut what of it is out, as far as the till does not tell
 * @param pictureOf the name under which a picture's address can be had; `null` when it cannot
 */
export function menuView(
  menu: Menu | undefined,
  state: MenuSyncState | undefined,
  from: number,
  soldOut: readonly SoldOut[],
  pictureOf: (address: string) => string | null,
): MenuView {
  const items = menu?.items ?? [];
  const stillInTill = new Map(soldOut.map((entry) => [entry.variantId, entry.stillInTill]));
  const shown = items
    .slice(from, from + PART)
    .map((item) => itemView(item, menu?.modifiers ?? [], stillInTill, pictureOf));
  return {
    syncedAt: state?.syncedAt ?? null,
    words: state?.trouble?.words ?? null,
    version: menu === undefined ? 0 : versionOf(menu),
    count: items.length,
    items: shown,
  };
}

function versionOf(menu: Menu): number {
  const known = versions.get(menu);
  if (known !== undefined) return known;
  newest += 1;
  versions.set(menu, newest);
  return newest;
}

function itemView(
  item: MenuItem,
  modifiers: readonly Modifier[],
  stillInTill: ReadonlyMap<string, string | null>,
  pictureOf: (address: string) => string | null,
): MenuView['items'][number] {
  const picture = item.imageUrl === null ? null : pictureOf(item.imageUrl);
  return {
    id: item.id,
    name: item.name,
    category: item.category,
    picture: picture === null ? null : `/pictures/${picture}`,
    variants: item.variants.map(({ id, label, sku, price, available }) => ({
      id,
      label,
      sku,
      price,
      available,
      stillInTill: available ? null : (stillInTill.get(id) ?? null),
    })),
    modifiers: modifiers.filter(({ id }) => item.modifierIds.includes(id)).map(({ name }) => name),
  };
}
