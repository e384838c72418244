import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { injectionStep } from '../../../main/core/injection-policy';
import { isActive, isOpen, type Order, posStatus } from '../../../main/core/order';
import { decideCommand, type OrderCommand } from '../../../main/core/order-commands';
import { applyEvent, foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { sampleOrder } from '../../support/orders';

const KEY = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
const received: OrderEvent = {
  type: 'received',
  document: sampleOrder(),
  via: 'webhook',
  reference: '10042-AAAAAAAA',
};

function orderAfter(...events: OrderEvent[]): Order {
  return foldEvents(
    KEY,
    [received, ...events].map((event, index) => ({ at: 1_000 + index, event })),
  );
}

const accepted: OrderEvent = { type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: 1_000 };
const injected: OrderEvent = {
  type: 'injected',
  provider: 'loyverse',
  sale: { number: '0001', total: 9600 },
  found: false,
};
const unknown: OrderEvent = {
  type: 'injection_unknown',
  provider: 'loyverse',
  trouble: { code: 'timeout', words: 'The till did not answer.' },
  nextAt: 1_500,
};

const anyCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constant<OrderCommand>({ type: 'accept', by: 'staff', promisedFor: 2_000, dueAt: 1_000 }),
  fc
    .constantFrom('reject' as const, 'cancel' as const)
    .map((type) => ({ type, reason: 'other' as const, text: '' })),
  fc
    .constantFrom(
      'prepare' as const,
      'ready' as const,
      'see' as const,
      'open_whatsapp' as const,
      'confirm_sent' as const,
      'enter_in_till' as const,
      'retry' as const,
    )
    .map((type) => ({ type })),
  fc.constant<OrderCommand>({ type: 'entered_by_hand', receipt: null }),
  fc.constantFrom<OrderCommand>(
    { type: 'complete', paidBy: null },
    { type: 'complete', paidBy: 'cash' },
    { type: 'accept', by: 'staff', promisedFor: 2_000, dueAt: null },
  ),
);

/** What the till and the app's own loops do to an order, beside what people do. */
const anyWorldEvent: fc.Arbitrary<OrderEvent> = fc.constantFrom<OrderEvent>(
  { type: 'injection_started', provider: 'loyverse' },
  injected,
  unknown,
  { type: 'sale_not_found', nextAt: 3_000 },
  { type: 'sale_absent', nextAt: 3_000 },
  {
    type: 'injection_refused',
    provider: 'loyverse',
    trouble: { code: 'unmapped', words: 'Not on the menu.' },
  },
  { type: 'diverted' },
);

describe('an order', () => {
  it('is answered once: the second tap gets a sentence', () => {
    const order = orderAfter(accepted);
    expect(decideCommand(order, { type: 'reject', reason: 'too_busy', text: '' })).toEqual({
      ok: false,
      words: 'This order was accepted already.',
    });
  });

  it('can be ready without having been prepared', () => {
    expect(decideCommand(orderAfter(accepted), { type: 'ready' })).toEqual({
      ok: true,
      events: [{ type: 'ready' }],
    });
  });

  it('is not sent before it is accepted, nor once it is cancelled or diverted', () => {
    const cancelled: OrderEvent = { type: 'cancelled', by: 'website', reason: 'other', text: '' };
    expect(injectionStep(orderAfter(), 9_999, 0)).toEqual({ kind: 'none' });
    expect(injectionStep(orderAfter(accepted), 9_999, 0)).toEqual({ kind: 'send' });
    expect(injectionStep(orderAfter(accepted, cancelled), 9_999, 0)).toEqual({ kind: 'none' });
    expect(injectionStep(orderAfter(accepted, { type: 'diverted' }), 9_999, 0)).toEqual({ kind: 'none' });
  });

  it('is asked for, not sent again, while nobody knows', () => {
    expect(injectionStep(orderAfter(accepted, unknown), 9_999, 0)).toEqual({ kind: 'look' });
    const retried = orderAfter(accepted, unknown, { type: 'retry_requested' });
    expect(injectionStep(retried, 9_999, 0)).toEqual({ kind: 'look' });
  });

  it('stays in question when it is diverted, and becomes injected when the till has it after all', () => {
    const diverted = orderAfter(accepted, unknown, { type: 'diverted' });
    expect(posStatus(diverted)).toBe('diverted');
    expect(injectionStep(diverted, 9_999, 0)).toEqual({ kind: 'look' });
    expect(posStatus(applyEvent(diverted, { at: 3_000, event: injected }))).toBe('injected');
  });

  it('goes into the till after WhatsApp only when somebody says so, and never twice', () => {
    const sent = orderAfter(
      accepted,
      { type: 'diverted' },
      { type: 'whatsapp_opened' },
      { type: 'whatsapp_sent' },
    );
    expect(injectionStep(sent, 9_999, 0)).toEqual({ kind: 'none' });
    const released = applyEvent(sent, { at: 3_000, event: { type: 'entry_released' } });
    expect(injectionStep(released, 9_999, 0)).toEqual({ kind: 'send' });
    expect(decideCommand(released, { type: 'enter_in_till' }).ok).toBe(false);
    const byHand = applyEvent(sent, { at: 3_000, event: { type: 'entered_by_hand', receipt: '0007' } });
    expect(decideCommand(byHand, { type: 'enter_in_till' }).ok).toBe(false);
    expect(isActive(byHand)).toBe(true);
  });

  it('that is cancelled after it went into the till is loud until somebody has read it', () => {
    const cancel: OrderEvent = { type: 'cancelled', by: 'staff', reason: 'other', text: '' };
    const order = orderAfter(accepted, injected, cancel);
    expect(attentionOf(order)).toBe(
      'Cancelled, but it is in the till as receipt 0001. Tap “Refund in the till”.',
    );
    expect(isActive(order)).toBe(true);
    expect(isActive(applyEvent(order, { at: 9_000, event: { type: 'seen' } }))).toBe(false);
  });

  it('that turns up in the till after it was cancelled and seen is loud again', () => {
    const cancel: OrderEvent = { type: 'cancelled', by: 'staff', reason: 'other', text: '' };
    const seen = orderAfter(accepted, unknown, cancel, { type: 'seen' });
    expect(injectionStep(seen, 9_999, 0)).toEqual({ kind: 'look' });
    const found = applyEvent(seen, { at: 9_000, event: injected });
    expect(attentionOf(found)).toBe(
      'Cancelled, but it is in the till as receipt 0001. Tap “Refund in the till”.',
    );
    expect(isActive(found)).toBe(true);
  });

  it('says so when the till has another total', () => {
    const wrong: OrderEvent = { ...injected, sale: { number: '0001', total: 9_000 } } as OrderEvent;
    expect(attentionOf(orderAfter(accepted, wrong))).toBe(
      'The till says TT$90.00, the order says TT$96.00. Check receipt 0001.',
    );
  });

  it('is never sent while it is closed, held back or in the till, whatever people and the till do', () => {
    const step = fc.oneof(anyCommand, anyWorldEvent);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let order = orderAfter();
        steps.forEach((next, index) => {
          order = advance(order, next, 2_000 + index);
          const canSend = injectionStep(order, 1e9, 0).kind === 'send';
          const closed = !isOpen(order) && order.status !== 'completed';
          const status = posStatus(order);
          if (closed || status === 'injected' || status === 'entered' || status === 'diverted') {
            expect(canSend).toBe(false);
          }
          // Nothing is stuck silently: what is not active is in the till, entered, or closed without a meal.
          if (!isActive(order)) expect(closed || status === 'injected' || status === 'entered').toBe(true);
        });
      }),
      { seed: 4, numRuns: process.env.TILLSIDE_LONG ? 20_000 : 500 },
    );
  });
});

function advance(order: Order, step: OrderCommand | OrderEvent, at: number): Order {
  if (isCommand(step)) {
    const result = decideCommand(order, step);
    return result.ok ? result.events.reduce((next, event) => applyEvent(next, { at, event }), order) : order;
  }
  return isPossible(order, step) ? applyEvent(order, { at, event: step }) : order;
}

const COMMANDS = new Set<string>([
  'accept',
  'reject',
  'cancel',
  'prepare',
  'complete',
  'see',
  'open_whatsapp',
  'confirm_sent',
  'enter_in_till',
  'retry',
]);

/** `ready` and `entered_by_hand` name both a command and an event; as steps of this test they are commands. */
function isCommand(step: OrderCommand | OrderEvent): step is OrderCommand {
  return COMMANDS.has(step.type) || step.type === 'ready' || step.type === 'entered_by_hand';
}

/** The loops append these only from the state that they belong to. */
function isPossible({ injection, diversion, dueAt }: Order, { type }: OrderEvent): boolean {
  if (type === 'injection_started')
    return injection.status === 'waiting' && dueAt !== null && diversion === null;
  if (type === 'sale_not_found' || type === 'sale_absent') return injection.status === 'unknown';
  if (type === 'diverted') return diversion === null && dueAt !== null && injection.status === 'waiting';
  return injection.status === 'injecting';
}
