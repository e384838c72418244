import type { Order } from '../../../main/core/order';
import { startOrder } from '../../../main/core/order-events';
import type { TicketFacts } from '../../../main/core/ticket';
import type { Row } from '../../../main/core/ticket-layout';
import { sampleOrder } from '../orders';

export const NOON = Date.parse('2026-11-22T16:00:00Z');

export const FACTS: TicketFacts = {
  timezone: 'America/Port_of_Spain',
  now: NOON,
  duplicate: 0,
  copy: 1,
  copies: 1,
  standsInFor: null,
};

/** An accepted order that is in the till. */
export function acceptedOrder(document: Record<string, unknown> = {}, changes: Partial<Order> = {}): Order {
  const parsed = sampleOrder(document);
  const key = { location: 'ARIAPITA', channel: 'web', id: parsed.id };
  const order = startOrder(key, NOON, { type: 'received', document: parsed, via: 'webhook', reference: 'R' });
  return {
    ...order,
    status: 'accepted',
    acceptedBy: 'staff',
    promisedFor: NOON + 1_200_000,
    dueAt: NOON,
    injection: { status: 'injected', provider: 'loyverse', sale: { number: '2-1001', total: parsed.total } },
    ...changes,
  };
}

/** Rows as text; what is white on black in ⟦brackets⟧. */
export function written(rows: readonly Row[]): readonly string[] {
  return rows.map(({ spans }) => spans.map(({ text, reverse }) => (reverse ? `⟦${text}⟧` : text)).join(''));
}
