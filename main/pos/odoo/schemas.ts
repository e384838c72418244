import { z } from 'zod';

/** What we read of Odoo's rows. In every field that is not a boolean `false` stands for "empty". */

export const text = z
  .union([z.string(), z.literal(false)])
  .transform((value) => (value === false ? null : value));
/** A gateway in between may write numbers as texts. */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);
/** A day or a time, UTC without a zone: `2026-11-22 22:15:18`. */
export const utcTime = text.transform((value) =>
  value === null ? null : Date.parse(`${value.replace(' ', 'T')}Z`),
);
/** `[id, name]`, or `false`. */
export const link = z
  .union([z.tuple([z.number(), z.string()]), z.literal(false)])
  .transform((value) => (value === false ? null : { id: value[0], name: value[1] }));
/** A link read with `load: ''`: the bare id, or `false`. */
export const bareLink = z
  .union([z.number(), z.tuple([z.number(), z.string()]), z.literal(false)])
  .transform((value) => (value === false ? null : typeof value === 'number' ? value : value[0]));
export const ids = z.array(z.number());

export const userSchema = z.object({ id: z.number(), login: text, email: text, company_ids: ids });

export const companySchema = z.object({
  id: z.number(),
  name: z.string(),
  /** `round_per_line` or `round_globally`. */
  tax_calculation_rounding_method: text,
});
export type CompanyRow = z.output<typeof companySchema>;

export const registerSchema = z.object({
  id: z.number(),
  name: z.string(),
  currency_id: link,
  current_session_id: link,
  current_session_state: text,
  payment_method_ids: ids,
  use_pricelist: z.boolean(),
  pricelist_id: link,
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

export const partnerSchema = z.object({ id: z.number(), name: text, company_id: link });
export type PartnerRow = z.output<typeof partnerSchema>;

export const keySchema = z.object({ id: z.number(), name: text, scope: text, expiration_date: text });
export type KeyRow = z.output<typeof keySchema>;

/** The fields to ask for are those that the schema reads. */
export function fieldsOf(schema: z.ZodObject): string[] {
  return Object.keys(schema.shape).filter((field) => field !== 'id');
}
