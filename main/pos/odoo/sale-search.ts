import { z } from 'zod';
import type { Log } from '../../core/log';
import { toMinor } from '../../core/money';
import type { Ms, Sale, SaleState } from '../../core/order';
import type { SoldLine } from '../../core/sale-agreement';
import { type FollowedSale, type FoundSale, PosUnreachable, type SaleOrder } from '../provider';
import type { OdooLink } from './link';
import { odooTime } from './odoo-time';
import { lineUuid, orderUuid, type UuidSeed } from './order-uuid';
import { bareLink, number, text } from './schemas';

export interface SearchOptions {
  readonly link: OdooLink;
  readonly locationId: string;
  readonly decimals: number;
  readonly log: Log;
  readonly logName: string;
}

export const saleRowSchema = z.object({
  id: z.number(),
  uuid: text,
  pos_reference: text,
  state: z.string(),
  amount_total: number,
  session_id: bareLink,
});
export type SaleRow = z.output<typeof saleRowSchema>;
export const SALE_FIELDS: readonly string[] = Object.keys(saleRowSchema.shape).filter(
  (name) => name !== 'id',
);

export const lineSchema = z.object({ id: z.number(), order_id: bareLink, uuid: text });

const soldLineSchema = z.object({
  id: z.number(),
  product_id: bareLink,
  qty: number,
  /** The combo that it was chosen for. */
  combo_parent_id: bareLink.optional().default(null),
});

/**
 * How far before the first attempt an order is looked for: more than any clock is wrong. Before 19 nothing but the date
 * has an index, and the table grows for years.
 */
const CLOCKS_DIFFER_MS = 25 * 3_600_000;
/** Orders that are asked for at once. */
export const AT_ONCE = 100;

/**
 * Looks for an order by its uuid and then by that of its first line: a draft for a table may have been merged into the
 * table's own order, where our uuid is stored nowhere (contract section 6).
 * @returns `undefined` only after Odoo has said that there is none. @throws {PosUnreachable}
 */
export async function searchSale(
  options: SearchOptions,
  wanted: Pick<SaleOrder, 'reference' | 'firstAttemptAt'>,
): Promise<Sale | undefined> {
  return (await search(options, wanted))?.sale;
}

/** The same with what it is made of, where that can be told. @throws {PosUnreachable} */
export async function findSale(
  options: SearchOptions,
  wanted: Pick<SaleOrder, 'reference' | 'firstAttemptAt'>,
): Promise<FoundSale | undefined> {
  const found = await search(options, wanted);
  if (found === undefined || found.ownId === null) return found?.sale;
  return { ...found.sale, lines: await readLines(options.link, found.ownId) };
}

interface Found {
  readonly sale: Sale;
  /** Of the one order that is ours alone; `null` for a table's order, which holds more than ours, and for several. */
  readonly ownId: number | null;
}

async function search(
  options: SearchOptions,
  { reference, firstAttemptAt }: Pick<SaleOrder, 'reference' | 'firstAttemptAt'>,
): Promise<Found | undefined> {
  const seed = { locationId: options.locationId, reference };
  const uuid = orderUuid(seed);
  const rows = await readOrders(options.link, [
    ['create_date', '>=', odooTime(firstAttemptAt - CLOCKS_DIFFER_MS)],
    ['uuid', '=', uuid],
  ]);
  const [own, ...more] = rows;
  if (own !== undefined) {
    return { sale: await settleDoubles(options, rows), ownId: more.length === 0 ? own.id : null };
  }
  const merged = await searchMerged(options, seed, firstAttemptAt);
  return merged === undefined ? undefined : { sale: saleOf(merged, options.decimals), ownId: null };
}

/** @throws {PosUnreachable} */
async function searchMerged(
  { link }: SearchOptions,
  seed: UuidSeed,
  since: Ms,
): Promise<SaleRow | undefined> {
  const domain = [
    ['create_date', '>=', odooTime(since - CLOCKS_DIFFER_MS)],
    ['uuid', '=', lineUuid(seed, 0)],
  ];
  const [line] = await link.searchRead(
    'pos.order.line',
    { domain, fields: ['order_id', 'uuid'], limit: 1 },
    lineSchema,
  );
  if (line === undefined || line.order_id === null) return undefined;
  const [row] = await readOrders(link, [['id', '=', line.order_id]]);
  return row;
}

/** @throws {PosUnreachable} */
async function readLines(link: OdooLink, orderId: number): Promise<readonly SoldLine[]> {
  const fields = await link.known('pos.order.line', ['product_id', 'qty', 'combo_parent_id']);
  const lines = await link.searchRead(
    'pos.order.line',
    { domain: [['order_id', '=', orderId]], fields },
    soldLineSchema,
  );
  return lines
    .filter(({ combo_parent_id: parent }) => parent === null)
    .map(({ product_id: id, qty }) => ({ variantId: String(id ?? ''), quantity: qty }));
}

/** What has become of these sales. Says nothing of those that Odoo does not have. @throws {PosUnreachable} */
export async function followSales(
  options: SearchOptions,
  followed: readonly FollowedSale[],
): Promise<readonly FollowedSale[]> {
  const found: FollowedSale[] = [];
  for (let from = 0; from < followed.length; from += AT_ONCE) {
    const part = followed.slice(from, from + AT_ONCE);
    const uuids = part.map(({ reference }) => orderUuid({ locationId: options.locationId, reference }));
    const rows = await readOrders(options.link, [['uuid', 'in', uuids]]);
    for (const [index, { reference, sale }] of part.entries()) {
      const own = rows.filter((row) => row.uuid === uuids[index]);
      if (own.length === 0) continue;
      const now = await settleDoubles(options, own);
      // What we computed when it was booked is not in Odoo.
      found.push({
        reference,
        sale: sale.expected === undefined ? now : { ...now, expected: sale.expected },
      });
    }
  }
  return found;
}

export async function readOrders(link: OdooLink, domain: readonly unknown[]): Promise<SaleRow[]> {
  return link.searchRead('pos.order', { domain, fields: SALE_FIELDS, order: 'id' }, saleRowSchema);
}

/**
 * Several orders with one uuid: before 19 nothing in Odoo forbids them. The one that is paid is kept, of several the
 * lowest; the others are called off where nobody has paid them, and named where somebody has.
 */
export async function settleDoubles(options: SearchOptions, rows: readonly SaleRow[]): Promise<Sale> {
  const { link, log, logName, decimals } = options;
  const kept = [...rows].sort((a, b) => rank(a) - rank(b) || a.id - b.id)[0];
  if (kept === undefined) throw new TypeError('Nothing to choose from.');
  const doubles = rows.filter((row) => row !== kept && stateOf(row) !== 'called_off');
  if (doubles.length === 0) return saleOf(kept, decimals);
  log.error('sale_doubled', {
    provider: logName,
    kept: kept.id,
    doubles: doubles.map(({ id }) => id).join(', '),
  });
  const drafts = doubles.filter((row) => stateOf(row) === 'open');
  for (const { id } of drafts) {
    await callOff(link, id).catch((error: unknown) => {
      // What came of it is read below, and looked for again the next time.
      log.warn('double_not_called_off', { provider: logName, id, error: String(error) });
    });
  }
  const ids = doubles.map(({ id }) => id);
  const left =
    drafts.length === 0
      ? doubles
      : (await readOrders(link, [['id', 'in', ids]])).filter((row) => stateOf(row) !== 'called_off');
  const sale = saleOf(kept, decimals);
  return left.length === 0 ? sale : { ...sale, doubles: left.map((row) => `${numberOf(row)} (#${row.id})`) };
}

/** Kept first: what somebody has paid, then what they may still pay. */
function rank(row: SaleRow): number {
  const places: Readonly<Record<SaleState, number>> = { paid: 0, open: 1, called_off: 2 };
  return places[stateOf(row)];
}

/**
 * Throws an unpaid order away. On one that is paid it does nothing, and says nothing (contract section 6): what came of
 * it must be read.
 * @throws {PosRefused} @throws {PosUnreachable} @throws {PosOutcomeUnknown}
 */
export async function callOff(link: OdooLink, orderId: number): Promise<void> {
  const call = { model: 'pos.order', method: 'action_pos_order_cancel', ids: [orderId], writes: true };
  await link.call(call, z.unknown());
}

export function stateOf({ state }: Pick<SaleRow, 'state'>): SaleState {
  switch (state) {
    case 'draft':
      return 'open';
    case 'cancel':
      return 'called_off';
    case 'paid':
    case 'done':
    case 'invoiced':
      return 'paid';
    default:
      // A state of a version to come: saying "paid" or "open" of it could cost a meal.
      throw new PosUnreachable({
        code: 'unreadable',
        words: 'Odoo says something of this order that we do not know.',
      });
  }
}

export function saleOf(row: SaleRow, decimals: number): Sale {
  return { number: numberOf(row), total: toMinor(row.amount_total, decimals), state: stateOf(row) };
}

function numberOf({ id, pos_reference: reference }: SaleRow): string {
  return reference === null || reference === '/' ? `#${id}` : reference;
}
