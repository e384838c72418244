import type { OnlineOrder } from './online-order';
import { isOpen, type Order, type Sale } from './order';
import type { IntakeVia, OrderEvent } from './order-events';

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
  if (document.revision === known.revision && sameContent(document, known)) return { kind: 'duplicate' };
  if (document.revision < known.revision || !isOpen(existing)) {
    return { kind: 'late', event: { type: 'superseded', document, via } };
  }
  const updated: OrderEvent[] = [{ type: 'updated', document, via }];
  // Something was given back of it: the till's total is another one now.
  if (inTill !== undefined && !isKnown(existing, inTill.sale)) updated.push(injected(inTill));
  if (document.status !== 'cancelled') return { kind: 'update', events: updated };
  const text = document.cancel_reason ?? '';
  return {
    kind: 'update',
    events: [...updated, { type: 'cancelled', by: 'website', reason: 'other', text }],
  };
}

function injected({ provider, sale }: InTill): OrderEvent {
  return { type: 'injected', provider, sale, found: true };
}

function isKnown({ injection }: Order, { number, total }: Sale): boolean {
  return (
    injection.status === 'injected' && injection.sale.number === number && injection.sale.total === total
  );
}

/** Parsed documents have their defaults filled in and their keys in the schema's order. */
export function sameContent(a: OnlineOrder, b: OnlineOrder): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
