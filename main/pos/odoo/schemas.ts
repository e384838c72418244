import { z } from 'zod';

/** What we read of Odoo's rows. In every field that is not a boolean `false` stands for "empty". */

const text = z.union([z.string(), z.literal(false)]).transform((value) => (value === false ? null : value));
/** `[id, name]`, or `false`. */
const link = z
  .union([z.tuple([z.number(), z.string()]), z.literal(false)])
  .transform((value) => (value === false ? null : { id: value[0], name: value[1] }));
const ids = z.array(z.number());

export const userSchema = z.object({ id: z.number(), login: text, company_ids: ids });

export const companySchema = z.object({ id: z.number(), name: z.string() });
export type CompanyRow = z.output<typeof companySchema>;

export const registerSchema = z.object({
  id: z.number(),
  name: z.string(),
  currency_id: link,
  current_session_id: link,
  current_session_state: text,
  payment_method_ids: ids,
});
export type RegisterRow = z.output<typeof registerSchema>;

export const paymentMethodSchema = z.object({
  id: z.number(),
  name: z.string(),
  /** `cash`, `bank` or `pay_later`. */
  type: text,
  /** The kind of card terminal that it drives. */
  use_payment_terminal: text,
});
export type PaymentMethodRow = z.output<typeof paymentMethodSchema>;

export const partnerSchema = z.object({ id: z.number(), name: text });

export const keySchema = z.object({ id: z.number(), name: text, scope: text, expiration_date: text });
export type KeyRow = z.output<typeof keySchema>;

/** The fields to ask for are those that the schema reads. */
export function fieldsOf(schema: z.ZodObject): string[] {
  return Object.keys(schema.shape).filter((field) => field !== 'id');
}
