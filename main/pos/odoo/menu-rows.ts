import { z } from 'zod';
import { bareLink, ids, number, text } from './schemas';

/** What the menu reads of Odoo's rows (contract section 3). */

const flag = z.boolean().catch(false);

export const categoryRowSchema = z.object({ id: z.number(), name: z.string(), parent_id: bareLink });

export const attributeLineSchema = z.object({
  id: z.number(),
  attribute_id: bareLink,
  product_tmpl_id: bareLink,
  product_template_value_ids: ids,
});

export const attributeSchema = z.object({
  id: z.number(),
  name: z.string(),
  /** `always` and `dynamic` make variants; `no_variant` is chosen with each order. */
  create_variant: z.string(),
});

export const attributeValueSchema = z.object({
  id: z.number(),
  name: z.string(),
  price_extra: number,
  ptav_active: z.boolean().default(true),
});

export const comboRowSchema = z.object({ id: z.number(), name: z.string() });

export const comboItemSchema = z.object({
  id: z.number(),
  combo_id: bareLink,
  product_id: z.union([z.tuple([z.number(), z.string()]), z.literal(false)]),
  extra_price: number,
});

export const productNameSchema = z.object({ id: z.number(), name: z.string(), product_tmpl_id: bareLink });

export const templateSchema = z.object({
  id: z.number(),
  name: z.string(),
  active: z.boolean().default(true),
  available_in_pos: flag,
  sale_ok: flag,
  company_id: bareLink,
  pos_categ_ids: ids,
  /** The accounting category, on which price rules may stand. */
  categ_id: bareLink.default(null),
  taxes_id: ids,
  attribute_line_ids: ids,
  combo_ids: ids.default([]),
  list_price: number,
  write_date: text.default(null),
});
export type TemplateRow = z.output<typeof templateSchema>;

export const variantSchema = z.object({
  id: z.number(),
  product_tmpl_id: bareLink,
  default_code: text,
  lst_price: number,
  product_template_variant_value_ids: ids.default([]),
});
export type VariantRow = z.output<typeof variantSchema>;

export const priceRuleSchema = z.object({
  id: z.number(),
  pricelist_id: bareLink,
  applied_on: z.string(),
  compute_price: z.string(),
  base: z.string().catch('list_price'),
  base_pricelist_id: bareLink.default(null),
  fixed_price: number.catch(0),
  percent_price: number.catch(0),
  price_discount: number.catch(0),
  price_surcharge: number.catch(0),
  price_round: number.catch(0),
  price_min_margin: number.catch(0),
  price_max_margin: number.catch(0),
  min_quantity: number.catch(0),
  date_start: text.default(null),
  date_end: text.default(null),
  product_tmpl_id: bareLink.default(null),
  product_id: bareLink.default(null),
  categ_id: bareLink.default(null),
  write_date: text.default(null),
});
export type PriceRuleRow = z.output<typeof priceRuleSchema>;

export const accountCategorySchema = z.object({ id: z.number(), parent_id: bareLink });
