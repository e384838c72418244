import { z } from 'zod';
import type { Ms } from '../../core/order';
import type { OdooLink } from './link';
import type { Register } from './register';
import { fieldsOf } from './schemas';
import {
  attributeValueSchema,
  guestSchema,
  type SelfOrderLine,
  type SelfOrderNames,
  type SelfOrderRow,
  selfOrderLineSchema,
  selfOrderSchema,
  tableSchema,
} from './self-order-rows';

export interface SelfOrderSource {
  readonly link: Pick<OdooLink, 'searchRead' | 'known'>;
  readonly register: Register;
  /** A row that makes no sense; the others are taken. */
  readonly onUnreadable: (model: string, id: string, field: string) => void;
}

type Domain = readonly unknown[];

/** An order of a guest may have some dozens of lines. */
const LINES_A_PAGE = 1_000;

/** Guests' orders of this register. `limit` rows at most, by their ids. @throws {PosUnreachable} */
export async function readSelfOrders(
  source: SelfOrderSource,
  domain: Domain,
  limit?: number,
): Promise<{ readonly rows: readonly SelfOrderRow[]; readonly lastId: number; readonly isFull: boolean }> {
  const { register } = source;
  const found = await readRows(source, 'pos.order', selfOrderSchema, {
    domain: [['config_id', '=', register.row.id], ...madeByGuests(register), ...domain],
    fields: fieldsOf(selfOrderSchema).filter((field) => register.orderFields.has(field)),
    limit,
  });
  const rows = found.rows.filter(
    (row) => row.config_id === register.row.id && row.amount_total >= 0 && isByGuest(row, register),
  );
  return { rows, lastId: found.lastId, isFull: found.count === limit };
}

/** Of some orders, by the order's id. @throws {PosUnreachable} */
export async function readLines(
  source: SelfOrderSource,
  orders: readonly SelfOrderRow[],
): Promise<ReadonlyMap<number, readonly SelfOrderLine[]>> {
  const byOrder = new Map<number, SelfOrderLine[]>(orders.map(({ id }) => [id, []]));
  const fields = fieldsOf(selfOrderLineSchema).filter((field) => source.register.lineFields.has(field));
  let after = 0;
  while (orders.length > 0) {
    const domain = [
      ['order_id', 'in', orders.map(({ id }) => id)],
      ['id', '>', after],
    ];
    const search = { domain, fields, limit: LINES_A_PAGE };
    const page = await readRows(source, 'pos.order.line', selfOrderLineSchema, search);
    for (const line of page.rows) byOrder.get(line.order_id)?.push(line);
    if (page.count < LINES_A_PAGE) break;
    after = page.lastId;
  }
  return byOrder;
}

/** What the orders and their lines link to. @throws {PosUnreachable} */
export async function readNames(
  source: SelfOrderSource,
  orders: readonly SelfOrderRow[],
  lines: readonly SelfOrderLine[],
): Promise<SelfOrderNames> {
  const byId = async <Row extends { readonly id: number }>(
    model: string,
    schema: z.ZodObject & z.ZodType<Row>,
    ids: readonly (number | null)[],
  ): Promise<ReadonlyMap<number, Row>> => {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    if (wanted.length === 0) return new Map();
    // Taken off the menu or the plan since: the order has it all the same.
    const domain = [['id', 'in', wanted]];
    const search = {
      domain,
      fields: await source.link.known(model, fieldsOf(schema)),
      context: ARCHIVED_TOO,
    };
    const { rows } = await readRows(source, model, schema, search);
    return new Map(rows.map((row) => [row.id, row]));
  };
  const [values, tables, guests] = await Promise.all([
    byId('product.template.attribute.value', attributeValueSchema, lines.flatMap(valuesOf)),
    byId('restaurant.table', tableSchema, orders.map(tableIdOf)),
    byId(
      'res.partner',
      guestSchema,
      orders.map(({ partner_id }) => partner_id),
    ),
  ]);
  const named = [...values.values()].flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const]));
  return { values: new Map(named), tables, guests };
}

/** Odoo's own way to write a moment: UTC, whole seconds, no zone. */
export function odooTime(at: Ms): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

const ARCHIVED_TOO = { active_test: false };

/**
 * How guests' orders are told from the till's (contract, section 7): since 19 by a field of its own, before by how
 * their number begins. Orders that we put in ourselves have neither.
 */
function madeByGuests({ orderFields }: Register): Domain {
  if (orderFields.has('source')) return [['source', 'in', SOURCES]];
  const [first, second] = PREFIXES.map((prefix) => ['pos_reference', '=like', `${prefix}%`]);
  return ['|', first, second];
}

function isByGuest({ source, pos_reference }: SelfOrderRow, { orderFields }: Register): boolean {
  if (orderFields.has('source')) return SOURCES.includes(source ?? '');
  return PREFIXES.some((prefix) => (pos_reference ?? '').startsWith(prefix));
}

const SOURCES = ['mobile', 'kiosk'];
const PREFIXES = ['Self-Order ', 'Kiosk '] as const;

function valuesOf({ attribute_value_ids }: SelfOrderLine): readonly number[] {
  return attribute_value_ids;
}

function tableIdOf({ self_ordering_table_id, table_id }: SelfOrderRow): number | null {
  return self_ordering_table_id ?? table_id;
}

interface Search {
  readonly domain: Domain;
  readonly fields: readonly string[];
  readonly limit?: number | undefined;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Row by row, so that one that makes no sense takes no other with it. */
async function readRows<Row extends { readonly id: number }>(
  { link, onUnreadable }: SelfOrderSource,
  model: string,
  schema: z.ZodType<Row>,
  { limit, ...search }: Search,
): Promise<{ readonly rows: readonly Row[]; readonly lastId: number; readonly count: number }> {
  const raw = await link.searchRead(
    model,
    { ...search, order: 'id', ...(limit === undefined ? {} : { limit }) },
    z.unknown(),
  );
  const rows: Row[] = [];
  for (const row of raw) {
    const parsed = schema.safeParse(row);
    if (parsed.success) rows.push(parsed.data);
    else onUnreadable(model, rowId(row), parsed.error.issues[0]?.path.map(String).join('.') ?? '');
  }
  return { rows, lastId: Math.max(0, ...raw.map((row) => Number(rowId(row)) || 0)), count: raw.length };
}

const idSchema = z.object({ id: z.union([z.number(), z.string()]) });

function rowId(row: unknown): string {
  const { data } = idSchema.safeParse(row);
  return data === undefined ? '?' : String(data.id);
}
