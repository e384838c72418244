import type { OnlineOrder } from './online-order';
import { isOpen, type Order, type Sale } from './order';
import type { IntakeVia, OrderEvent } from './order-events';
import { isRepetition } from './retention';

/** Where an order lies already that was born in a till. */
export interface InTill {
  /** The till's key. */
  readonly provider: string;
  readonly sale: Sale;
}

export type IntakeDecision =
  | {
      readonly kind: 'new';
      readonly event: Extract<OrderEvent, { type: 'received' }>;
      /** What is known of it beyond that it came. */
      readonly more: readonly OrderEvent[];
    }
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
  inTill?: InTill,
): IntakeDecision {
  if (existing === undefined) {
    return {
      kind: 'new',
      event: { type: 'received', document, via, reference },
      more: inTill === undefined ? [] : [injected(inTill)],
    };
  }
  const known = existing.document;
  const sold = inTill === undefined ? [] : saleNews(existing, inTill);
  if (existing.archivedAt !== undefined) return decideArchived(known, document, via, sold);
  if (document.revision === known.revision && sameContent(document, known)) {
    return sold.length === 0 ? { kind: 'duplicate' } : { kind: 'update', events: sold };
  }
  if (document.revision < known.revision || !isOpen(existing)) {
    const late: OrderEvent = { type: 'superseded', document, via };
    // Handed over before it was paid for: the meal is history, its bill is not.
    return sold.length === 0 ? { kind: 'late', event: late } : { kind: 'update', events: [late, ...sold] };
  }
  const updated: OrderEvent[] = [{ type: 'updated', document, via }, ...sold];
  if (document.status !== 'cancelled') return { kind: 'update', events: updated };
  const text = document.cancel_reason ?? '';
  return {
    kind: 'update',
    events: [...updated, { type: 'cancelled', by: 'website', reason: 'other', text }],
  };
}

/**
 * An order whose customer is forgotten was handed over or refused a month ago: nothing of it is cooked again. A website
 * that sends its whole past once more says nothing new; what is new is for a person.
 */
function decideArchived(
  known: OnlineOrder,
  document: OnlineOrder,
  via: IntakeVia,
  sold: readonly OrderEvent[],
): IntakeDecision {
  const isNews = document.revision > known.revision && !isRepetition(known, document);
  if (isNews) return { kind: 'update', events: [{ type: 'changed_after_archive', document, via }, ...sold] };
  return sold.length === 0 ? { kind: 'duplicate' } : { kind: 'update', events: sold };
}

function injected({ provider, sale }: InTill): OrderEvent {
  return { type: 'injected', provider, sale, found: true };
}

/** What became of its sale in the till: something was given back of it, it was paid or called off. */
function saleNews({ injection }: Order, inTill: InTill): OrderEvent[] {
  if (injection.status !== 'injected') return [injected(inTill)];
  return sameSale(injection.sale, inTill.sale) ? [] : [{ type: 'sale_changed', sale: inTill.sale }];
}

function sameSale(a: Sale, b: Sale): boolean {
  const others = (sale: Sale): string => (sale.doubles ?? []).join(' ');
  return a.number === b.number && a.total === b.total && a.state === b.state && others(a) === others(b);
}

/** Parsed documents have their defaults filled in and their keys in the schema's order. */
export function sameContent(a: OnlineOrder, b: OnlineOrder): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
