import { describe, expect, it } from 'vitest';
import { diversionTime, injectionStep } from '../../../main/core/injection-policy';
import { isActive, type Order } from '../../../main/core/order';
import { type CommandResult, decideCommand, type OrderCommand } from '../../../main/core/order-commands';
import { applyEvent, foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { sampleOrder } from '../../support/orders';

const KEY = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
const received: OrderEvent = {
  type: 'received',
  document: sampleOrder(),
  via: 'webhook',
  reference: '10042-AAAAAAAA',
};
const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: null };
const LATER = 1_000_000;

function waiting(...events: OrderEvent[]): Order {
  return foldEvents(
    KEY,
    [received, accepted, ...events].map((event, index) => ({ at: 1_000 + index, event })),
  );
}

function run(order: Order, command: OrderCommand): { result: CommandResult; order: Order } {
  const result = decideCommand(order, command);
  const events = result.ok ? result.events : [];
  return { result, order: events.reduce((state, event) => applyEvent(state, { at: LATER, event }), order) };
}

describe('an unpaid order that is booked when it is handed over', () => {
  it('is not sent, looked for or diverted while nobody has paid', () => {
    for (const order of [waiting(), waiting({ type: 'preparing' }), waiting({ type: 'ready' })]) {
      expect(injectionStep(order, LATER, LATER)).toEqual({ kind: 'none' });
      expect(diversionTime(order, 45_000)).toBeUndefined();
      expect(decideCommand(order, { type: 'retry' })).toEqual({
        ok: false,
        words: 'It goes into the till when it is handed over.',
      });
    }
  });

  it('is not completed before somebody says how it was paid', () => {
    const ready = waiting({ type: 'ready' });
    expect(run(ready, { type: 'complete', paidBy: null }).result).toEqual({
      ok: false,
      words: 'First say how it was paid: in cash or by card.',
    });
    for (const paidBy of ['cash', 'card'] as const) {
      const { order } = run(ready, { type: 'complete', paidBy });
      expect(order).toMatchObject({ status: 'completed', paidBy, dueAt: LATER });
      expect(injectionStep(order, LATER, 0)).toEqual({ kind: 'send' });
      expect(isActive(order)).toBe(true);
    }
  });

  it('is due at once when the website says that it was paid after all', () => {
    const paid = sampleOrder({ revision: 1, payment: { status: 'paid', method: 'card' } });
    const order = waiting({ type: 'ready' }, { type: 'updated', document: paid, via: 'webhook' });
    expect(injectionStep(order, LATER, 0)).toEqual({ kind: 'send' });
    expect(run(order, { type: 'complete', paidBy: null }).result.ok).toBe(true);
  });

  it('does not go by WhatsApp once the customer has the meal', () => {
    const { order } = run(waiting({ type: 'ready' }), { type: 'complete', paidBy: 'cash' });
    expect(diversionTime(order, 45_000)).toBeUndefined();
  });

  it('leaves nothing in the till when the customer never comes', () => {
    const { order } = run(waiting({ type: 'ready' }), {
      type: 'cancel',
      reason: 'other',
      text: 'Nobody came',
    });
    expect(injectionStep(order, LATER, LATER)).toEqual({ kind: 'none' });
    expect(isActive(order)).toBe(false);
  });

  it('asks nothing when staff typed it into the till themselves', () => {
    const entered = waiting({ type: 'ready' }, { type: 'entered_by_hand', receipt: '2-1001' });
    expect(run(entered, { type: 'complete', paidBy: null }).order.status).toBe('completed');
  });
});
