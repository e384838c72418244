import { z } from 'zod';

/**
 * What we read of Loyverse's answers. Loose on purpose: its answers differ from its documents here and there, so
 * unknown fields are dropped and whatever we can do without may be absent or null.
 */

const text = z.string().nullish();
const flag = z.boolean().nullish();
/** Major units; see `toCents`. */
const amount = z.number().min(-1e12).max(1e12);
const money = amount.nullish();
const ids = z.array(z.string()).nullish();

export const merchantSchema = z.object({
  id: z.string(),
  business_name: text,
  currency: z.object({ code: text, decimal_places: z.number().nullish() }).nullish(),
});

export const storeSchema = z.object({ id: z.string(), name: text, deleted_at: text });

export const paymentTypeSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  stores: ids,
  deleted_at: text,
});
export type PaymentTypeRow = z.output<typeof paymentTypeSchema>;

export const discountSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  stores: ids,
  deleted_at: text,
});
export type DiscountRow = z.output<typeof discountSchema>;

export const employeeSchema = z.object({ id: z.string(), name: text, stores: ids, deleted_at: text });
export type EmployeeRow = z.output<typeof employeeSchema>;

export const categorySchema = z.object({ id: z.string(), name: z.string() });

export const taxSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['INCLUDED', 'ADDED']),
  rate: z.number(),
  stores: ids,
  deleted_at: text,
});
export type TaxRow = z.output<typeof taxSchema>;

export const modifierSchema = z.object({
  id: z.string(),
  name: text,
  stores: ids,
  deleted_at: text,
  modifier_options: readable(
    z.object({ id: z.string(), name: z.string(), price: money, deleted_at: text }),
  ).nullish(),
});
export type ModifierRow = z.output<typeof modifierSchema>;

const variantSchema = z.object({
  variant_id: z.string(),
  sku: text,
  option1_value: text,
  option2_value: text,
  option3_value: text,
  default_pricing_type: text,
  default_price: money,
  deleted_at: text,
  stores: z
    .array(z.object({ store_id: z.string(), pricing_type: text, price: money, available_for_sale: flag }))
    .nullish(),
});
export type VariantRow = z.output<typeof variantSchema>;

/**
 * The parts of a list that can be read: a dish in 300 sizes is not lost over one of them. An order that names what
 * is left out is refused by name, so that somebody sees it.
 */
function readable<T extends object>(schema: z.ZodType<T>) {
  const parts = z.array(schema.nullable().catch(null));
  return parts.transform((list) => list.filter((part): part is T => part !== null));
}

export const itemSchema = z.object({
  id: z.string(),
  item_name: z.string(),
  category_id: text,
  tax_ids: ids,
  modifier_ids: ids,
  /** The vendor's document writes it so; live answers have `modifier_ids`. */
  modifiers_ids: ids,
  image_url: text,
  option1_name: text,
  option2_name: text,
  option3_name: text,
  updated_at: text,
  deleted_at: text,
  variants: readable(variantSchema).nullish(),
});
export type ItemRow = z.output<typeof itemSchema>;

/** The answer to a sale. */
export const saleSchema = z.object({ receipt_number: z.string().min(1), total_money: amount });

/** A row of the receipt list, as far as a search must be able to judge it. */
export const receiptSchema = saleSchema.extend({
  receipt_type: z.string(),
  store_id: z.string(),
  order: text,
  source: text,
  created_at: text,
  cancelled_at: text,
  line_items: z.array(z.object({ variant_id: text, quantity: amount })).nullish(),
});
export type ReceiptRow = z.output<typeof receiptSchema>;

/** An error body; `errors` is empty when it has another form. */
export const errorsSchema = z.object({
  errors: z.array(z.object({ code: text, details: text, field: text })),
});
export type LoyverseError = z.output<typeof errorsSchema>['errors'][number];
