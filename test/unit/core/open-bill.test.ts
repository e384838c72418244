import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { hasOpenBill, isActive, isUnanswered, type Order, type Sale } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { callsOffBill } from '../../../main/core/refund-policy';
import { sampleOrder } from '../../support/orders';

const bill: Sale = { number: '260-4-000061', total: 9_600, state: 'open' };
const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: 1_000 };
const injected: OrderEvent = { type: 'injected', provider: 'odoo', sale: bill, found: false };
const completed: OrderEvent = { type: 'completed' };
const rejected: OrderEvent = { type: 'rejected', reason: 'closed', text: '' };
const cancelled: OrderEvent = { type: 'cancelled', by: 'website', reason: 'other', text: '' };
const changed = (changes: Partial<Sale>): OrderEvent => ({
  type: 'sale_changed',
  sale: { ...bill, ...changes },
});

const orderAfter = (...events: readonly OrderEvent[]): Order => orderCalled('web-10042', ...events);

function orderCalled(id: string, ...events: readonly OrderEvent[]): Order {
  const received: OrderEvent = { type: 'received', document: sampleOrder(), via: 'webhook', reference: 'R' };
  return foldEvents(
    { location: 'ARIAPITA', channel: 'web', id },
    [received, accepted, injected, ...events].map((event, index) => ({ at: 1_000 + index, event })),
  );
}

describe('an order whose bill is open in the till', () => {
  it('stays somebody’s work after it was handed over, until the bill is paid', () => {
    const order = orderAfter(completed);
    expect([hasOpenBill(order), isActive(order)]).toEqual([true, true]);
    expect(attentionOf(order)).toContain('260-4-000061 is still open');
    const paid = orderAfter(completed, changed({ state: 'paid' }));
    expect([hasOpenBill(paid), isActive(paid), attentionOf(paid)]).toEqual([false, false, null]);
  });

  it('says when the till threw the bill away, and nobody else did', () => {
    expect(attentionOf(orderAfter(changed({ state: 'called_off' })))).toContain('was called off in the till');
    expect(attentionOf(orderAfter(rejected, changed({ state: 'called_off' })))).toBeNull();
  });

  it('says of the set-up’s test how the bill goes away again', () => {
    const words = attentionOf(orderCalled('tillside-test-1'));
    expect(words).toMatch(/^The test worked\. Tap “Refund in the till” to call off bill 260-4-000061;/);
  });

  it('lets staff change the bill in the till without a word once they took the money', () => {
    expect(attentionOf(orderAfter(changed({ total: 10_100 })))).toContain('The till says');
    expect(attentionOf(orderAfter(changed({ total: 10_100, state: 'paid' })))).toBeNull();
  });

  it.each([rejected, cancelled])(
    'has its bill called off without a tap when nobody gets a meal: %j',
    (end) => {
      expect(callsOffBill(orderAfter())).toBe(false);
      expect(callsOffBill(orderAfter(end))).toBe(true);
      expect(callsOffBill(orderAfter(end, { type: 'refund_requested', by: 'app' }))).toBe(false);
      expect(callsOffBill(orderAfter(changed({ state: 'paid' }), end))).toBe(false);
      expect(callsOffBill(orderAfter(completed))).toBe(false);
    },
  );

  it('still rings for a cancellation that nobody has heard while its bill is called off', () => {
    const events: OrderEvent[] = [cancelled, { type: 'refund_requested', by: 'app' }];
    expect(isUnanswered(orderAfter(...events))).toBe(isUnanswered(orderAfter(cancelled)));
    const refund = { number: bill.number, total: bill.total, calledOff: true } as const;
    const seen: OrderEvent = { type: 'seen' };
    const gone = orderAfter(...events, seen, { type: 'refunded', refund, found: false });
    expect([isUnanswered(gone), isActive(gone), attentionOf(gone)]).toEqual([false, false, null]);
  });
});
