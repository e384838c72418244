import { toMajor } from '../core/money';
import type { Account, FoundVariant } from './account';
import type { Item } from './account-rows';
import { itemRow } from './item-row';
import type { TrainingItem } from './training-menu';

/** What an owner does to the menu in Back Office, named by SKU. Throws for a SKU that is not there. */
export class BackOffice {
  readonly #account: Account;
  readonly #random: () => number;

  /** @param random between 0 and 1; decides what {@link BackOffice.churn} picks */
  constructor(account: Account, random: () => number) {
    this.#account = account;
    this.#random = random;
  }

  /**
   * Puts an item on the menu of all stores. Its prices include all taxes that are included in prices. Nothing that was
   * deleted comes back: a dish that is entered again has new ids.
   */
  addItem(item: TrainingItem, category: string | null): Item {
    const account = this.#account;
    const taken = item.variants.find(({ sku }) => account.variantBySku(sku) !== undefined);
    if (taken !== undefined) throw new Error(`The training menu has ${taken.sku} already.`);
    const { rows } = account;
    const row = itemRow(item, {
      decimals: account.decimals,
      category,
      created: account.stamp(),
      storeIds: account.storeIds,
      taxes: rows.taxes,
      predecessors: rows.items.length,
      variantId: (sku) => account.variantBySku(sku)?.variant.variant_id,
    });
    account.items.put(row);
    if (row.track_stock) this.#count(row, item.stock ?? 0);
    return row;
  }

  removeItem(sku: string): void {
    const { item } = this.#bySku(sku);
    const deleted_at = this.#account.stamp();
    const variants = item.variants.map((variant) => ({ ...variant, deleted_at }));
    this.#account.putItem({ ...item, deleted_at, variants });
  }

  restoreItem(sku: string): void {
    const deleted = this.#account.items
      .all()
      .filter(({ deleted_at, variants }) => deleted_at !== null && variants.some((one) => one.sku === sku))
      .at(-1);
    if (deleted === undefined) throw new Error(`The training menu has no deleted ${sku}.`);
    const variants = deleted.variants.map((variant) => ({ ...variant, deleted_at: null }));
    this.#account.putItem({ ...deleted, deleted_at: null, variants });
  }

  editItem(sku: string, edit: (item: Item) => Item): Item {
    return this.#account.putItem(edit(this.#bySku(sku).item));
  }

  setAvailable(sku: string, available: boolean, storeId?: string): void {
    this.#editStores(sku, storeId, { available_for_sale: available });
  }

  /** @param cents the new price, also of what was typed at the till until now */
  setPrice(sku: string, cents: number, storeId?: string): void {
    const price = toMajor(cents, this.#account.decimals);
    const fixed = { pricing_type: 'FIXED', price } as const;
    const byDefault = { default_pricing_type: 'FIXED', default_price: price } as const;
    this.#editStores(sku, storeId, fixed, storeId === undefined ? byDefault : {});
  }

  setStock(sku: string, inStock: number, storeId?: string): void {
    const { item, variant } = this.#bySku(sku);
    if (!item.track_stock) this.#account.putItem({ ...item, track_stock: true });
    for (const id of storeId === undefined ? this.#account.storeIds : [storeId]) {
      this.#account.setStock(variant.variant_id, id, inStock);
    }
  }

  /** Renames one item, reprices one, takes one off sale, deletes one, and enters another one again. */
  churn(): void {
    const account = this.#account;
    const live = () => account.items.all().filter(({ deleted_at }) => deleted_at === null);
    const pick = (): FoundVariant | undefined => {
      const items = live();
      const item = items[Math.floor(this.#random() * items.length)];
      const [variant] = item?.variants ?? [];
      return item && variant ? { item, variant } : undefined;
    };
    const [renamed, repriced, hidden, deleted] = [pick(), pick(), pick(), pick()];
    if (!renamed || !repriced || !hidden || !deleted) return;
    const round = account.items.all().length;
    this.editItem(renamed.variant.sku, (item) => ({
      ...item,
      item_name: `${item.item_name.replace(/ \(\d+\)$/, '')} (${round})`.slice(-64),
    }));
    this.setPrice(repriced.variant.sku, 1_000 + Math.floor(this.#random() * 9_000));
    this.setAvailable(hidden.variant.sku, this.#random() < 0.5);
    this.removeItem(deleted.variant.sku);
    const again = { name: deleted.item.item_name, variants: [{ sku: deleted.variant.sku, price: 4_200 }] };
    if (this.#random() < 0.5) this.restoreItem(deleted.variant.sku);
    else this.addItem({ ...EMPTY_ITEM, ...again }, null);
  }

  #editStores(sku: string, storeId: string | undefined, stores: object, more: object = {}): void {
    const { item, variant } = this.#bySku(sku);
    const edited = {
      ...variant,
      ...more,
      stores: variant.stores.map((store) =>
        storeId === undefined || store.store_id === storeId ? { ...store, ...stores } : store,
      ),
    };
    const variants = item.variants.map((one) => (one === variant ? edited : one));
    this.#account.putItem({ ...item, variants });
  }

  #count(item: Item, inStock: number): void {
    for (const { variant_id } of item.variants) {
      for (const storeId of this.#account.storeIds) this.#account.setStock(variant_id, storeId, inStock);
    }
  }

  #bySku(sku: string): FoundVariant {
    const found = this.#account.variantBySku(sku);
    if (found === undefined) throw new Error(`The training menu has no ${sku}.`);
    return found;
  }
}

/** What most items say nothing about. */
export const EMPTY_ITEM = {
  modifiers: [],
  sold_out: false,
  untaxed: false,
  added_tax: false,
  components: [],
  track_stock: false,
} satisfies Partial<TrainingItem>;
