import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../account';
import type { Pricing, Variant, VariantInStore } from '../account-rows';
import { invalidValue, missing, notFound } from '../refusal';
import { changed, money, stamps, text, type WriteContext } from './account-write';

const pricing = z.enum(['FIXED', 'VARIABLE']).nullish();

const storeSchema = z.object({
  store_id: z.string(),
  pricing_type: pricing,
  price: money.nullish(),
  available_for_sale: z.boolean().nullish(),
  optimal_stock: z.number().nullish(),
  low_stock: z.number().nullish(),
});

/** A variant in the body of `POST /items` or, with its item's id, of `POST /variants`. */
export const variantSchema = z.object({
  variant_id: z.string().nullish(),
  sku: z.string().min(1).max(40).nullish(),
  reference_variant_id: text(128),
  option1_value: text(20),
  option2_value: text(20),
  option3_value: text(20),
  barcode: text(128),
  cost: money.nullish(),
  purchase_cost: money.nullish(),
  default_pricing_type: pricing,
  default_price: money.nullish(),
  stores: z.array(storeSchema).nullish(),
});

export type VariantBody = z.output<typeof variantSchema>;

export interface VariantPlace {
  readonly account: Account;
  readonly itemId: string;
  /** Of the variant in the body: `object.variants[0]`. */
  readonly field: string;
  readonly storesPartial: WriteContext['storesPartial'];
  /** The other variants of the request, which are not in the account yet. */
  readonly takenSkus: readonly string[];
}

/**
 * The variant as it is after a write. One that is made through the API is VARIABLE unless told FIXED, and a price for
 * a VARIABLE one is refused.
 * @throws {Refusal}
 */
export function variantRow(base: Variant | undefined, body: VariantBody, place: VariantPlace): Variant {
  const { account, field, itemId } = place;
  const type = body.default_pricing_type ?? base?.default_pricing_type ?? 'VARIABLE';
  const price = priceOf(type, body.default_price, base?.default_price, `${field}.default_price`);
  return {
    variant_id: base?.variant_id ?? randomUUID(),
    item_id: itemId,
    sku: skuOf(base, body, place),
    reference_variant_id: changed(base?.reference_variant_id, body.reference_variant_id, null),
    option1_value: changed(base?.option1_value, body.option1_value, null),
    option2_value: changed(base?.option2_value, body.option2_value, null),
    option3_value: changed(base?.option3_value, body.option3_value, null),
    barcode: changed(base?.barcode, body.barcode, null),
    cost: changed(base?.cost, body.cost, 0),
    purchase_cost: changed(base?.purchase_cost, body.purchase_cost, 0),
    default_pricing_type: type,
    default_price: price,
    stores: storesAfter(base, body, { type, price }, place),
    ...stamps(base, account),
    deleted_at: null,
  };
}

interface Price {
  readonly type: Pricing;
  readonly price: number | null;
}

/**
 * Whether `stores[]` may leave stores out is unknown: `merge` leaves those as they are (or, of a new variant, gives
 * them the default), `replace` takes their entries away.
 */
function storesAfter(
  base: Variant | undefined,
  { stores: sent }: VariantBody,
  byDefault: Price,
  { account, field, storesPartial }: VariantPlace,
): readonly VariantInStore[] {
  const before =
    base?.stores ??
    account.storeIds.map(
      (store_id): VariantInStore => ({
        store_id,
        pricing_type: byDefault.type,
        price: byDefault.price,
        available_for_sale: true,
        optimal_stock: null,
        low_stock: null,
      }),
    );
  if (sent == null) return before;
  const written = sent.map((entry, index): VariantInStore => {
    const here = `${field}.stores[${index}]`;
    if (account.stores.get(entry.store_id) === undefined) throw notFound(entry.store_id, `${here}.store_id`);
    const old = before.find(({ store_id }) => store_id === entry.store_id);
    const type = entry.pricing_type ?? old?.pricing_type ?? byDefault.type;
    return {
      store_id: entry.store_id,
      pricing_type: type,
      price: priceOf(type, entry.price, old?.price ?? byDefault.price, `${here}.price`),
      available_for_sale: changed(old?.available_for_sale, entry.available_for_sale, true),
      optimal_stock: changed(old?.optimal_stock, entry.optimal_stock, null),
      low_stock: changed(old?.low_stock, entry.low_stock, null),
    };
  });
  if (storesPartial === 'replace') return written;
  const byStore = new Map([...before, ...written].map((entry) => [entry.store_id, entry]));
  return [...byStore.values()];
}

function priceOf(
  type: Pricing,
  sent: number | null | undefined,
  before: number | null | undefined,
  field: string,
): number | null {
  if (type === 'VARIABLE') {
    if (sent != null) throw invalidValue('A variable price is typed at the till', field);
    return null;
  }
  const price = sent ?? before ?? null;
  if (price === null) throw missing(field);
  return price;
}

/** A SKU is unique; who sends none gets the next number. */
function skuOf(base: Variant | undefined, body: VariantBody, place: VariantPlace): string {
  const { account, field, takenSkus } = place;
  const sku = body.sku ?? base?.sku;
  if (sku === undefined) {
    const skus = account.items.all().flatMap(({ variants }) => variants.map((one) => one.sku));
    const numbers = [...skus, ...takenSkus].filter((one) => /^\d{5,9}$/.test(one)).map(Number);
    return String(numbers.reduce((highest, one) => Math.max(highest, one), 9_999) + 1);
  }
  const holder = account.variantBySku(sku)?.variant;
  const taken = holder !== undefined && holder.variant_id !== base?.variant_id;
  if (taken || takenSkus.includes(sku)) throw invalidValue(`The SKU '${sku}' exists`, `${field}.sku`);
  return sku;
}
