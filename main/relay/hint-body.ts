import { z } from 'zod';

/** What a till's message is about, and so what is worth reading again. */
export type HintNews = 'menu' | 'orders' | 'all' | 'nothing';

/** A till's message as far as it makes us look somewhere. Nothing in it is believed. */
export interface TillHint {
  readonly what: HintNews;
  /** Whose account it says that it is about; `null` where it does not say. */
  readonly account: string | null;
  /** One for each state of each thing that it names: a message that names nothing new is a repeat. */
  readonly marks: readonly string[];
}

/**
 * Loyverse's types (contract, section 6). Stock does not decide what is for sale, and of customers and shifts nothing
 * is kept here.
 */
const NEWS: ReadonlyMap<string, HintNews> = new Map([
  ['items.update', 'menu'],
  ['receipts.update', 'orders'],
  ['inventory_levels.update', 'nothing'],
  ['customers.update', 'nothing'],
  ['shifts.create', 'nothing'],
]);

/**
 * Odoo's models (contract, section 8): its call names the one row that changed. What belongs to neither may be about
 * anything.
 */
const MODELS: readonly (readonly [RegExp, HintNews])[] = [
  [/^pos\.(?:order|payment)\b/, 'orders'],
  [/^(?:product\.|pos\.category$|account\.tax$|account\.fiscal\.position\b)/, 'menu'],
];

/** Parsing more than this at once would be felt at the counter; a hundred receipts are half of it. */
const PARSED_BYTES = 512 * 1024;
/** Nested types are in capitals: `INCLUDED`, `SALE`. */
const TYPE = /"type"\s*:\s*"([a-z_]+\.[a-z_]+)"/;
const MODEL = /"_model"\s*:\s*"([a-z_.]{1,64})"/;
const ACCOUNT = /"merchant_id"\s*:\s*"([^"\\]{1,128})"/;

const text = z.string().nullish().catch(null);
const rowSchema = z.object({
  id: text,
  receipt_number: text,
  variant_id: text,
  store_id: text,
  updated_at: text,
  cancelled_at: text,
});
const bodySchema = z.looseObject({ type: z.string(), merchant_id: text });
const callSchema = z.object({ _model: z.string() });

/** Reads what came, whatever it is: what is not understood may be about anything. */
export function readHint(body: Buffer | null): TillHint {
  if (body === null) return { what: 'all', account: null, marks: [] };
  const content = body.toString('utf8');
  if (body.length > PARSED_BYTES) {
    const what = newsOf(TYPE.exec(content)?.[1], MODEL.exec(content)?.[1]);
    return { what, account: ACCOUNT.exec(content)?.[1] ?? null, marks: [] };
  }
  const json = parseJson(content);
  const call = callSchema.safeParse(json).data;
  // Seven calls or more for one order, and before 19 all of them before it can be read: none is a mere repeat.
  if (call !== undefined) return { what: newsOf(undefined, call._model), account: null, marks: [] };
  const { data } = bodySchema.safeParse(json);
  if (data === undefined) return { what: 'all', account: null, marks: [] };
  const { type, merchant_id } = data;
  const rows = z.array(z.unknown()).safeParse(data[type.split('.')[0] ?? '']).data ?? [];
  const marks = rows.flatMap((row) => markOf(type, row) ?? []);
  // Something without a mark is always news.
  const isComplete = marks.length === rows.length;
  return { what: newsOf(type), account: merchant_id ?? null, marks: isComplete ? marks : [] };
}

function newsOf(type: string | undefined, model?: string): HintNews {
  const about = MODELS.find(([models]) => model !== undefined && models.test(model));
  return about?.[1] ?? NEWS.get(type ?? '') ?? 'all';
}

function markOf(type: string, row: unknown): string | undefined {
  const { data } = rowSchema.safeParse(row);
  if (!data?.updated_at) return undefined;
  const { id, receipt_number, variant_id, store_id, updated_at, cancelled_at } = data;
  const name = id ?? receipt_number ?? (variant_id && `${variant_id}/${store_id ?? ''}`);
  return name ? `${type} ${name} ${updated_at} ${cancelled_at ?? ''}` : undefined;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // The till said something; what, is for the next read to find out.
    return undefined;
  }
}
