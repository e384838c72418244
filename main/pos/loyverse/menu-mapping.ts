import type { MenuItem, MenuVariant, Modifier, Tax } from '../../core/menu';
import type { Minor } from '../../core/money';
import { toCents } from './amounts';
import type { ItemRow, ModifierRow, TaxRow, VariantRow } from './schemas';

/** The store whose menu is read. An account's list holds the items of all its stores. */
export interface StoreView {
  readonly storeId: string;
  /** Decimal places of the account's currency. */
  readonly decimals: number;
  /** Category names by id. */
  readonly categories: ReadonlyMap<string, string>;
}

/** An item as this store sells it; `null` when it is deleted or nothing of it is sold here. */
export function mapItem(row: ItemRow, view: StoreView): MenuItem | null {
  if (row.deleted_at) return null;
  const options = [row.option1_name, row.option2_name, row.option3_name];
  const variants = (row.variants ?? []).flatMap((variant) => {
    return variant.deleted_at ? [] : (mapVariant(variant, options, view) ?? []);
  });
  if (variants.length === 0) return null;
  return {
    id: row.id,
    name: row.item_name,
    category: view.categories.get(row.category_id ?? '') ?? '',
    categoryId: row.category_id ?? null,
    variants,
    modifierIds: unique(row.modifier_ids ?? row.modifiers_ids ?? []),
    taxIds: unique(row.tax_ids ?? []),
    imageUrl: row.image_url ?? null,
  };
}

/** A composite item is sold like any other: what it is made of matters to the stock only. */
function mapVariant(
  row: VariantRow,
  options: readonly (string | null | undefined)[],
  { storeId, decimals }: StoreView,
): MenuVariant | null {
  const stores = row.stores ?? [];
  const here = stores.find((store) => store.store_id === storeId);
  // Entries for other stores only: the dish is theirs, and the kitchen here cannot make it. No entries at all: an
  // account with one store, where everything is for sale.
  if (here === undefined && stores.length > 0) return null;
  return {
    id: row.variant_id,
    sku: row.sku ?? '',
    label: labelOf([row.option1_value, row.option2_value, row.option3_value], options),
    price: priceHere(row, here, decimals),
    available: here?.available_for_sale !== false,
  };
}

/** `12 pieces, Spicy`. A bare number says nothing without its option's name: `Pieces 12`. */
function labelOf(
  values: readonly (string | null | undefined)[],
  names: readonly (string | null | undefined)[],
): string {
  const parts = values.map((value, place) => {
    const name = names[place] ?? '';
    return value && name !== '' && !/\p{L}/u.test(value) ? `${name} ${value}` : value;
  });
  return parts.filter(Boolean).join(', ');
}

/** A modifier or tax that is listed twice would be offered, or charged, twice. */
function unique(ids: readonly string[]): readonly string[] {
  return new Set(ids).size === ids.length ? ids : [...new Set(ids)];
}

/** The store's own price if it has a fixed one, else the item's. `null`: somebody types it at the till. */
function priceHere(
  row: VariantRow,
  here: NonNullable<VariantRow['stores']>[number] | undefined,
  decimals: number,
): Minor | null {
  if (here?.pricing_type === 'VARIABLE') return null;
  const own = here?.pricing_type === 'FIXED' ? here.price : null;
  const price = own ?? (row.default_pricing_type === 'VARIABLE' ? null : row.default_price);
  return price === null || price === undefined ? null : toCents(price, decimals);
}

/** The account's modifiers that this store offers. One that two pages repeat is there once. */
export function mapModifiers(rows: readonly ModifierRow[], { storeId, decimals }: StoreView): Modifier[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
    .filter((row) => isHere(row, storeId))
    .map((row) => ({
      id: row.id,
      name: row.name ?? '',
      options: (row.modifier_options ?? []).flatMap((option) =>
        option.deleted_at
          ? []
          : { id: option.id, name: option.name, price: toCents(option.price ?? 0, decimals) },
      ),
    }));
}

/** The account's taxes that this store charges. */
export function mapTaxes(rows: readonly TaxRow[], storeId: string): Tax[] {
  return rows
    .filter((row) => isHere(row, storeId))
    .map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.type === 'INCLUDED' ? 'included' : 'added',
      rate: row.rate,
    }));
}

/** Not deleted, and the store is in its list; a row without a list belongs to all. */
export function isHere(
  row: { readonly stores?: readonly string[] | null; readonly deleted_at?: string | null },
  storeId: string,
): boolean {
  return !row.deleted_at && (row.stores?.includes(storeId) ?? true);
}
