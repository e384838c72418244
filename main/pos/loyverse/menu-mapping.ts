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

/** An item as this store sells it; `null` when it is deleted or nothing of it is left. */
export function mapItem(row: ItemRow, view: StoreView): MenuItem | null {
  if (row.deleted_at) return null;
  const variants = (row.variants ?? []).filter((variant) => !variant.deleted_at);
  if (variants.length === 0) return null;
  return {
    id: row.id,
    name: row.item_name,
    category: view.categories.get(row.category_id ?? '') ?? '',
    variants: variants.map((variant) => mapVariant(variant, view)),
    modifierIds: row.modifier_ids ?? row.modifiers_ids ?? [],
    taxIds: row.tax_ids ?? [],
    imageUrl: row.image_url ?? null,
  };
}

function mapVariant(row: VariantRow, { storeId, decimals }: StoreView): MenuVariant {
  const stores = row.stores ?? [];
  const here = stores.find((store) => store.store_id === storeId);
  return {
    id: row.variant_id,
    sku: row.sku ?? '',
    label: [row.option1_value, row.option2_value, row.option3_value].filter(Boolean).join(', '),
    price: priceHere(row, here, decimals),
    // No entries at all: an account with one store, where everything is for sale. Entries for other stores
    // only: not sold here.
    available: here === undefined ? stores.length === 0 : here.available_for_sale !== false,
  };
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

/** The account's modifiers that this store offers. */
export function mapModifiers(rows: readonly ModifierRow[], { storeId, decimals }: StoreView): Modifier[] {
  return rows
    .filter((row) => isHere(row, storeId))
    .map((row) => ({
      id: row.id,
      name: row.name ?? '',
      options: (row.modifier_options ?? [])
        .filter((option) => !option.deleted_at)
        .map((option) => ({ id: option.id, name: option.name, price: toCents(option.price ?? 0, decimals) })),
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
