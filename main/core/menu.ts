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
  /** By which a renamed category reaches items that did not change themselves; `null` for none. */
  readonly categoryId: string | null;
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

/** Where a read that broke off goes on; opaque to everybody but its connector, and good for some minutes at most. */
export type MenuPlace = string & { readonly __brand: 'MenuPlace' };

export interface Category {
  readonly id: string;
  readonly name: string;
}

/** One step of reading a menu; the last one is `end`. Pages of items come as they are read. */
export type MenuChange =
  /** All that there are: items whose category has another name now, or is gone, follow it. */
  | { readonly kind: 'categories'; readonly categories: readonly Category[] }
  | { readonly kind: 'modifiers'; readonly modifiers: readonly Modifier[] }
  | { readonly kind: 'taxes'; readonly taxes: readonly Tax[] }
  | { readonly kind: 'items'; readonly items: readonly MenuItem[] }
  | { readonly kind: 'removed'; readonly itemIds: readonly string[] }
  /** Whoever has everything up to here can have the rest from `place` on. */
  | { readonly kind: 'checkpoint'; readonly place: MenuPlace }
  /** All that was read so far, also before a `place`, is void: the read begins again. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'end'; readonly cursor: MenuCursor };

/** What an order says of a dish, as far as it helps to find it. */
export interface LineIdentity {
  readonly variant_id: string | null;
  readonly sku: string | null;
  readonly name?: string;
}

export interface FoundVariant {
  readonly item: MenuItem;
  readonly variant: MenuVariant;
}

/** `Salmon roll, 8 pieces`: what tells a variant from all others on the menu. */
export function variantName({ item, variant }: FoundVariant): string {
  return variant.label === '' ? item.name : `${item.name}, ${variant.label}`;
}

export type ModifierOption = Modifier['options'][number];

/** Finds what orders name. */
export interface MenuIndex {
  readonly menu: Menu;
  /** SKUs that more than one variant has, although a SKU is meant to be unique. An order by SKU gets what is on sale. */
  readonly doubledSkus: readonly string[];
  /** By id, else by SKU; in constant time. */
  readonly variant: (line: LineIdentity) => FoundVariant | undefined;
  /** By name among the item's own options; of two with one name, the one with the order's price. */
  readonly option: (
    item: MenuItem,
    wanted: { readonly name: string; readonly price: Minor },
  ) => ModifierOption | undefined;
}

/** The menu with some variants of an item taken off sale, or put back; the same menu when that changes nothing. */
export function withAvailability(
  menu: Menu,
  change: { readonly itemId: string; readonly variantIds: readonly string[]; readonly available: boolean },
): Menu {
  const { itemId, variantIds, available } = change;
  const differs = (variant: MenuVariant) =>
    variantIds.includes(variant.id) && variant.available !== available;
  if (!menu.items.some(({ id, variants }) => id === itemId && variants.some(differs))) return menu;
  const items = menu.items.map((item) =>
    item.id === itemId
      ? { ...item, variants: item.variants.map((one) => (differs(one) ? { ...one, available } : one)) }
      : item,
  );
  return { ...menu, items };
}

/** Builds the index at once. */
export function indexMenu(menu: Menu): MenuIndex {
  const steps = indexingSteps(menu);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Items to a step of indexing: far below a millisecond. */
const STEP = 100;

/** The same in small steps, for whoever must let others have their turn in between. */
export function* indexingSteps(menu: Menu): Generator<void, MenuIndex> {
  const byId = new Map<string, FoundVariant>();
  const bySku = new Map<string, FoundVariant>();
  const doubled = new Set<string>();
  const modifiers = new Map(menu.modifiers.map((modifier) => [modifier.id, modifier]));
  for (const [place, item] of menu.items.entries()) {
    if (place % STEP === STEP - 1) yield;
    for (const variant of item.variants) {
      const found = { item, variant };
      byId.set(variant.id, found);
      if (variant.sku === '') continue;
      const rival = bySku.get(variant.sku);
      if (rival !== undefined) doubled.add(variant.sku);
      // The till lets an owner give a new dish the SKU of one that is off sale. Among several on sale, the first.
      if (rival === undefined || (!rival.variant.available && variant.available)) {
        bySku.set(variant.sku, found);
      }
    }
  }
  return {
    menu,
    doubledSkus: [...doubled],
    variant: (line) =>
      (line.variant_id === null ? undefined : byId.get(line.variant_id)) ??
      (line.sku === null ? undefined : bySku.get(line.sku)),
    option: (item, wanted) => {
      const name = plainName(wanted.name);
      const named = item.modifierIds
        .flatMap((id) => modifiers.get(id)?.options ?? [])
        .filter((option) => plainName(option.name) === name);
      return named.find((option) => option.price === wanted.price) ?? named[0];
    },
  };
}

/** Names are typed by people, in the till and on the website. */
export function plainName(name: string): string {
  return name.trim().toLowerCase();
}
