import { z } from 'zod';

/**
 * The Online Order document: what a website or a gateway sends, by webhook and by poll alike.
 * Its full description for senders is `data/online-order.openapi.yaml`.
 */

const MAX_AMOUNT = 100_000_000_00;
const amount = z.int().min(0).max(MAX_AMOUNT);

const modifierSchema = z.object({
  name: z.string().min(1).max(200),
  price: amount.default(0),
  quantity: z.int().min(1).max(999).default(1),
});

const lineSchema = z.object({
  variant_id: z.string().max(128).nullable().default(null),
  sku: z.string().max(128).nullable().default(null),
  name: z.string().min(1).max(300),
  quantity: z.int().min(1).max(9999),
  unit_price: amount,
  modifiers: z.array(modifierSchema).max(100).default([]),
  note: z.string().max(5000).default(''),
});

export const documentSchema = z.object({
  id: z.string().min(1).max(128),
  number: z.string().min(1).max(40).optional(),
  placed_at: z.iso.datetime({ offset: true }),
  currency: z.string().length(3),
  service: z.enum(['pickup', 'delivery', 'dine_in']),
  requested_for: z.iso.datetime({ offset: true }).nullable().default(null),
  table: z.string().max(100).nullable().default(null),
  customer: z.object({
    name: z.string().min(1).max(200),
    phone: z.string().max(40).default(''),
    note: z.string().max(5000).default(''),
  }),
  delivery: z
    .object({
      address: z.string().min(1).max(1000),
      latlon: z
        .tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])
        .nullable()
        .default(null),
      fee: amount,
      instructions: z.string().max(2000).default(''),
    })
    .nullable()
    .default(null),
  lines: z.array(lineSchema).min(1).max(500),
  discount: amount.default(0),
  tip: amount.default(0),
  tax: amount.default(0),
  tax_included: z.boolean().default(true),
  total: amount,
  payment: z.object({
    status: z.enum(['paid', 'unpaid']),
    method: z.string().max(60).default('cash'),
    reference: z.string().max(200).nullable().default(null),
  }),
  status: z.enum(['placed', 'cancelled']).default('placed'),
  cancel_reason: z.string().max(500).nullable().default(null),
  revision: z.int().min(0).default(0),
});

/** A parsed order document: every default filled in, amounts in minor units. */
export type OnlineOrder = Omit<z.output<typeof documentSchema>, 'number'> & { number: string };
export type OrderLine = OnlineOrder['lines'][number];
export type Service = OnlineOrder['service'];

/** What an order must agree with at the location that takes it. */
export interface OrderContext {
  readonly currency: string;
  readonly tables: readonly string[];
}

/** One line's money: quantity × (unit price + modifiers), in minor units. */
export function lineTotal(line: Pick<OrderLine, 'quantity' | 'unit_price' | 'modifiers'>): number {
  const extras = line.modifiers.reduce((sum, m) => sum + m.price * m.quantity, 0);
  return line.quantity * (line.unit_price + extras);
}

/** The total that a document's parts add up to, in minor units. */
export function computedTotal(
  order: Pick<OnlineOrder, 'lines' | 'discount' | 'tip' | 'tax' | 'tax_included' | 'delivery'>,
): number {
  const lines = order.lines.reduce((sum, line) => sum + lineTotal(line), 0);
  const tax = order.tax_included ? 0 : order.tax;
  return lines - order.discount + (order.delivery?.fee ?? 0) + order.tip + tax;
}

/** The number of dishes: what a cashier calls "6 items". */
export function itemCount(order: Pick<OnlineOrder, 'lines'>): number {
  return order.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** One thing wrong with a document: where, as `lines[0].quantity`, and what. */
export interface DocumentProblem {
  readonly path: string;
  readonly problem: string;
}

export type ParsedOrder =
  | { readonly ok: true; readonly order: OnlineOrder }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/**
 * Parses a document from outside. All problems are listed at once; nothing is thrown.
 * A cancellation is let through with the same demands: it names the order that it cancels.
 */
export function parseOnlineOrder(input: unknown, context: OrderContext): ParsedOrder {
  const parsed = documentSchema.safeParse(input);
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map((issue) => ({ path: pathText(issue.path), problem: issue.message })),
    };
  }
  const order: OnlineOrder = { ...parsed.data, number: parsed.data.number ?? parsed.data.id };
  const problems = contextProblems(order, context);
  return problems.length === 0 ? { ok: true, order } : { ok: false, problems };
}

function contextProblems(order: OnlineOrder, context: OrderContext): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  if (order.currency !== context.currency) {
    problems.push({ path: 'currency', problem: `this location takes ${context.currency}` });
  }
  if (order.service === 'dine_in' && (order.table === null || !context.tables.includes(order.table))) {
    problems.push({ path: 'table', problem: `dine_in needs one of: ${context.tables.join(', ')}` });
  }
  if (order.service === 'delivery' && order.delivery === null) {
    problems.push({ path: 'delivery', problem: 'a delivery needs an address and a fee' });
  }
  const expected = computedTotal(order);
  if (order.total !== expected) {
    problems.push({
      path: 'total',
      problem: `the lines add up to ${expected}, the order says ${order.total}`,
    });
  }
  return problems;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
