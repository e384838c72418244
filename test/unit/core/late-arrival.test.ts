import { describe, expect, it } from 'vitest';
import { autoAcceptance } from '../../../main/core/acceptance';
import { attentionOf } from '../../../main/core/attention';
import { lateArrival } from '../../../main/core/late-arrival';
import type { Order } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { sampleOrder } from '../../support/orders';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PLACED = Date.parse('2026-11-22T22:50:00-04:00');
const at = (ms: number): string => new Date(ms).toISOString();

function arrived(afterMs: number, requestedFor: number | null = null, ...more: readonly OrderEvent[]): Order {
  const document = sampleOrder({
    placed_at: at(PLACED),
    requested_for: requestedFor === null ? null : at(requestedFor),
  });
  const received: OrderEvent = { type: 'received', document, via: 'poll', reference: 'R' };
  const key = { location: 'ARIAPITA', channel: 'web', id: document.id };
  return foldEvents(
    key,
    [received, ...more].map((event, index) => ({ at: PLACED + afterMs + index, event })),
  );
}

describe('an order that comes long after it was placed', () => {
  it.each([
    [59 * MINUTE, null],
    [61 * MINUTE, 'more than an hour'],
    [12 * HOUR + 10 * MINUTE, '12 hours'],
    [75 * HOUR, '3 days'],
  ])('%i ms later: %s', (later, words) => {
    expect(lateArrival(arrived(later))).toBe(
      words === null
        ? null
        : `It was placed ${words} before it came here. Ask the customer before you accept it.`,
    );
  });

  it('is not late for a time that is still to come, and is when that has passed', () => {
    const tomorrow = PLACED + 14 * HOUR;
    expect(lateArrival(arrived(12 * HOUR, tomorrow))).toBeNull();
    expect(lateArrival(arrived(14 * HOUR + 10 * MINUTE, tomorrow))).toBeNull();
    expect(lateArrival(arrived(15 * HOUR, tomorrow))).toMatch(/^Its time had passed/);
  });

  it('is not late because the website’s clock is ahead', () => {
    expect(lateArrival(arrived(-3 * HOUR))).toBeNull();
  });

  it('is accepted by a person only, who is told why until it is answered', () => {
    const late = arrived(12 * HOUR);
    const context = { automatic: true, open: true, paused: false, menu: undefined };
    expect(autoAcceptance(late, context)).toEqual({
      accept: false,
      because: 'it came too late to be cooked unasked',
    });
    expect(attentionOf(late)).toMatch(/^It was placed 12 hours/);
    const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: PLACED, dueAt: PLACED };
    expect(attentionOf(arrived(12 * HOUR, null, accepted))).toBeNull();
  });

  it('that the till itself made is in there, and asks nobody', () => {
    const sale = { number: '1', total: 9_600 };
    const injected: OrderEvent = { type: 'injected', provider: 'loyverse', sale, found: false };
    expect(attentionOf(arrived(12 * HOUR, null, injected))).toBeNull();
  });
});
