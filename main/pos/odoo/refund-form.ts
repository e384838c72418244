import { z } from 'zod';
import { refundLineUuid, refundPaymentUuid, refundUuid, type UuidSeed } from './order-uuid';
import type { Register } from './register';
import type { SaleRow } from './sale-search';
import { bareLink, ids, number, text } from './schemas';

/** What of a line goes into the one that takes it back. */
export const refundLineSchema = z.object({
  id: z.number(),
  product_id: bareLink,
  full_product_name: text.default(null),
  qty: number,
  price_unit: number,
  discount: number,
  price_subtotal: number,
  price_subtotal_incl: number,
  tax_ids: ids,
  attribute_value_ids: ids.default([]),
  price_extra: number.default(0),
});
export type RefundLine = z.output<typeof refundLineSchema>;

export const refundPaymentSchema = z.object({
  id: z.number(),
  amount: number,
  payment_method_id: bareLink,
});
export type RefundPayment = z.output<typeof refundPaymentSchema>;

export interface RefundFormParts {
  readonly original: SaleRow;
  readonly lines: readonly RefundLine[];
  readonly payments: readonly RefundPayment[];
  readonly sessionId: number;
  readonly seed: UuidSeed;
  readonly register: Register;
}

/**
 * The order that gives another one back: each line with the quantity turned round and the line that it takes back, each
 * payment turned round. Its uuid is made from the order's reference like that of the sale, so that a second try is the
 * same refund.
 */
export function refundForm({
  original,
  lines,
  payments,
  sessionId,
  seed,
  register,
}: RefundFormParts): object {
  const takes = (field: string) => register.lineFields.has(field);
  const total = -original.amount_total;
  const net = lines.reduce((sum, line) => sum - line.price_subtotal, 0);
  const rounded = (amount: number) =>
    Math.round(amount / register.currency.rounding) * register.currency.rounding;
  return {
    uuid: refundUuid(seed),
    name: `${original.pos_reference ?? `Order ${original.id}`} REFUND`,
    sequence_number: 1,
    session_id: sessionId,
    state: 'paid',
    amount_total: total,
    amount_tax: Number(rounded(total - net).toFixed(6)),
    amount_paid: total,
    amount_return: 0,
    lines: lines.map((line) => [
      0,
      0,
      {
        uuid: refundLineUuid(seed, line.id),
        product_id: line.product_id,
        qty: -line.qty,
        price_unit: line.price_unit,
        discount: line.discount,
        tax_ids: [[6, 0, line.tax_ids]],
        price_subtotal: -line.price_subtotal,
        price_subtotal_incl: -line.price_subtotal_incl,
        refunded_orderline_id: line.id,
        ...(line.full_product_name === null ? {} : { full_product_name: line.full_product_name }),
        ...(line.attribute_value_ids.length === 0 || !takes('attribute_value_ids')
          ? {}
          : { attribute_value_ids: [[6, 0, line.attribute_value_ids]], price_extra: line.price_extra }),
      },
    ]),
    payment_ids: payments.map((payment) => [
      0,
      0,
      {
        uuid: refundPaymentUuid(seed, payment.id),
        payment_method_id: payment.payment_method_id,
        amount: -payment.amount,
      },
    ]),
  };
}
