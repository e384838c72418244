import { describe, expect, it } from 'vitest';
import { daySummary } from '../../../main/core/day-summary';
import type { Order } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { sampleOrder } from '../../support/orders';

const AT = Date.parse('2026-11-22T18:00:00-04:00');
const SECOND = 1_000;

function order(
  id: string,
  changes: Record<string, unknown>,
  ...events: readonly (readonly [seconds: number, OrderEvent])[]
): Order {
  const received: OrderEvent = {
    type: 'received',
    document: sampleOrder({ id, number: id, ...changes }),
    via: 'webhook',
    reference: 'R',
  };
  return foldEvents(
    { location: 'ARIAPITA', channel: 'web', id },
    [[0, received] as const, ...events].map(([seconds, event]) => ({ at: AT + seconds * SECOND, event })),
  );
}

const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: AT, dueAt: AT };
const injected = (provider: string): OrderEvent => ({
  type: 'injected',
  provider,
  sale: { number: '1', total: 9_600 },
  found: false,
});
const rejected: OrderEvent = { type: 'rejected', reason: 'closed', text: '' };
const cancelled: OrderEvent = { type: 'cancelled', by: 'website', reason: 'other', text: '' };
const PAID = { payment: { status: 'paid', method: 'card' } };

describe('the summary of a day', () => {
  it('is of nothing before the first order', () => {
    expect(daySummary([])).toEqual({
      ...{ orders: 0, accepted: 0, inTime: 0, medianMs: null, missed: 0, rejected: 0 },
      ...{ byTill: [], byWhatsapp: 0, paid: [], total: 0 },
    });
  });

  it('counts each order where it belongs', () => {
    const summary = daySummary([
      order('a', PAID, [20, accepted], [21, injected('loyverse')]),
      order(
        'b',
        {},
        [54, accepted],
        [55, injected('loyverse')],
        [90, { type: 'paid_at_counter', by: 'cash' }],
      ),
      order('c', {}, [55, accepted], [60, { type: 'diverted' }], [70, injected('odoo')]),
      order('d', {}, [30, rejected]),
      order('e', {}, [300, cancelled]),
      // Accepted, and called off then: it was answered, and nobody paid.
      order('f', PAID, [10, accepted], [400, cancelled]),
      order('tillside-test-1', {}, [5, accepted], [6, injected('loyverse')]),
    ]);
    expect(summary).toEqual({
      orders: 6,
      accepted: 4,
      inTime: 3,
      medianMs: 37 * SECOND,
      missed: 1,
      rejected: 1,
      byTill: [
        { till: 'loyverse', orders: 2 },
        { till: 'odoo', orders: 1 },
      ],
      byWhatsapp: 1,
      paid: [
        { kind: 'online', orders: 1, total: 9_600 },
        { kind: 'cash', orders: 1, total: 9_600 },
        { kind: 'counter', orders: 1, total: 9_600 },
      ],
      total: 3 * 9_600,
    });
  });
});
