import { idOf } from './self-order-document';
import { readSelfOrders, type SelfOrderSource } from './self-order-read';
import type { SelfOrderRow } from './self-order-rows';

export interface SingleOrder {
  readonly row: SelfOrderRow;
  /** Numbers of other orders in the till that came of the same tap. */
  readonly doubles: readonly string[];
}

/**
 * Each order once. Before 19 nothing keeps a phone that sends twice at once from making two orders with one uuid
 * (contract, section 6): the kitchen cooks one of them, and staff are told of the other.
 * @throws {PosUnreachable}
 */
export async function withoutDoubles(
  source: SelfOrderSource,
  found: readonly SelfOrderRow[],
): Promise<readonly SingleOrder[]> {
  const uuids = found.flatMap(({ uuid }) => uuid ?? []);
  if (source.register.version.major >= 19 || uuids.length === 0) {
    return found.map((row) => ({ row, doubles: [] }));
  }
  // Its double may not have changed lately.
  const { rows } = await readSelfOrders(source, [['uuid', 'in', uuids]]);
  const all = new Map([...found, ...rows].map((row) => [row.id, row]));
  const byId = new Map<string, SelfOrderRow[]>();
  for (const row of [...all.values()].sort((a, b) => a.id - b.id)) {
    byId.set(idOf(row), [...(byId.get(idOf(row)) ?? []), row]);
  }
  return [...byId.values()].flatMap((same) => {
    // The one that staff left standing; of several the oldest.
    const standing = same.filter(({ state }) => state !== 'cancel');
    const [row, ...others] = standing.length === 0 ? same.slice(0, 1) : standing;
    return row === undefined ? [] : [{ row, doubles: others.map(numberOf) }];
  });
}

function numberOf({ pos_reference, id }: SelfOrderRow): string {
  return pos_reference ?? String(id);
}
