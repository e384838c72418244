import {
  type DocumentProblem,
  type OnlineOrder,
  type OrderContext,
  parseOnlineOrder,
} from '../core/online-order';

/** An entry of a page that is not an order. */
export interface RejectedEntry {
  /** As far as it has one. */
  readonly id: string | null;
  readonly problems: readonly DocumentProblem[];
}

export interface SortedEntries {
  readonly orders: readonly OnlineOrder[];
  readonly rejected: readonly RejectedEntry[];
}

/** Parses each entry by itself, so that a malformed one holds nobody up. */
export function sortEntries(entries: readonly unknown[], context: OrderContext): SortedEntries {
  const orders: OnlineOrder[] = [];
  const rejected: RejectedEntry[] = [];
  for (const entry of entries) {
    const parsed = parseOnlineOrder(entry, context);
    if (parsed.ok) orders.push(parsed.order);
    else rejected.push({ id: idOf(entry), problems: parsed.problems });
  }
  return { orders, rejected };
}

function idOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('id' in entry)) return null;
  return typeof entry.id === 'string' ? entry.id.slice(0, 128) : null;
}
