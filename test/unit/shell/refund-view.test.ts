import { describe, expect, it } from 'vitest';
import type { Order } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { refundView } from '../../../main/shell/views/refund';
import { timeline } from '../../../main/shell/views/timeline';
import { sampleOrder } from '../../support/orders';

const trouble = { code: 'server', words: 'Loyverse has a fault of its own. We try again.' };
const refund = { number: '1002', total: 9_600 };
const sold: readonly OrderEvent[] = [
  { type: 'received', document: sampleOrder(), via: 'webhook', reference: 'R' },
  { type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: 1_000 },
  { type: 'injected', provider: 'loyverse', sale: { number: '1001', total: 9_600 }, found: false },
];
const cancelled: OrderEvent = { type: 'cancelled', by: 'staff', reason: 'other', text: '' };

const recorded = (events: readonly OrderEvent[]) => events.map((event, at) => ({ at, event }));
function orderAfter(...events: OrderEvent[]): Order {
  const key = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
  return foldEvents(key, recorded([...sold, ...events]));
}

describe('a refund on the screen', () => {
  it.each([
    [[], 'offered', null],
    [[{ type: 'refund_requested' }], 'waiting', 'Giving back receipt 1001 …'],
    [[{ type: 'refund_requested' }, { type: 'refund_started' }], 'refunding', 'Giving back receipt 1001 …'],
    [[{ type: 'refund_postponed', trouble, nextAt: 9 }], 'waiting', trouble.words],
    [[{ type: 'refund_unknown', trouble, nextAt: 9 }], 'unknown', trouble.words],
    [[{ type: 'refund_refused', trouble }], 'failed', trouble.words],
    [[{ type: 'refunded', refund, found: false }], 'refunded', 'Given back as receipt 1002.'],
    [
      [{ type: 'refunded', refund: { ...refund, number: '1001' }, found: true }],
      'refunded',
      'Receipt 1001 was voided in the till.',
    ],
  ] satisfies [OrderEvent[], string, string | null][])('says after %j: %s', (events, status, words) => {
    expect(refundView(orderAfter(cancelled, ...events))).toEqual({
      status,
      words,
      receipt: '1001',
      amount: 9_600,
      bill: false,
    });
  });

  it('is nowhere while a meal is made for the sale', () => {
    expect(refundView(orderAfter())).toBeNull();
  });

  it('is told step by step, and so is what was paid at the counter', () => {
    const events: OrderEvent[] = [
      { type: 'paid_at_counter', by: 'cash' },
      { type: 'paid_at_counter', by: 'card' },
      { type: 'refund_requested' },
      { type: 'refund_started' },
      { type: 'refund_unknown', trouble, nextAt: 9 },
      { type: 'refund_not_found', nextAt: 9 },
      { type: 'refund_absent', nextAt: 9 },
      { type: 'refunded', refund, found: false },
    ];
    expect(timeline(recorded(events)).map(({ words }) => words)).toEqual([
      'Paid in cash at the counter.',
      'Paid by card at the counter.',
      'Somebody asked for a refund.',
      'Asked the till to give it back.',
      trouble.words,
      'Asked the till: it does not show the refund yet. Asking again.',
      'The till has not given it back. It is asked to once more.',
      'Given back as receipt 1002.',
    ]);
  });
});
