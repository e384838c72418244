import type { Minor } from './money';
import type { Ms, Order } from './order';
import { isTestOrder } from './test-order';

/** Who waits longer than this may order elsewhere. */
export const ACCEPTANCE_GOAL_MS: Ms = 55_000;

/** What one kind of payment came to, in minor units. */
export interface PaidBy {
  readonly kind: 'online' | 'cash' | 'card' | 'counter';
  readonly orders: number;
  readonly total: Minor;
}

/** A day's orders in figures; those of the set-up's test count in none. */
export interface DaySummary {
  readonly orders: number;
  readonly accepted: number;
  /** Of those, by a person or by themselves within the goal. */
  readonly inTime: number;
  /** Between arrival and acceptance, in milliseconds; `null` before the first. */
  readonly medianMs: Ms | null;
  /** Called off before anybody had answered. */
  readonly missed: number;
  readonly rejected: number;
  /** By the till's key. */
  readonly byTill: readonly { readonly till: string; readonly orders: number }[];
  /** Went by WhatsApp at some time. */
  readonly byWhatsapp: number;
  /** Of accepted orders that were not called off. */
  readonly paid: readonly PaidBy[];
  readonly total: Minor;
}

/** Pure. */
export function daySummary(all: readonly Order[]): DaySummary {
  const orders = all.filter(({ key }) => !isTestOrder(key));
  const accepted = orders.filter(({ acceptedBy }) => acceptedBy !== null);
  const waits = accepted
    .flatMap(({ answeredAt, receivedAt }) =>
      answeredAt === null ? [] : [Math.max(0, answeredAt - receivedAt)],
    )
    .sort((a, b) => a - b);
  const sold = accepted.filter(({ status }) => status !== 'cancelled' && status !== 'rejected');
  return {
    orders: orders.length,
    accepted: accepted.length,
    inTime: waits.filter((wait) => wait < ACCEPTANCE_GOAL_MS).length,
    medianMs: median(waits),
    missed: orders.filter(({ acceptedBy, status }) => acceptedBy === null && status === 'cancelled').length,
    rejected: orders.filter(({ status }) => status === 'rejected').length,
    byTill: countByTill(orders),
    byWhatsapp: orders.filter(({ diversion }) => diversion !== null).length,
    paid: (['online', 'cash', 'card', 'counter'] as const).flatMap((kind) => {
      const own = sold.filter((order) => paymentKind(order) === kind);
      return own.length === 0 ? [] : [{ kind, orders: own.length, total: totalOf(own) }];
    }),
    total: totalOf(sold),
  };
}

/** How a customer paid; `counter` is where nobody had to ask. */
function paymentKind({ document, paidBy }: Order): PaidBy['kind'] {
  if (document.payment.status === 'paid') return 'online';
  return paidBy ?? 'counter';
}

function countByTill(orders: readonly Order[]): DaySummary['byTill'] {
  const counts = new Map<string, number>();
  for (const order of orders) {
    if (order.injection.status !== 'injected') continue;
    const { provider } = order.injection;
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  return [...counts].map(([till, count]) => ({ till, orders: count })).sort((a, b) => b.orders - a.orders);
}

function totalOf(orders: readonly Order[]): Minor {
  return orders.reduce((sum, { document }) => sum + document.total, 0);
}

function median(sorted: readonly number[]): number | null {
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
