import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { injectionStep } from '../../../main/core/injection-policy';
import { decideIntake } from '../../../main/core/intake-decision';
import type { OnlineOrder } from '../../../main/core/online-order';
import { isActive, type Order } from '../../../main/core/order';
import { decideCommand } from '../../../main/core/order-commands';
import { applyEvent, foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { isForgettable, RETENTION_MS, withoutCustomer } from '../../../main/core/retention';
import { sampleOrder } from '../../support/orders';

const KEY = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
const CUSTOMER = { name: 'Secret Name', phone: '+18685550199', note: 'secret note' };
const delivered = (changes: Record<string, unknown> = {}): OnlineOrder =>
  sampleOrder({
    service: 'delivery',
    customer: CUSTOMER,
    delivery: { address: 'secret street', latlon: [10.6, -61.5], fee: 500, instructions: 'secret gate' },
    payment: { status: 'paid', method: 'card', reference: 'secret payment' },
    total: 10_100,
    ...changes,
  });
const CLOSED_AT = 1_700_000_000_000;

function closed(document = delivered(), ...more: readonly OrderEvent[]): Order {
  const events: readonly OrderEvent[] = [
    { type: 'received', document, via: 'webhook', reference: '10042-AAAAAAAA' },
    { type: 'accepted', by: 'staff', promisedFor: CLOSED_AT, dueAt: CLOSED_AT },
    { type: 'injected', provider: 'loyverse', sale: { number: '1-7', total: 10_100 }, found: false },
    { type: 'completed' },
    ...more,
  ];
  return foldEvents(
    KEY,
    events.map((event) => ({ at: CLOSED_AT, event })),
  );
}

const archived = (document?: OnlineOrder): Order =>
  withoutCustomer(closed(document), CLOSED_AT + RETENTION_MS);

const arrives = (order: Order, document: OnlineOrder) => decideIntake(order, document, 'poll', 'unused');

function changedBy(order: Order, document: OnlineOrder): Order {
  const decision = arrives(order, document);
  if (decision.kind !== 'update') throw new Error(decision.kind);
  return decision.events.reduce((next, event) => applyEvent(next, { at: order.updatedAt, event }), order);
}

describe('forgetting a customer', () => {
  it('is due 30 days after the last thing that happened to a closed order, and never to one on the board', () => {
    expect(isForgettable(closed(), CLOSED_AT + RETENTION_MS)).toBe(true);
    expect(isForgettable(closed(), CLOSED_AT + RETENTION_MS - 1)).toBe(false);
    const open = closed(delivered(), {
      type: 'sale_changed',
      sale: { number: '1-7', total: 1, state: 'open' },
    });
    expect(isForgettable(open, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it('leaves nothing of who they are, and all that the figures need', () => {
    const line = { sku: 'X', name: 'Roll', quantity: 2, unit_price: 4_800, note: 'secret allergy' };
    const order = withoutCustomer(
      closed(delivered({ lines: [line] }), {
        type: 'cancelled',
        by: 'staff',
        reason: 'other',
        text: 'secret reason',
      }),
      CLOSED_AT,
    );
    expect(JSON.stringify(order)).not.toMatch(/secret|8685550199|10\.6/i);
    const { document, injection, reference, receivedAt, status } = closed(delivered({ lines: [line] }));
    expect(order).toMatchObject({ injection, reference, receivedAt, key: KEY });
    expect(order.document).toMatchObject({
      total: document.total,
      placed_at: document.placed_at,
      payment: { status: 'paid', method: 'card' },
      delivery: { fee: 500 },
    });
    expect(status).toBe('completed');
  });

  it('takes the whole past sent once more as what it is', () => {
    expect(arrives(archived(), delivered()).kind).toBe('duplicate');
    expect(arrives(archived(delivered({ revision: 3 })), delivered({ revision: 1 })).kind).toBe('duplicate');
    expect(arrives(archived(), delivered({ customer: { name: 'Somebody else' } })).kind).toBe('duplicate');
  });

  it('takes a newer revision that says the same as a repetition', () => {
    expect(arrives(archived(), delivered({ revision: 4 })).kind).toBe('duplicate');
  });

  it.each([
    ['was cancelled', { revision: 1, status: 'cancelled', cancel_reason: 'The bank took it back.' }],
    ['costs something else', { revision: 1, tip: 100, total: 10_200 }],
    ['was not paid after all', { revision: 1, payment: { status: 'unpaid', method: 'cash' } }],
  ])('puts it before a person when a newer revision says that it %s', (_what, changes) => {
    const order = changedBy(archived(), delivered(changes));
    expect(isActive(order)).toBe(true);
    expect(attentionOf(order)).toMatch(/closed long ago/);
    expect(order.document.total).toBe(10_100);
    expect(JSON.stringify(order)).not.toContain('Secret Name');
    expect(arrives(order, delivered(changes)).kind).toBe('duplicate');
    expect(isActive(applyEvent(order, { at: CLOSED_AT, event: { type: 'seen' } }))).toBe(false);
  });

  it('cooks and sells nothing again, whatever the newer revision says and whoever taps what', () => {
    const anyClosed = fc.constantFrom<Order>(
      closed(),
      foldEvents(KEY, [
        { at: 1, event: { type: 'received', document: delivered(), via: 'poll', reference: 'r' } },
        { at: 2, event: { type: 'rejected', reason: 'too_busy', text: '' } },
      ]),
      foldEvents(KEY, [
        { at: 1, event: { type: 'received', document: delivered(), via: 'poll', reference: 'r' } },
        { at: 2, event: { type: 'accepted', by: 'staff', promisedFor: 3, dueAt: 2 } },
        { at: 3, event: { type: 'diverted' } },
        { at: 4, event: { type: 'entered_by_hand', receipt: '1-8' } },
        { at: 5, event: { type: 'completed' } },
      ]),
    );
    const anyNews = fc.record({
      revision: fc.integer({ min: 1, max: 9 }),
      status: fc.constantFrom('placed', 'cancelled'),
      tip: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(anyClosed, anyNews, fc.integer({ min: 0, max: 1e13 }), (order, news, now) => {
        const changed = changedBy(
          withoutCustomer(order, CLOSED_AT),
          delivered({ ...news, total: 10_100 + news.tip }),
        );
        expect(injectionStep(changed, now, now).kind).toBe('none');
        const accept = { type: 'accept', by: 'staff', promisedFor: now, dueAt: now } as const;
        expect(decideCommand(changed, accept).ok).toBe(false);
        expect(decideCommand(changed, { type: 'prepare' }).ok).toBe(false);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});
