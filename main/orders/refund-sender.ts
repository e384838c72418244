import { BrokenCircuitError } from 'cockatiel';
import { LOOKS_AFTER_MS } from '../core/injection-policy';
import type { Ms, Order, Refund, SaleRefund, Trouble } from '../core/order';
import type { RefundEvent } from '../core/refund-events';
import { type RefundOf, refundEventOf, saleOf } from '../core/sale-copy';
import { PosRefused, PosUnreachable, type RefundOrder } from '../pos/provider';
import { AWAY, troubleOf } from './injection-trouble';
import { JournalUnavailable } from './intake';
import { appendEvent } from './journal/append-event';
import { REFUND_TILL_GONE, REFUND_UNEXPECTED } from './refund-trouble';
import { retryPause } from './retry-pause';
import { LONGEST_NAP_MS } from './till-loop';
import type { RefundParts } from './till-parts';

/**
 * Gives a sale back. The till is asked first, also before the first time: a cashier may have done it there meanwhile.
 */
export async function sendRefund(parts: RefundParts, order: Order, of: RefundOf): Promise<void> {
  const sold = saleOf(order, of);
  if (sold === undefined) return;
  const { bench, onAnswer } = parts;
  const till = bench.find(sold.till);
  if (till === undefined) {
    note(parts, order, of, ['waiting'], { type: 'refund_refused', trouble: REFUND_TILL_GONE });
    return;
  }
  const gate = bench.gate(till);
  if (gate.isClosed()) {
    postpone(parts, order, of, 'waiting', new PosUnreachable(AWAY));
    return;
  }
  const wanted = question(order, sold.sale);
  try {
    const found = await gate.pass(() => till.provider.findRefund(wanted));
    onAnswer?.(till.till.key, true);
    if (found !== undefined) {
      settle(parts, order, of, found, true);
      return;
    }
  } catch (error) {
    failed(parts, order, of, 'waiting', error);
    return;
  }
  const started = step(parts, order, of, (refund) =>
    refund?.status === 'waiting' ? { type: 'refund_started' } : undefined,
  );
  // Another worker was quicker.
  if (started === undefined) return;
  try {
    const refund = await gate.pass(() => till.provider.refundSale(wanted));
    settle(parts, started, of, refund, false);
  } catch (error) {
    failed(parts, started, of, 'refunding', error);
  }
}

/** Asks the till about a sale of which nobody knows whether it was given back. */
export async function seekRefund(parts: RefundParts, order: Order, of: RefundOf): Promise<void> {
  const sold = saleOf(order, of);
  if (sold?.refund?.status !== 'unknown') return;
  const { looks } = sold.refund;
  const { bench, now, onAnswer } = parts;
  const till = bench.find(sold.till);
  if (till === undefined) {
    const nextAt = now() + LONGEST_NAP_MS;
    note(parts, order, of, ['unknown'], { type: 'refund_search_failed', trouble: REFUND_TILL_GONE, nextAt });
    return;
  }
  try {
    const wanted = question(order, sold.sale);
    const found = await bench.gate(till).pass(() => till.provider.findRefund(wanted));
    onAnswer?.(till.till.key, true);
    if (found !== undefined) {
      settle(parts, order, of, found, true);
      return;
    }
    const again = (parts.looksAfterMs ?? till.provider.looksAfterMs ?? LOOKS_AFTER_MS)[looks];
    note(
      parts,
      order,
      of,
      ['unknown'],
      again === undefined
        ? { type: 'refund_absent', nextAt: now() }
        : { type: 'refund_not_found', nextAt: now() + again },
    );
  } catch (error) {
    failed(parts, order, of, 'unknown', error);
  }
}

type UnderWay = Extract<Refund['status'], 'waiting' | 'refunding' | 'unknown'>;

/** @param during what the refund was in when the request left */
function failed(parts: RefundParts, order: Order, of: RefundOf, during: UnderWay, error: unknown): void {
  if (error instanceof JournalUnavailable) throw error;
  const { log, onAnswer, now } = parts;
  const till = saleOf(order, of)?.till ?? '';
  const trouble = troubleOf(error, REFUND_UNEXPECTED);
  log.warn('refund_failed', { order_id: order.key.id, provider: till, code: trouble.code, during });
  if (error instanceof PosRefused) {
    note(parts, order, of, [during, 'unknown'], { type: 'refund_refused', trouble });
    return;
  }
  onAnswer?.(till, false);
  const isUnsent = error instanceof PosUnreachable || error instanceof BrokenCircuitError;
  if (during === 'refunding' && !isUnsent) {
    // Unknown by name, or a defect of ours after the request left: either way the till is asked first.
    note(parts, order, of, ['refunding'], { type: 'refund_unknown', trouble, nextAt: now() });
  } else {
    postpone(parts, order, of, during, error);
  }
}

function postpone(parts: RefundParts, order: Order, of: RefundOf, during: UnderWay, error: unknown): void {
  const trouble: Trouble = troubleOf(error, REFUND_UNEXPECTED);
  step(parts, order, of, (refund) => {
    if (refund?.status !== during || !('tries' in refund)) return undefined;
    const nextAt: Ms = parts.now() + retryPause(error, refund.tries + 1, parts.random());
    return { type: during === 'unknown' ? 'refund_search_failed' : 'refund_postponed', trouble, nextAt };
  });
}

function settle(parts: RefundParts, order: Order, of: RefundOf, refund: SaleRefund, found: boolean): void {
  step(parts, order, of, (current) =>
    current?.status === 'refunded' ? undefined : { type: 'refunded', refund, found },
  );
  parts.log.info('sale_refunded', {
    order_id: order.key.id,
    provider: saleOf(order, of)?.till ?? '',
    receipt: refund.number,
    found,
    status: 'success',
  });
}

/** Nothing is written down when another worker has brought the refund further meanwhile. */
function note(
  parts: RefundParts,
  order: Order,
  of: RefundOf,
  during: readonly UnderWay[],
  event: RefundEvent,
): void {
  step(parts, order, of, (refund) =>
    during.some((status) => status === refund?.status) ? event : undefined,
  );
}

/** Inside the transaction that reads how far the refund is by now. */
function step(
  { journal }: RefundParts,
  { key }: Order,
  of: RefundOf,
  decide: (refund: Refund | null) => RefundEvent | undefined,
): Order | undefined {
  return appendEvent(journal, key, (current) => {
    const event = decide(saleOf(current, of)?.refund ?? null);
    return event === undefined ? undefined : refundEventOf(of, event);
  });
}

function question({ reference, receivedAt, document }: Order, sale: RefundOrder['sale']): RefundOrder {
  // An order that was found in the till, or was born there, is older there than here.
  return { sale, reference, soldSince: Math.min(receivedAt, Date.parse(document.placed_at)) };
}
