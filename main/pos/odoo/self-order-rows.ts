import { z } from 'zod';
import { bareLink, ids, link, number, text, utcTime } from './schemas';

/**
 * What we read of orders that guests made themselves (contract, section 7). All of it is to be asked for through
 * `OdooLink.known`: versions and modules differ. A part that is missing or odd leaves a meal that somebody waits for.
 */

const words = text.catch(null).default(null);
const amount = number.refine((value) => Math.abs(value) < 1e9);
const moment = utcTime.pipe(z.number());
const bare = bareLink.catch(null).default(null);
const named = link.catch(null).default(null);
const idList = ids.catch([]).default([]);

export const selfOrderSchema = z.object({
  id: number,
  /** 17 has none. */
  uuid: words,
  pos_reference: words,
  tracking_number: words,
  floating_order_name: words,
  /** `draft`, `paid`, `done`, `invoiced` or `cancel`. */
  state: z.string(),
  /** Since 19: `mobile` and `kiosk` beside the till's own `pos`. */
  source: words,
  config_id: bareLink,
  table_id: bare,
  self_ordering_table_id: bare,
  table_stand_number: words,
  takeaway: z.boolean().catch(false).default(false),
  preset_id: named,
  preset_time: moment.nullable().catch(null).default(null),
  partner_id: bare,
  mobile: words,
  general_customer_note: words,
  general_note: words,
  amount_total: amount,
  amount_tax: amount.catch(0),
  lines: idList,
  create_date: moment,
  write_date: moment,
});
export type SelfOrderRow = z.output<typeof selfOrderSchema>;

export const selfOrderLineSchema = z.object({
  id: number,
  order_id: bareLink.pipe(z.number()),
  product_id: named,
  full_product_name: words,
  qty: amount,
  price_unit: amount.catch(0),
  discount: amount.catch(0),
  price_subtotal: amount,
  price_subtotal_incl: amount,
  tax_ids: idList,
  tax_ids_after_fiscal_position: idList,
  attribute_value_ids: idList,
  customer_note: words,
  note: words,
  combo_parent_id: bare,
});
export type SelfOrderLine = z.output<typeof selfOrderLineSchema>;

export const attributeValueSchema = z.object({ id: number, name: words });

export const tableSchema = z.object({
  id: number,
  /** Since 18; before, `name`. */
  table_number: number.nullable().catch(null).default(null),
  name: words,
  floor_id: named,
});
export type TableRow = z.output<typeof tableSchema>;

export const guestSchema = z.object({
  id: number,
  name: words,
  phone: words,
  /** Until 18. */
  mobile: words,
  street: words,
  street2: words,
  city: words,
});
export type GuestRow = z.output<typeof guestSchema>;

/** What an order's links lead to, by id. */
export interface SelfOrderNames {
  readonly values: ReadonlyMap<number, string>;
  readonly tables: ReadonlyMap<number, TableRow>;
  readonly guests: ReadonlyMap<number, GuestRow>;
}
