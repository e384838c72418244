import type { Ms } from '../core/order';
import type {
  AccountRows,
  Category,
  Customer,
  Discount,
  Employee,
  InventoryLevel,
  Item,
  Merchant,
  Modifier,
  ModifierOption,
  PaymentType,
  PosDevice,
  Shift,
  Store,
  Supplier,
  Tax,
  Variant,
} from './account-rows';
import { Collection } from './collection';
import { timestamp } from './timestamp';

/** What Loyverse calls out to webhooks, and what each change of the account is for the rest. */
export type AccountEvent =
  | 'items.update'
  | 'inventory_levels.update'
  | 'customers.update'
  | 'receipts.update'
  | 'shifts.create'
  /** Nothing of interest to webhooks. */
  | 'other';

type Listener = (event: AccountEvent, row: object) => void;

export interface FoundVariant {
  readonly item: Item;
  readonly variant: Variant;
}

/** A merchant's account: what its lists show and what a sale may refer to. */
export class Account {
  readonly merchant: Merchant;
  readonly stores: Collection<Store>;
  readonly employees: Collection<Employee>;
  readonly paymentTypes: Collection<PaymentType>;
  readonly posDevices: Collection<PosDevice>;
  readonly taxes: Collection<Tax>;
  readonly discounts: Collection<Discount>;
  readonly categories: Collection<Category>;
  readonly modifiers: Collection<Modifier>;
  readonly items: Collection<Item>;
  readonly deletedVariants: Collection<Variant>;
  readonly inventory: Collection<InventoryLevel>;
  readonly customers: Collection<Customer>;
  readonly suppliers: Collection<Supplier>;
  readonly shifts: Collection<Shift>;
  /** Of a variant, its item's id. */
  readonly #itemOf = new Map<string, string>();
  readonly #modifierOf = new Map<string, string>();
  readonly #listeners = new Set<Listener>();
  readonly #clock: () => Ms;

  constructor(rows: AccountRows, clock: () => Ms) {
    const byId = <T extends { readonly id: string }>(
      list: readonly T[],
      event: AccountEvent = 'other',
      also: (row: T) => void = () => undefined,
    ) => {
      for (const row of list) also(row);
      return new Collection(
        list,
        ({ id }) => id,
        (row) => {
          also(row);
          this.emit(event, row);
        },
      );
    };
    this.#clock = clock;
    this.merchant = rows.merchant;
    this.stores = byId(rows.stores);
    this.employees = byId(rows.employees);
    this.paymentTypes = byId(rows.paymentTypes);
    this.posDevices = byId(rows.posDevices);
    this.taxes = byId(rows.taxes);
    this.discounts = byId(rows.discounts);
    this.categories = byId(rows.categories);
    this.modifiers = byId(rows.modifiers, 'other', (row) => {
      for (const { id } of row.modifier_options) this.#modifierOf.set(id, row.id);
    });
    this.items = byId(rows.items, 'items.update', (row) => {
      for (const { variant_id } of row.variants) this.#itemOf.set(variant_id, row.id);
    });
    this.customers = byId(rows.customers, 'customers.update');
    this.suppliers = byId(rows.suppliers);
    this.shifts = byId(rows.shifts, 'shifts.create');
    this.deletedVariants = new Collection(
      rows.deletedVariants,
      ({ variant_id }) => variant_id,
      (row) => this.emit('other', row),
    );
    this.inventory = new Collection(
      rows.inventory,
      ({ variant_id, store_id }) => levelId(variant_id, store_id),
      (row) => this.emit('inventory_levels.update', row),
    );
  }

  get decimals(): number {
    return this.merchant.currency.decimal_places;
  }

  get storeIds(): readonly string[] {
    return this.stores.all().flatMap(({ id, deleted_at }) => (deleted_at === null ? [id] : []));
  }

  /** Of a row that changes now. */
  stamp(): string {
    return timestamp(this.#clock());
  }

  /** A deleted one is not found. */
  variant(id: string): FoundVariant | undefined {
    const item = this.items.get(this.#itemOf.get(id) ?? '');
    const variant = item?.variants.find(({ variant_id }) => variant_id === id);
    return item?.deleted_at === null && variant !== undefined ? { item, variant } : undefined;
  }

  /** A SKU is unique among what is not deleted. */
  variantBySku(sku: string): FoundVariant | undefined {
    for (const item of this.items.all()) {
      const variant = item.variants.find((one) => one.sku === sku);
      if (variant !== undefined && item.deleted_at === null) return { item, variant };
    }
    return undefined;
  }

  option(id: string): { readonly modifier: Modifier; readonly option: ModifierOption } | undefined {
    const modifier = this.modifiers.get(this.#modifierOf.get(id) ?? '');
    const option = modifier?.modifier_options.find((one) => one.id === id);
    return modifier && option && modifier.deleted_at === null ? { modifier, option } : undefined;
  }

  /** 0 when nothing is known, as for what is not counted. */
  inStock(variantId: string, storeId: string): number {
    return this.inventory.get(levelId(variantId, storeId))?.in_stock ?? 0;
  }

  setStock(variantId: string, storeId: string, inStock: number): InventoryLevel {
    // Fractions are sold by weight: to the gramme, without what binary sums leave behind.
    const in_stock = Math.round(inStock * 1000) / 1000;
    const level = { variant_id: variantId, store_id: storeId, in_stock, updated_at: this.stamp() };
    this.inventory.put(level);
    return level;
  }

  /** An edit stamps the item and all its variants with the same second, as a recorded one did. */
  putItem(item: Item): Item {
    const updated_at = this.stamp();
    const stamped = {
      ...item,
      updated_at,
      variants: item.variants.map((variant) => ({ ...variant, updated_at })),
    };
    this.items.put(stamped);
    return stamped;
  }

  /** @returns how to stop listening */
  onEvent(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: AccountEvent, row: object): void {
    for (const listener of this.#listeners) listener(event, row);
  }

  /** Everything, to be kept. */
  get rows(): AccountRows {
    return {
      merchant: this.merchant,
      stores: this.stores.all(),
      employees: this.employees.all(),
      paymentTypes: this.paymentTypes.all(),
      posDevices: this.posDevices.all(),
      taxes: this.taxes.all(),
      discounts: this.discounts.all(),
      categories: this.categories.all(),
      modifiers: this.modifiers.all(),
      items: this.items.all(),
      deletedVariants: this.deletedVariants.all(),
      inventory: this.inventory.all(),
      customers: this.customers.all(),
      suppliers: this.suppliers.all(),
      shifts: this.shifts.all(),
    };
  }
}

function levelId(variantId: string, storeId: string): string {
  return `${variantId} ${storeId}`;
}
