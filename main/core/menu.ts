import type { Minor } from './money';

/** One thing that can be sold: an item in one size or flavour. POS ids are opaque text. */
export interface MenuVariant {
  readonly id: string;
  readonly sku: string;
  /** What tells it from its siblings ("8 pieces"); empty for an item's only variant. */
  readonly label: string;
  /** Price at this store; `null` when it is typed at the till. */
  readonly price: Minor | null;
  readonly available: boolean;
}

export interface MenuItem {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly variants: readonly MenuVariant[];
  readonly modifierIds: readonly string[];
  readonly taxIds: readonly string[];
  readonly imageUrl: string | null;
}

export interface Modifier {
  readonly id: string;
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly name: string; readonly price: Minor }[];
}

export interface Tax {
  readonly id: string;
  readonly name: string;
  readonly kind: 'included' | 'added';
  /** Percent. */
  readonly rate: number;
}

/** A POS's whole menu as one store sells it. */
export interface Menu {
  readonly items: readonly MenuItem[];
  readonly modifiers: readonly Modifier[];
  readonly taxes: readonly Tax[];
}

/** Where a POS's last full or partial read ended; opaque to everybody but its connector. */
export type MenuCursor = string & { readonly __brand: 'MenuCursor' };

/** One step of reading a menu; the last one is `end`. Pages of items come as they are read. */
export type MenuChange =
  | { readonly kind: 'modifiers'; readonly modifiers: readonly Modifier[] }
  | { readonly kind: 'taxes'; readonly taxes: readonly Tax[] }
  | { readonly kind: 'items'; readonly items: readonly MenuItem[] }
  | { readonly kind: 'removed'; readonly itemIds: readonly string[] }
  | { readonly kind: 'end'; readonly cursor: MenuCursor };

/** Finds variants by id and by SKU in constant time. */
export interface MenuIndex {
  readonly menu: Menu;
  readonly variant: (line: {
    readonly variant_id: string | null;
    readonly sku: string | null;
  }) => { readonly item: MenuItem; readonly variant: MenuVariant } | undefined;
}

export function indexMenu(menu: Menu): MenuIndex {
  const byId = new Map<string, { item: MenuItem; variant: MenuVariant }>();
  const bySku = new Map<string, { item: MenuItem; variant: MenuVariant }>();
  for (const item of menu.items) {
    for (const variant of item.variants) {
      byId.set(variant.id, { item, variant });
      if (variant.sku !== '') bySku.set(variant.sku, { item, variant });
    }
  }
  return {
    menu,
    variant: (line) =>
      (line.variant_id === null ? undefined : byId.get(line.variant_id)) ??
      (line.sku === null ? undefined : bySku.get(line.sku)),
  };
}
