import type { OnlineOrder } from './online-order';
import { isOpen, type Order } from './order';
import type { IntakeVia, OrderEvent } from './order-events';

export type IntakeDecision =
  | { readonly kind: 'new'; readonly event: Extract<OrderEvent, { type: 'received' }> }
  | { readonly kind: 'duplicate' }
  /** Kept as history: an older revision, or news of an order that is closed here. */
  | { readonly kind: 'late'; readonly event: OrderEvent }
  | { readonly kind: 'update'; readonly events: readonly OrderEvent[] };

/**
 * What one arriving document means beside what is known of that order.
 * @param reference used only if the order is new.
 */
export function decideIntake(
  existing: Order | undefined,
  document: OnlineOrder,
  via: IntakeVia,
  reference: string,
): IntakeDecision {
  if (existing === undefined) return { kind: 'new', event: { type: 'received', document, via, reference } };
  const known = existing.document;
  if (document.revision === known.revision && sameContent(document, known)) return { kind: 'duplicate' };
  if (document.revision < known.revision || !isOpen(existing)) {
    return { kind: 'late', event: { type: 'superseded', document, via } };
  }
  const updated: OrderEvent = { type: 'updated', document, via };
  if (document.status !== 'cancelled') return { kind: 'update', events: [updated] };
  const text = document.cancel_reason ?? '';
  return { kind: 'update', events: [updated, { type: 'cancelled', by: 'website', reason: 'other', text }] };
}

/** Parsed documents have their defaults filled in and their keys in the schema's order. */
export function sameContent(a: OnlineOrder, b: OnlineOrder): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
