import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { diversionTime, injectionStep } from '../../../main/core/injection-policy';
import { decideIntake, type InTill } from '../../../main/core/intake-decision';
import { isActive, type Order, type OrderKey } from '../../../main/core/order';
import { applyEvent, foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { birthTill, tillChannel } from '../../../main/core/till-order';
import { sampleOrder } from '../../support/orders';

const KEY: OrderKey = { location: 'ARIAPITA', channel: tillChannel('loyverse'), id: 'web-10042' };
const IN_TILL: InTill = { provider: 'loyverse', sale: { number: '1001', total: 9600 } };

function eventsOf(existing: Order | undefined, changes: Record<string, unknown> = {}, inTill = IN_TILL) {
  const decision = decideIntake(existing, sampleOrder(changes), 'pos', 'R', inTill);
  switch (decision.kind) {
    case 'new':
      return [decision.event, ...decision.more];
    case 'late':
      return [decision.event];
    case 'update':
      return decision.events;
    case 'duplicate':
      return [];
  }
}

function orderAfter(...events: readonly OrderEvent[]): Order {
  return foldEvents(
    KEY,
    events.map((event, at) => ({ at, event })),
  );
}

const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: 9, dueAt: 5 };

describe('an order that was born in a till', () => {
  it('has a channel that no website can have', () => {
    expect(birthTill(KEY)).toBe('loyverse');
    expect(birthTill({ channel: 'loyverse' })).toBeUndefined();
    // As `channels` in the YAML may be called.
    expect(/^[a-z][a-z0-9_-]*$/.test(KEY.channel)).toBe(false);
  });

  it('lies in the till from its first moment, and goes neither there nor to WhatsApp once it is accepted', () => {
    const order = orderAfter(...eventsOf(undefined), accepted);
    expect(order).toMatchObject({ status: 'accepted', injection: { status: 'injected', ...IN_TILL } });
    expect(injectionStep(order, 1e9, 0)).toEqual({ kind: 'none' });
    expect(diversionTime(order, 1)).toBeUndefined();
    expect(attentionOf(order)).toBeNull();
  });

  it('is a duplicate as long as it is the same', () => {
    expect(eventsOf(orderAfter(...eventsOf(undefined)))).toEqual([]);
  });

  it('takes over the till’s new total with what was given back', () => {
    const order = orderAfter(...eventsOf(undefined));
    const less = { ...IN_TILL, sale: { number: '1001', total: 9000 } };
    const events = eventsOf(order, { revision: 1, discount: 600, total: 9000 }, less);
    expect(events.map(({ type }) => type)).toEqual(['updated', 'sale_changed']);
    expect(attentionOf(orderAfter(...eventsOf(undefined), ...events))).toBeNull();
  });

  it('is not cooked once the till has taken it back, and is history when somebody has read that', () => {
    const cancelled = { revision: 1, status: 'cancelled', cancel_reason: 'Voided in the till.' };
    const order = orderAfter(
      ...eventsOf(undefined),
      ...eventsOf(orderAfter(...eventsOf(undefined)), cancelled),
    );
    expect(attentionOf(order)).toBe('Voided in the till. Do not make it.');
    expect(isActive(order)).toBe(true);
    expect(isActive(applyEvent(order, { at: 9, event: { type: 'seen' } }))).toBe(false);
  });

  it('was never anybody’s work when it comes cancelled', () => {
    const order = orderAfter(
      ...eventsOf(undefined, { status: 'cancelled', cancel_reason: 'Voided in the till.' }),
    );
    expect(isActive(order)).toBe(false);
  });

  it('stays on the board when staff reject it, until somebody has read that the till holds its sale', () => {
    const rejected: OrderEvent = { type: 'rejected', reason: 'too_busy', text: '' };
    const order = orderAfter(...eventsOf(undefined), rejected);
    expect(attentionOf(order)).toContain('receipt 1001');
    expect(isActive(order)).toBe(true);
  });

  it('does not ring again for its payment alone, and does for anything else', () => {
    const open = { ...IN_TILL, sale: { ...IN_TILL.sale, state: 'open' as const } };
    const paid = { ...IN_TILL, sale: { ...IN_TILL.sale, state: 'paid' as const } };
    const born = [...eventsOf(undefined, {}, open), { type: 'seen' as const }];
    const payment = { status: 'paid', method: 'till' };
    const settled = eventsOf(orderAfter(...born), { revision: 1, payment }, paid);
    expect(settled.map(({ type }) => type)).toEqual(['updated', 'sale_changed']);
    const after = orderAfter(...born, ...settled);
    expect(after).toMatchObject({ changed: false, injection: { sale: { state: 'paid' } } });
    const noted = eventsOf(after, { revision: 1, payment, table: 'Table 1' }, paid);
    expect(noted.map(({ type }) => type)).toEqual(['updated']);
    expect(orderAfter(...born, ...settled, ...noted).changed).toBe(true);
  });

  it('tells of its bill when nothing else is new, and after it was handed over', () => {
    const born = eventsOf(undefined);
    const twice = { ...IN_TILL, sale: { ...IN_TILL.sale, doubles: ['1002'] } };
    expect(eventsOf(orderAfter(...born), {}, twice)).toEqual([{ type: 'sale_changed', sale: twice.sale }]);
    const done = orderAfter(...born, accepted, { type: 'ready' }, { type: 'completed' });
    const gone = { ...IN_TILL, sale: { ...IN_TILL.sale, state: 'called_off' as const } };
    const events = eventsOf(done, { revision: 1, status: 'cancelled' }, gone);
    expect(events.map(({ type }) => type)).toEqual(['superseded', 'sale_changed']);
  });

  it('keeps what comes after it was handed over as history', () => {
    const done = orderAfter(...eventsOf(undefined), accepted, { type: 'ready' }, { type: 'completed' });
    expect(eventsOf(done, { revision: 1, status: 'cancelled' }).map(({ type }) => type)).toEqual([
      'superseded',
    ]);
  });
});
