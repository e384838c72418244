import { z } from 'zod';
import { invalidValue, missing, Refusal, unknownName } from './refusal';
import { LOYVERSE_TIME } from './timestamp';

const money = z.number().min(0).max(1e9);
const time = z.string().regex(LOYVERSE_TIME, 'Must be like 2020-03-30T18:30:00.000Z');
const text = z.string().nullish();
const references = z.array(z.object({ id: z.string() })).nullish();

const lineSchema = z.object({
  variant_id: z.string(),
  quantity: z.number().positive().max(1e6),
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

/** The body of `POST /receipts`, as far as its form can be judged. */
export type ReceiptRequest = z.output<typeof receiptSchema>;

/** How long texts may be is not stated; these lengths are known to be safe. */
const SAFE_LENGTHS = { order: 64, source: 64, note: 500 } as const;
const SAFE_LINE_NOTE = 500;

/**
 * @param strict refuses what Loyverse would ignore (a misspelt field) and what it might not take (a long text)
 * @throws {Refusal}
 */
export function parseReceiptRequest(body: string, strict: boolean): ReceiptRequest {
  const input = parseJson(body);
  const parsed = receiptSchema.safeParse(input);
  if (!parsed.success) throw refusalOf(parsed.error.issues[0], input, body);
  if (strict) {
    const unknown = unknownField(input, parsed.data, ['object']);
    if (unknown !== null) throw unknownName(unknown);
    refuseLongTexts(parsed.data);
  }
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Where exactly it breaks is in nobody's contract.
    throw new Refusal(400, 'BAD_REQUEST', 'The body is not JSON');
  }
}

function refusalOf(issue: z.core.$ZodIssue | undefined, input: unknown, body: string): Refusal {
  const path = issue?.path ?? [];
  const field = fieldText(['object', ...path]);
  if (valueAt(input, path) === undefined && path.length > 0) {
    // Seen live for a field of the body itself: behind it stands where the reader was when it missed it.
    return missing(path.length === 1 ? `${field} ${endOf(body)}` : field);
  }
  const details = issue?.message ?? 'Invalid';
  return issue?.code === 'invalid_type'
    ? new Refusal(400, 'INCORRECT_VALUE_TYPE', details, field)
    : invalidValue(details, field);
}

function endOf(body: string): string {
  const lines = body.split('\n');
  return `(line: ${lines.length}, column: ${lines.at(-1)?.length ?? 0})`;
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

/** The first field of `input` that did not make it into `parsed`: the schemas drop what they do not know. */
function unknownField(input: unknown, parsed: unknown, path: readonly PropertyKey[]): string | null {
  if (!isRecord(input) || !isRecord(parsed)) return null;
  for (const [key, value] of Object.entries(input)) {
    const here = [...path, Array.isArray(input) ? Number(key) : key];
    const unknown = key in parsed ? unknownField(value, parsed[key], here) : fieldText(here);
    if (unknown !== null) return unknown;
  }
  return null;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), input);
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

function fieldText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, part) => {
    if (typeof part === 'number') return `${field}[${part}]`;
    return field === '' ? String(part) : `${field}.${String(part)}`;
  }, '');
}
