import { z } from 'zod';
import { bareLink, ids, link, number, paymentMethodSchema, text } from './schemas';

/** What an order and a menu need to know of a register. A field that this server lacks is absent. */

const flag = z.boolean().default(false);
const absentLink = bareLink.default(null);

/** All of it is to be asked for through `OdooLink.known`: modules and versions differ. */
export const registerRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  active: z.boolean().default(true),
  company_id: link,
  currency_id: link,
  current_session_id: bareLink,
  current_session_state: text,
  payment_method_ids: ids,
  use_pricelist: flag,
  pricelist_id: absentLink,
  limit_categories: flag,
  iface_available_categ_ids: ids.default([]),
  default_fiscal_position_id: absentLink,
  takeaway_fp_id: absentLink,
  use_presets: flag,
  default_preset_id: absentLink,
  available_preset_ids: ids.default([]),
  module_pos_restaurant: flag,
  floor_ids: ids.default([]),
  tip_product_id: absentLink,
});

export const sessionSchema = registerRowSchema.pick({
  id: true,
  current_session_id: true,
  current_session_state: true,
});

export const companyRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  /** `round_per_line` or `round_globally`. */
  tax_calculation_rounding_method: text,
});

export const currencyRowSchema = z.object({ id: z.number(), name: z.string(), rounding: number });

export const taxRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  amount: number,
  amount_type: z.string(),
  price_include: z.boolean(),
  include_base_amount: z.boolean(),
  is_base_affected: z.boolean(),
  sequence: number,
  children_tax_ids: ids,
});
export type TaxRow = z.output<typeof taxRowSchema>;

export const presetRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  fiscal_position_id: absentLink,
  pricelist_id: absentLink,
  use_timing: flag,
  is_return: flag,
  /** `table`, `counter` or `delivery`; a module of its own adds it. */
  service_at: text.default(null),
});
export type PresetRow = z.output<typeof presetRowSchema>;

export const positionRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  /** Since 18: each replaced tax, as text, with the taxes in its place. */
  tax_map: z.record(z.string(), ids).nullable().catch(null).default(null),
  /** Before 19: ids of the lines of the map. Since then ids of taxes. */
  tax_ids: ids.default([]),
});

/** A line of a fiscal position's map, before 19. */
export const positionLineSchema = z.object({
  id: z.number(),
  position_id: bareLink,
  tax_src_id: bareLink,
  tax_dest_id: bareLink,
});

export const paymentRowSchema = paymentMethodSchema;
