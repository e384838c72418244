import type { ListedSale } from '../../core/day-report';
import type { Ms } from '../../core/order';
import { odooTime } from './odoo-time';
import { lineUuid, orderUuid, refundUuid } from './order-uuid';
import {
  AT_ONCE,
  lineSchema,
  readOrders,
  type SaleRow,
  type SearchOptions,
  saleOf,
  settleDoubles,
} from './sale-search';

export interface ListOptions extends SearchOptions {
  /** The register's id. */
  readonly storeId: string;
}

/** Two clocks that are compared with each check. */
const CLOCKS_DIFFER_MS: Ms = 600_000;

/**
 * This register's sales since then: those asked for by reference, doubles settled, and what else bears a uuid of our
 * making. Odoo's own screens make random ones, so that a sale of ours that no order here knows is told apart.
 * @throws {PosUnreachable}
 */
export async function listSales(
  options: ListOptions,
  since: Ms,
  references: readonly string[],
): Promise<readonly ListedSale[]> {
  const { link, locationId, storeId } = options;
  const rows = await readOrders(link, [
    ['config_id', '=', Number(storeId)],
    ['create_date', '>=', odooTime(since - CLOCKS_DIFFER_MS)],
  ]);
  const byUuid = new Map<string, SaleRow[]>();
  for (const row of rows.filter(({ amount_total: total }) => total >= 0)) {
    if (row.uuid !== null) byUuid.set(row.uuid, [...(byUuid.get(row.uuid) ?? []), row]);
  }
  const listed: ListedSale[] = [];
  const unseen: string[] = [];
  for (const reference of references) {
    const seed = { locationId, reference };
    const own = byUuid.get(orderUuid(seed));
    byUuid.delete(orderUuid(seed));
    byUuid.delete(refundUuid(seed));
    if (own === undefined) unseen.push(reference);
    else listed.push({ reference, sale: await settleDoubles(options, own) });
  }
  for (const [uuid, own] of byUuid) {
    if (isOurMaking(uuid)) listed.push({ reference: null, sale: await settleDoubles(options, own) });
  }
  return [...listed, ...(await mergedSales(options, unseen))];
}

/** Drafts that were merged into another order of their table are known by their first line alone (contract section 6). */
async function mergedSales(
  { link, locationId, decimals }: ListOptions,
  references: readonly string[],
): Promise<readonly ListedSale[]> {
  const merged: ListedSale[] = [];
  for (let from = 0; from < references.length; from += AT_ONCE) {
    const byLine = new Map(
      references
        .slice(from, from + AT_ONCE)
        .map((reference) => [lineUuid({ locationId, reference }, 0), reference] as const),
    );
    const domain = [['uuid', 'in', [...byLine.keys()]]];
    const lines = await link.searchRead(
      'pos.order.line',
      { domain, fields: ['order_id', 'uuid'] },
      lineSchema,
    );
    if (lines.length === 0) continue;
    const orders = await readOrders(link, [['id', 'in', lines.flatMap(({ order_id: id }) => id ?? [])]]);
    for (const { order_id: id, uuid } of lines) {
      const row = orders.find((order) => order.id === id);
      const reference = byLine.get(uuid ?? '');
      if (row !== undefined && reference !== undefined)
        merged.push({ reference, sale: saleOf(row, decimals) });
    }
  }
  return merged;
}

/** Version 5: made from a name, as ours are. */
function isOurMaking(uuid: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-5/i.test(uuid);
}
