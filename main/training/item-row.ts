import { toMajor } from '../core/money';
import type { Item, Tax, Variant } from './account-rows';
import { stableId } from './stable-id';
import type { TrainingItem } from './training-menu';

interface ItemPlace {
  /** Of the account's currency. */
  readonly decimals: number;
  /** The category's name; `null` for none. */
  readonly category: string | null;
  readonly created: string;
  readonly storeIds: readonly string[];
  /** All that the account knows. */
  readonly taxes: readonly Tax[];
  /** How many items the account has had before: told apart from a deleted one of the same name. */
  readonly predecessors?: number;
  /** Finds what a composite item is made of; by default among what the menu itself has. */
  readonly variantId?: (sku: string) => string | undefined;
}

/** One item of the menu as the account holds it, on sale in all stores unless it is sold out. */
export function itemRow(item: TrainingItem, place: ItemPlace): Item {
  const { decimals, category, created, storeIds, taxes, predecessors, variantId } = place;
  const stamps = { created_at: created, updated_at: created, deleted_at: null };
  const edition = predecessors === undefined ? '' : ` after ${predecessors}`;
  const id = stableId(`item ${item.name}${edition}`);
  const charged = taxes.filter(({ type }) => (type === 'ADDED' ? item.added_tax : !item.untaxed));
  return {
    id,
    handle: handleOf(item.name),
    reference_id: null,
    item_name: item.name,
    description: item.description ?? null,
    track_stock: item.track_stock,
    sold_by_weight: false,
    is_composite: item.components.length > 0,
    use_production: false,
    category_id: category === null ? null : stableId(`category ${category}`),
    components: item.components.map(({ sku, quantity }) => ({
      variant_id: variantId?.(sku) ?? stableId(`variant ${sku}`),
      quantity,
    })),
    primary_supplier_id: null,
    tax_ids: charged.map((tax) => tax.id),
    modifier_ids: item.modifiers.map((name) => stableId(`modifier ${name}`)),
    form: 'SQUARE',
    color: 'GREY',
    image_url: null,
    option1_name: item.option ?? null,
    option2_name: item.option2 ?? null,
    option3_name: null,
    ...stamps,
    variants: item.variants.map((variant): Variant => {
      const price = variant.price === null ? null : toMajor(variant.price, decimals);
      const pricing = price === null ? 'VARIABLE' : 'FIXED';
      return {
        variant_id: stableId(`variant ${variant.sku}${edition}`),
        item_id: id,
        sku: variant.sku,
        reference_variant_id: null,
        option1_value: variant.label ?? null,
        option2_value: variant.label2 ?? null,
        option3_value: null,
        barcode: null,
        cost: 0,
        purchase_cost: 0,
        default_pricing_type: pricing,
        default_price: price,
        stores: storeIds.map((store_id) => ({
          store_id,
          pricing_type: pricing,
          price,
          available_for_sale: !item.sold_out,
          optimal_stock: null,
          low_stock: null,
        })),
        ...stamps,
      };
    }),
  };
}

/** What Loyverse makes of a name for addresses. */
export function handleOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
