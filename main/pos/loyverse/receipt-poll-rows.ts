import { z } from 'zod';

/**
 * What we read of receipts that somebody else made. Loose: a receipt of which a part is missing or odd is still a
 * meal that somebody waits for. Which fields may be null: recorded receipts, and the vendor's reference.
 */

const text = z.string().nullish().catch(null);
/** Major units; see `toCents`. */
const amount = z.number().min(-1e9).max(1e9);
const money = amount.nullish().catch(null);

/** The parts of a list that can be read. */
function readable<T extends object>(schema: z.ZodType<T>) {
  const parts = z.array(schema.nullable().catch(null));
  return parts
    .transform((list) => list.filter((part): part is T => part !== null))
    .nullish()
    .catch(null)
    .transform((list) => list ?? []);
}

const modifierSchema = z.object({ name: text, option: text, price: money });

const lineSchema = z.object({
  id: text,
  item_id: text,
  variant_id: text,
  sku: text,
  item_name: text,
  variant_name: text,
  quantity: amount,
  price: money,
  gross_total_money: money,
  line_note: text,
  line_modifiers: readable(modifierSchema),
});
export type PolledLine = z.output<typeof lineSchema>;

export const polledReceiptSchema = z.object({
  receipt_number: z.string().min(1).max(128),
  receipt_type: z.string(),
  refund_for: text,
  order: text,
  note: text,
  source: text,
  store_id: z.string(),
  receipt_date: text,
  created_at: z.string(),
  updated_at: text,
  cancelled_at: text,
  dining_option: text,
  total_money: amount.min(0),
  total_discount: money,
  tip: money,
  surcharge: money,
  total_taxes: readable(z.object({ id: text, type: text, money_amount: money })),
  line_items: readable(lineSchema),
  payments: readable(z.object({ name: text })),
});
export type PolledReceipt = z.output<typeof polledReceiptSchema>;
