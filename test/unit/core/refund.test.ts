import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { isActive, type Order, type SaleRefund } from '../../../main/core/order';
import { decideCommand } from '../../../main/core/order-commands';
import { applyEvent, foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { offersRefund, refundStep } from '../../../main/core/refund-policy';
import { ringOf } from '../../../main/core/ring';
import { sampleOrder } from '../../support/orders';

const sale = { number: '1001', total: 9600 };
const trouble = { code: 'timeout', words: 'The till did not answer.' };
const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: 1_000 };
const injected: OrderEvent = { type: 'injected', provider: 'loyverse', sale, found: false };
const cancelled: OrderEvent = { type: 'cancelled', by: 'staff', reason: 'other', text: '' };
const requested: OrderEvent = { type: 'refund_requested' };
const started: OrderEvent = { type: 'refund_started' };
const unknown: OrderEvent = { type: 'refund_unknown', trouble, nextAt: 1_500 };
const postponed: OrderEvent = { type: 'refund_postponed', trouble, nextAt: 9_000 };
const refused: OrderEvent = { type: 'refund_refused', trouble };
const refunded = (refund: SaleRefund = { number: '1002', total: 9600 }): OrderEvent => ({
  type: 'refunded',
  refund,
  found: false,
});

function orderAfter(events: readonly OrderEvent[], key: Partial<Order['key']> = {}): Order {
  const received: OrderEvent = { type: 'received', document: sampleOrder(), via: 'webhook', reference: 'R' };
  return foldEvents(
    { location: 'ARIAPITA', channel: 'web', id: 'web-10042', ...key },
    [received, ...events].map((event, index) => ({ at: 1_000 + index, event })),
  );
}
const sold = [accepted, injected];
const called = [...sold, cancelled];

describe('a refund', () => {
  it('is offered for a cancelled order, a test and a sale that was entered twice, and for no other', () => {
    expect(offersRefund(orderAfter(called))).toBe(true);
    expect(offersRefund(orderAfter(sold, { id: 'tillside-test-1' }))).toBe(true);
    expect(offersRefund(orderAfter([accepted, { type: 'entered_by_hand', receipt: null }, injected]))).toBe(
      true,
    );
    expect(offersRefund(orderAfter(sold))).toBe(false);
    expect(offersRefund(orderAfter([accepted, cancelled]))).toBe(false);
    expect(offersRefund(orderAfter([...called, requested]))).toBe(false);
    expect(offersRefund(orderAfter([...called, requested, refused]))).toBe(true);
  });

  it('is not offered where only a person can tell which of several sales it is', () => {
    const twice: OrderEvent = { ...injected, sale: { ...sale, doubles: ['1003'] } };
    const order = orderAfter([accepted, twice, cancelled]);
    expect(offersRefund(order)).toBe(false);
    expect(attentionOf(order)).toBe(
      'Cancelled, but it is in the till more than once: receipts 1001 and 1003. Refund them there.',
    );
  });

  it.each([
    [[accepted], 'It is not in the till: there is nothing to give back.'],
    [
      [accepted, { type: 'injection_started', provider: 'loyverse' }],
      'Nobody knows yet whether it is in the till. Wait a moment; then tap again.',
    ],
    [
      [accepted, { type: 'entered_by_hand', receipt: null }],
      'It was entered by hand. Refund it in the till.',
    ],
    [[...called, requested], 'It is being given back already.'],
    [[...called, requested, started], 'It is being given back already.'],
    [[...called, requested, started, unknown], 'It is being given back already.'],
    [[...called, requested, started, refunded()], 'It was given back already as receipt 1002.'],
  ] satisfies [OrderEvent[], string][])('is not begun after %j', (events, words) => {
    expect(decideCommand(orderAfter(events), { type: 'refund' })).toEqual({ ok: false, words });
  });

  it('is not begun for what the till itself gave back', () => {
    const byTill: OrderEvent = { ...cancelled, by: 'website', text: 'Given back in the till.' };
    const born = orderAfter([injected, byTill], { channel: 'till:loyverse' });
    expect(decideCommand(born, { type: 'refund' })).toMatchObject({ ok: false });
    const calledOffHere = orderAfter([injected, cancelled], { channel: 'till:loyverse' });
    expect(decideCommand(calledOffHere, { type: 'refund' })).toEqual({ ok: true, events: [requested] });
  });

  it('is one step at a time, and asked about first when nobody knows', () => {
    const step = (events: readonly OrderEvent[], now = 2_000, backAt = 0) =>
      refundStep(orderAfter([...called, ...events]), now, backAt);
    expect(step([])).toEqual({ kind: 'none' });
    expect(step([requested])).toEqual({ kind: 'send' });
    expect(step([requested, started])).toEqual({ kind: 'none' });
    expect(step([requested, started, unknown])).toEqual({ kind: 'look' });
    expect(step([requested, started, unknown, { type: 'refund_not_found', nextAt: 7_000 }])).toEqual({
      kind: 'wait',
      at: 7_000,
    });
    expect(step([requested, started, unknown, { type: 'refund_absent', nextAt: 2_000 }])).toEqual({
      kind: 'send',
    });
    expect(step([requested, started, refused])).toEqual({ kind: 'none' });
    expect(step([requested, started, refunded()])).toEqual({ kind: 'none' });
  });

  it('goes at once when the till is back', () => {
    const waiting = orderAfter([...called, requested, postponed]);
    expect(refundStep(waiting, 2_000, 0)).toEqual({ kind: 'wait', at: 9_000 });
    expect(refundStep(waiting, 2_000, 2_000)).toEqual({ kind: 'send' });
  });

  it('counts the tries that did not get through in a row', () => {
    const order = orderAfter([...called, requested, postponed, started, postponed]);
    expect(order.refund).toMatchObject({ status: 'waiting', tries: 2 });
    const failedSearch: OrderEvent = { type: 'refund_search_failed', trouble, nextAt: 9_000 };
    const asked = orderAfter([...called, requested, started, unknown, failedSearch, failedSearch]);
    expect(asked.refund).toMatchObject({ status: 'unknown', tries: 2, looks: 0 });
  });

  it('keeps the order on the board, quiet, until it is known what came of it', () => {
    for (const events of [[requested], [requested, started], [requested, started, unknown]]) {
      const order = orderAfter([...called, ...events]);
      expect(isActive(order)).toBe(true);
      expect(ringOf([order], 2_000)).toBeNull();
      expect(attentionOf(order)).toBeNull();
    }
  });

  it('is read once when it is done, and rings for nobody', () => {
    const done = orderAfter([...called, requested, started, refunded()]);
    expect([isActive(done), done.seen, ringOf([done], 2_000)]).toEqual([true, false, null]);
    expect(attentionOf(done)).toBeNull();
    const read = applyEvent(done, { at: 9_000, event: { type: 'seen' } });
    expect(isActive(read)).toBe(false);
  });

  it('that the till refused is loud until somebody has read why', () => {
    const failed = orderAfter([...called, requested, started, refused]);
    expect(attentionOf(failed)).toBe(trouble.words);
    expect(ringOf([failed], 2_000)).not.toBeNull();
    const read = applyEvent(failed, { at: 9_000, event: { type: 'seen' } });
    expect([isActive(read), attentionOf(read)]).toEqual([false, null]);
  });

  it('of another amount than the sale’s is said', () => {
    const order = orderAfter([...called, requested, refunded({ number: '1002', total: 4600 })]);
    expect(attentionOf(order)).toMatch(/^Given back as receipt 1002: .*46\.00.* of .*96\.00.*till\.$/);
  });

  it('ends the test of the set-up', () => {
    const order = orderAfter([...sold, requested, started, refunded()], { id: 'tillside-test-1' });
    expect(attentionOf(order)).toBe(
      'The test worked, and receipt 1001 is given back. Tap “Ready” and “Completed”.',
    );
  });

  it('is asked about whenever nobody knows, and never begun again once it is done', () => {
    const anyEvent = fc.constantFrom<OrderEvent>(
      requested,
      started,
      unknown,
      postponed,
      refused,
      refunded(),
      { type: 'refund_not_found', nextAt: 0 },
      { type: 'refund_search_failed', trouble, nextAt: 0 },
      { type: 'seen' },
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const order = orderAfter([...called, requested, started, unknown]);
        let now = order;
        for (const event of events) {
          // As the refunder and the desk would write it: only from a state that allows it.
          const step = refundStep(now, 1e9, 0).kind;
          if (event.type === 'refund_started' && step !== 'send') continue;
          if (event.type === 'refund_requested' && !decideCommand(now, { type: 'refund' }).ok) continue;
          const isAnswer = event.type === 'refund_postponed' || event.type === 'refund_refused';
          if (isAnswer && now.refund?.status !== 'refunding') continue;
          now = applyEvent(now, { at: 3_000, event });
          if (now.refund?.status === 'unknown') expect(refundStep(now, 1e9, 0).kind).toBe('look');
          if (now.refund?.status === 'refunded')
            expect(decideCommand(now, { type: 'refund' }).ok).toBe(false);
        }
      }),
      { seed: 5, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 },
    );
  });
});
