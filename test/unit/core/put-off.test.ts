import { describe, expect, it } from 'vitest';
import { injectionStep } from '../../../main/core/injection-policy';
import type { Order } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { dueFrom } from '../../../main/core/put-off';
import { refundStep } from '../../../main/core/refund-policy';
import { sampleOrder } from '../../support/orders';

const NOW = Date.parse('2026-11-22T22:00:00Z');
const HOUR = 3_600_000;
const trouble = { code: 'away', words: 'Away.' };

function order(requested_for: string | null, ...events: readonly OrderEvent[]): Order {
  const document = sampleOrder({ requested_for });
  const received: OrderEvent = { type: 'received', document, via: 'webhook', reference: 'R' };
  const key = { location: 'ARIAPITA', channel: 'web', id: 'web-1' };
  return foldEvents(
    key,
    [received, ...events].map((event) => ({ at: NOW, event })),
  );
}

const accepted = (dueAt: number): OrderEvent => ({ type: 'accepted', by: 'staff', promisedFor: NOW, dueAt });

describe('a clock that is put back', () => {
  it('makes nothing wait for as long as it had been ahead', () => {
    expect(dueFrom(NOW + 60_000, NOW)).toBe(NOW + 60_000);
    expect(dueFrom(NOW + HOUR, NOW)).toBe(NOW);
  });

  it('keeps no order from the till that was due when it was accepted', () => {
    expect(injectionStep(order(null, accepted(NOW)), NOW - HOUR, 0)).toEqual({ kind: 'send' });
    const postponed: OrderEvent = { type: 'injection_postponed', trouble, nextAt: NOW + 10_000, tries: 1 };
    expect(injectionStep(order(null, accepted(NOW), postponed), NOW - HOUR, 0)).toEqual({ kind: 'send' });
    const started: OrderEvent = { type: 'injection_started', provider: 'loyverse' };
    const unknown: OrderEvent = { type: 'injection_unknown', provider: 'loyverse', trouble, nextAt: NOW };
    expect(injectionStep(order(null, accepted(NOW), started, unknown), NOW - HOUR, 0)).toEqual({
      kind: 'look',
    });
  });

  it('leaves an order for later to its time', () => {
    const later = order('2026-11-23T00:00:00Z', accepted(NOW + HOUR));
    expect(injectionStep(later, NOW, 0)).toEqual({ kind: 'wait', at: NOW + HOUR });
  });

  it('does not hold up a refund either', () => {
    const refund = { status: 'waiting', tries: 1, nextAt: NOW + HOUR, trouble } as const;
    expect(refundStep({ refund, updatedAt: NOW }, NOW, 0)).toEqual({ kind: 'send' });
  });
});
