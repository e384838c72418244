import { describe, expect, it } from 'vitest';
import type { Order } from '../../../main/core/order';
import type { OrderEvent } from '../../../main/core/order-events';
import {
  duplicateNumber,
  HELD_AFTER_MS,
  nextIssue,
  type TicketJob,
  ticketPlaces,
  ticketStep,
} from '../../../main/core/ticket-job';
import { sampleOrder } from '../../support/orders';
import { acceptedOrder, NOON } from '../../support/tickets/ticket-orders';

const SECOND_MS = 1_000;

function job(changes: Partial<TicketJob> = {}): TicketJob {
  const order = acceptedOrder();
  return {
    seq: 1,
    key: order.key,
    printer: 'kitchen',
    issue: 0,
    copy: 1,
    copies: 1,
    status: 'wanted',
    wantedAt: NOON,
    isReleased: false,
    words: null,
    ...changes,
  };
}

const step = (order: Order | undefined, at = NOON, changes: Partial<TicketJob> = {}, trustedSince = 0) =>
  ticketStep(job(changes), order, at, trustedSince);

describe('a ticket', () => {
  it('is wanted by each printer at its own moment, and never for an order that arrives cancelled', () => {
    const places = [
      { id: 'kitchen', when: 'accept' as const, copies: 1 },
      { id: 'counter', when: 'arrival' as const, copies: 2 },
    ];
    const ids = (event: OrderEvent) => ticketPlaces(event, places).map(({ id }) => id);
    const received = (document = sampleOrder()): OrderEvent => ({
      type: 'received',
      document,
      via: 'poll',
      reference: 'R',
    });
    expect(ids(received())).toEqual(['counter']);
    expect(ids(received(sampleOrder({ status: 'cancelled' })))).toEqual([]);
    expect(ids({ type: 'accepted', by: 'auto', promisedFor: NOON, dueAt: NOON })).toEqual(['kitchen']);
    expect(ids({ type: 'ready' })).toEqual([]);
  });

  it('of an order that came a night late waits for a person, until one has accepted it', () => {
    const late = acceptedOrder({}, { receivedAt: NOON + 12 * 3_600_000 });
    expect(step({ ...late, status: 'new' })).toEqual({ kind: 'hold' });
    expect(step({ ...late, status: 'new' }, NOON, { isReleased: true })).toEqual({ kind: 'print' });
    expect(step(late)).toEqual({ kind: 'print' });
  });

  it('is printed at once when its order is in the till, and waits some seconds for that', () => {
    expect(step(acceptedOrder())).toEqual({ kind: 'print' });
    const waiting = acceptedOrder({}, { injection: { status: 'waiting', nextAt: NOON, trouble: null } });
    expect(step(waiting)).toEqual({ kind: 'wait', at: NOON + 4 * SECOND_MS });
    expect(step(waiting, NOON + 4 * SECOND_MS)).toEqual({ kind: 'print' });
    // The clock was set back: nobody waits for an hour.
    expect(step(waiting, NOON - 3_600 * SECOND_MS)).toEqual({ kind: 'print' });
    const trouble = { code: 'x', words: 'x' };
    const failed = acceptedOrder({}, { injection: { status: 'failed', provider: 'loyverse', trouble } });
    expect(step(failed)).toEqual({ kind: 'print' });
  });

  it('is a person’s to decide once it is old news', () => {
    expect(step(acceptedOrder(), NOON + HELD_AFTER_MS)).toEqual({ kind: 'print' });
    expect(step(acceptedOrder(), NOON + HELD_AFTER_MS + 1)).toEqual({ kind: 'hold' });
  });

  it('is a person’s to decide when a journal that is gone may have printed it', () => {
    const placed = Date.parse(acceptedOrder().document.placed_at);
    expect(step(acceptedOrder(), NOON, {}, placed)).toEqual({ kind: 'print' });
    expect(step(acceptedOrder(), NOON, {}, placed + 1)).toEqual({ kind: 'hold' });
    expect(step(acceptedOrder(), NOON, { issue: 1 }, placed + 1)).toEqual({ kind: 'print' });
    expect(step(acceptedOrder(), NOON, { isReleased: true }, placed + 1)).toEqual({ kind: 'print' });
  });

  it('is dropped when nobody cooks it, unless a person asked for it', () => {
    for (const status of ['rejected', 'cancelled', 'completed'] as const) {
      expect(step(acceptedOrder({}, { status }))).toEqual({ kind: 'drop' });
      expect(step(acceptedOrder({}, { status }), NOON, { issue: 1 })).toEqual({ kind: 'print' });
    }
    expect(step(undefined)).toEqual({ kind: 'drop' });
  });

  it('counts as a duplicate of what may be on paper, at its own printer', () => {
    const all = [
      job({ status: 'printed' }),
      job({ status: 'printed', copy: 2 }),
      job({ status: 'dropped', issue: 1 }),
      job({ status: 'unclear', issue: 2 }),
      job({ status: 'printed', printer: 'counter' }),
    ];
    expect(duplicateNumber(job(), all)).toBe(0);
    expect(duplicateNumber(job({ issue: 2 }), all)).toBe(1);
    expect(duplicateNumber(job({ issue: 3 }), all)).toBe(2);
    expect(duplicateNumber(job({ issue: 1, printer: 'counter' }), all)).toBe(1);
    expect(duplicateNumber(job({ issue: 1, printer: 'bar' }), all)).toBe(0);
  });

  it('is not wanted once more while one is on its way', () => {
    expect(nextIssue('kitchen', [])).toBe(1);
    expect(nextIssue('kitchen', [job({ status: 'printed' }), job({ status: 'printed', issue: 4 })])).toBe(5);
    expect(nextIssue('kitchen', [job({ status: 'wanted' })])).toBeNull();
    expect(nextIssue('kitchen', [job({ status: 'sending' })])).toBeNull();
    expect(nextIssue('counter', [job({ status: 'wanted' })])).toBe(1);
  });
});
