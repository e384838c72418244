import { toMajor } from '../core/money';
import type { Ms } from '../core/order';
import type {
  AccountRows,
  Employee,
  Item,
  Modifier,
  ModifierOption,
  PaymentType,
  Store,
  Tax,
  Variant,
} from './account-rows';
import { itemRow } from './item-row';
import { timestamp } from './timestamp';
import type { TrainingItem } from './training-menu';

/** A merchant's account: what its lists show and what a sale may refer to. */
export class Account {
  readonly rows: AccountRows;
  readonly #items: Item[];
  readonly #variants = new Map<string, { readonly item: Item; readonly variant: Variant }>();
  readonly #options = new Map<string, { readonly modifier: Modifier; readonly option: ModifierOption }>();
  readonly #clock: () => Ms;

  constructor(rows: AccountRows, clock: () => Ms) {
    this.#items = [...rows.items];
    this.rows = { ...rows, items: this.#items };
    this.#clock = clock;
    for (const item of rows.items) this.#index(item);
    for (const modifier of rows.modifiers) {
      for (const option of modifier.modifier_options) this.#options.set(option.id, { modifier, option });
    }
  }

  get decimals(): number {
    return this.rows.merchant.currency.decimal_places;
  }

  store(id: string): Store | undefined {
    return this.rows.stores.find((store) => store.id === id);
  }

  employee(id: string): Employee | undefined {
    return this.rows.employees.find((employee) => employee.id === id);
  }

  paymentType(id: string): PaymentType | undefined {
    return this.rows.paymentTypes.find((type) => type.id === id);
  }

  tax(id: string): Tax | undefined {
    return this.rows.taxes.find((tax) => tax.id === id);
  }

  /** A deleted one is not found. */
  variant(id: string): { readonly item: Item; readonly variant: Variant } | undefined {
    const found = this.#variants.get(id);
    return found?.item.deleted_at === null ? found : undefined;
  }

  option(id: string): { readonly modifier: Modifier; readonly option: ModifierOption } | undefined {
    return this.#options.get(id);
  }

  /**
   * Puts an item on the menu of all stores, as the owner does in Back Office. Its prices include all taxes. Nothing
   * that was deleted comes back: a dish that is entered again has new ids.
   */
  addItem(item: TrainingItem, category: string | null): Item {
    const taken = item.variants.find(({ sku }) => this.#liveVariant(sku) !== undefined);
    if (taken !== undefined) throw new Error(`The training menu has ${taken.sku} already.`);
    const created = timestamp(this.#clock());
    const storeIds = this.rows.stores.map(({ id }) => id);
    const taxIds = item.untaxed ? [] : this.rows.taxes.map(({ id }) => id);
    const row = itemRow(item, {
      decimals: this.decimals,
      category,
      created,
      storeIds,
      taxIds,
      predecessors: this.#items.length,
    });
    this.#items.push(row);
    this.#index(row);
    return row;
  }

  /** Deletes the item that has the variant. */
  removeItem(sku: string): void {
    const { item } = this.#bySku(sku);
    this.#touch(item);
    item.deleted_at = item.updated_at;
    for (const variant of item.variants) variant.deleted_at = item.updated_at;
  }

  /** Renames the item that has the variant. */
  renameItem(sku: string, name: string): void {
    const { item } = this.#bySku(sku);
    item.item_name = name;
    this.#touch(item);
  }

  /** Takes a variant off sale in all stores, or puts it back. */
  setAvailable(sku: string, available: boolean): void {
    const { item, variant } = this.#bySku(sku);
    for (const store of variant.stores) store.available_for_sale = available;
    this.#touch(item);
  }

  /** @param cents the new price in all stores, also of what was typed at the till until now */
  setPrice(sku: string, cents: number): void {
    const { item, variant } = this.#bySku(sku);
    variant.default_pricing_type = 'FIXED';
    variant.default_price = toMajor(cents, this.decimals);
    for (const store of variant.stores) {
      store.pricing_type = 'FIXED';
      store.price = variant.default_price;
    }
    this.#touch(item);
  }

  #index(item: Item): void {
    for (const variant of item.variants) this.#variants.set(variant.variant_id, { item, variant });
  }

  #bySku(sku: string): { readonly item: Item; readonly variant: Variant } {
    const found = this.#liveVariant(sku);
    if (found === undefined) throw new Error(`The training menu has no ${sku}.`);
    return found;
  }

  /** A SKU is unique among what is not deleted. */
  #liveVariant(sku: string) {
    return [...this.#variants.values()].find(
      ({ item, variant }) => variant.sku === sku && item.deleted_at === null,
    );
  }

  /** An edit stamps the item and all its variants with the same second, as a recorded one did. */
  #touch(item: Item): void {
    item.updated_at = timestamp(this.#clock());
    for (const variant of item.variants) variant.updated_at = item.updated_at;
  }
}
