import { z } from 'zod';
import { invalidValue } from './refusal';
import { parseBody } from './request-body';
import { LOYVERSE_TIME } from './timestamp';

const money = z.number().min(0).max(1e9);
const time = z.string().regex(LOYVERSE_TIME, 'Must be like 2020-03-30T18:30:00.000Z');
const text = z.string().nullish();
const references = z.array(z.object({ id: z.string() })).nullish();
const quantity = z.number().positive().max(1e6);

const lineSchema = z.object({
  variant_id: z.string(),
  quantity,
  price: money.nullish(),
  cost: money.nullish(),
  line_note: text,
  line_taxes: references,
  line_discounts: references,
  line_modifiers: z.array(z.object({ modifier_option_id: z.string(), price: money.nullish() })).nullish(),
});

const discountSchema = z.object({
  id: z.string(),
  scope: z.enum(['RECEIPT', 'LINE_ITEM']).nullish(),
  percentage: z.number().min(0).max(100).nullish(),
  money_amount: money.nullish(),
});

const paymentSchema = z.object({
  payment_type_id: z.string(),
  money_amount: money.nullish(),
  paid_at: time.nullish(),
});

const receiptSchema = z.object({
  store_id: z.string(),
  line_items: z.array(lineSchema).min(1),
  payments: z.tuple([paymentSchema]),
  order: text,
  source: text,
  receipt_date: time.nullish(),
  note: text,
  customer_id: text,
  employee_id: text,
  total_discounts: z.array(discountSchema).nullish(),
});

const refundSchema = z.object({
  line_items: z.array(z.object({ id: z.string(), quantity })).min(1),
  store_id: text,
  employee_id: text,
  source: text,
  receipt_date: time.nullish(),
});

/** The body of `POST /receipts`, as far as its form can be judged. */
export type ReceiptRequest = z.output<typeof receiptSchema>;
/** The body of `POST /receipts/{receipt_number}/refund`. */
export type RefundRequest = z.output<typeof refundSchema>;

/** How long texts may be is not stated; these lengths are known to be safe. */
const SAFE_LENGTHS = { order: 64, source: 64, note: 500 } as const;
const SAFE_LINE_NOTE = 500;

/**
 * @param strict refuses what Loyverse would ignore (a misspelt field) and what it might not take (a long text)
 * @throws {Refusal}
 */
export function parseReceiptRequest(body: string, strict: boolean): ReceiptRequest {
  const request = parseBody(receiptSchema, body, strict);
  if (strict) refuseLongTexts(request);
  return request;
}

/** @throws {Refusal} */
export function parseRefundRequest(body: string, strict: boolean): RefundRequest {
  return parseBody(refundSchema, body, strict);
}

function refuseLongTexts(request: ReceiptRequest): void {
  for (const name of ['order', 'source', 'note'] as const) {
    if ((request[name]?.length ?? 0) > SAFE_LENGTHS[name]) {
      throw invalidValue(`Longer than ${SAFE_LENGTHS[name]} characters`, `object.${name}`);
    }
  }
  request.line_items.forEach((line, index) => {
    if ((line.line_note?.length ?? 0) > SAFE_LINE_NOTE) {
      const field = `object.line_items[${index}].line_note`;
      throw invalidValue(`Longer than ${SAFE_LINE_NOTE} characters`, field);
    }
  });
}
