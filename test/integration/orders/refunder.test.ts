import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order, OrderKey, Refund } from '../../../main/core/order';
import { decideCommand } from '../../../main/core/order-commands';
import type { OrderEvent } from '../../../main/core/order-events';
import { type Counter, openCounter } from '../../support/counter';
import { openTill, type TestTill } from '../../support/till';

const refundsOf = ({ sandbox }: TestTill, order?: Order) =>
  sandbox
    .receipts()
    .filter((receipt) => receipt.receipt_type === 'REFUND')
    .filter(({ refund_for }) => {
      if (order === undefined) return true;
      return order.injection.status === 'injected' && refund_for === order.injection.sale.number;
    });

/** An order that is in the till and was called off. */
async function calledOff(counter: Counter, till: TestTill, id = 'web-1'): Promise<OrderKey> {
  const key = await counter.accept({ id, number: id });
  const injector = counter.inject([till]);
  await counter.reaches(key, 'injected');
  await injector.stop();
  counter.journal.append(key, () => [{ type: 'cancelled', by: 'staff', reason: 'other', text: '' }]);
  return key;
}

/** Taps “Give back”. */
function ask({ journal }: Counter, key: OrderKey): void {
  journal.append(key, (order) => {
    const result = decideCommand(order, { type: 'refund' });
    if (!result.ok) throw new Error(result.words);
    return result.events;
  });
}

function refundReaches({ journal }: Counter, key: OrderKey, status: Refund['status']): Promise<Order> {
  return new Promise((resolve) => {
    const look = (): void => {
      const order = journal.get(key);
      if (order?.refund?.status !== status) return;
      stop();
      resolve(order);
    };
    const stop = journal.onChange(look);
    look();
  });
}

const eventsOf = ({ journal }: Counter, key: OrderKey): OrderEvent['type'][] =>
  journal
    .history(key)
    .map(({ event }) => event.type)
    .filter((type) => type.startsWith('refund'));

const writesOf = ({ sandbox }: TestTill) =>
  sandbox.requests().filter(({ method, path }) => method === 'POST' && path.includes('/refund'));

describe('the refunder', () => {
  it('gives nothing back before somebody asks for it, and then all of it, once', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    counter.refund([till]);
    expect(eventsOf(counter, key)).toEqual([]);
    ask(counter, key);
    const order = await refundReaches(counter, key, 'refunded');
    expect(order.refund).toEqual({ status: 'refunded', refund: { number: '1002', total: 9600 } });
    expect(eventsOf(counter, key)).toEqual(['refund_requested', 'refund_started', 'refunded']);
    expect(refundsOf(till)).toHaveLength(1);
  });

  it('asks before it sends, since a cashier may have been quicker', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    const byHand = till.sandbox.refundAtTill('1001');
    ask(counter, key);
    counter.refund([till]);
    const order = await refundReaches(counter, key, 'refunded');
    expect(order.refund).toMatchObject({ refund: { number: byHand.receipt_number } });
    expect(eventsOf(counter, key)).toEqual(['refund_requested', 'refunded']);
    expect(writesOf(till)).toEqual([]);
  });

  it('leaves the rest to the till when a part was given back there', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    till.sandbox.refundAtTill('1001', [1]);
    ask(counter, key);
    counter.refund([till]);
    const order = await refundReaches(counter, key, 'failed');
    expect(order.refund).toMatchObject({
      trouble: {
        words: 'Part of receipt 1001 was given back at the till already. Give the rest back there.',
      },
    });
    expect(writesOf(till)).toEqual([]);
  });

  it.each(['cutAfterSale', 'serverErrorAfter', 'garbleAfterSale'] as const)(
    'finds the refund when the till took it and did not say so: %s',
    async (switched) => {
      const till = await openTill();
      const counter = openCounter();
      const key = await calledOff(counter, till);
      till.sandbox.switches[switched] = 1;
      counter.refund([till]);
      ask(counter, key);
      await refundReaches(counter, key, 'refunded');
      expect(eventsOf(counter, key)).toEqual([
        'refund_requested',
        'refund_started',
        'refund_unknown',
        'refunded',
      ]);
      expect([refundsOf(till).length, writesOf(till).length]).toEqual([1, 1]);
    },
  );

  it('looks again when the till’s list lags behind what it took', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    till.sandbox.switches.cutAfterSale = 1;
    till.sandbox.switches.listLagMs = 250;
    counter.refund([till]);
    ask(counter, key);
    await refundReaches(counter, key, 'refunded');
    expect(eventsOf(counter, key)).toContain('refund_not_found');
    expect([refundsOf(till).length, writesOf(till).length]).toEqual([1, 1]);
  });

  it.each(['cutBeforeSale', 'serverErrorBefore'] as const)(
    'sends again only after it has looked three times in vain: %s',
    async (switched) => {
      const till = await openTill();
      const counter = openCounter();
      const key = await calledOff(counter, till);
      till.sandbox.switches[switched] = 1;
      counter.refund([till]);
      ask(counter, key);
      await refundReaches(counter, key, 'refunded');
      expect(eventsOf(counter, key)).toEqual([
        'refund_requested',
        'refund_started',
        'refund_unknown',
        'refund_not_found',
        'refund_not_found',
        'refund_absent',
        'refund_started',
        'refunded',
      ]);
      expect(refundsOf(till)).toHaveLength(1);
    },
  );

  it('asks first about a refund that was under way when the app died', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    ask(counter, key);
    const started = counter.journal.append(key, () => [{ type: 'refund_started' }]);
    if (started?.injection.status !== 'injected') throw new Error('not started');
    const { reference, receivedAt, injection } = started;
    await till.provider.refundSale({ sale: injection.sale, reference, soldSince: receivedAt });
    counter.refund([till]);
    await refundReaches(counter, key, 'refunded');
    expect(refundsOf(till)).toHaveLength(1);
    expect(eventsOf(counter, key).slice(2)).toEqual(['refund_unknown', 'refunded']);
  });

  it('waits while the till is away or asks to slow down, and goes at once when it is back', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    till.sandbox.switches.down = 'refuse';
    const refunder = counter.refund([till]);
    ask(counter, key);
    await postponed(counter, key);
    till.sandbox.switches.down = false;
    till.sandbox.switches.tooManyRequests = 1;
    till.sandbox.switches.retryAfterS = 0;
    const again = postponed(counter, key, 2);
    refunder.tillBack('loyverse');
    await again;
    refunder.tillBack('loyverse');
    await refundReaches(counter, key, 'refunded');
    expect(refundsOf(till)).toHaveLength(1);
  });

  it('gives back once when two workers share a journal', async () => {
    const till = await openTill();
    const counter = openCounter();
    const keys: OrderKey[] = [];
    for (let n = 0; n < 6; n += 1) keys.push(await calledOff(counter, till, `w-${n}`));
    till.sandbox.switches.slowMs = 50;
    counter.refund([till]);
    counter.refund([till]);
    for (const key of keys) ask(counter, key);
    const orders = await Promise.all(keys.map((key) => refundReaches(counter, key, 'refunded')));
    for (const order of orders) expect(refundsOf(till, order)).toHaveLength(1);
    expect(writesOf(till)).toHaveLength(6);
  });

  it('says so when the till of the sale is not set up any more', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await calledOff(counter, till);
    counter.refund([]);
    ask(counter, key);
    const order = await refundReaches(counter, key, 'failed');
    expect(order.refund).toMatchObject({
      trouble: { words: expect.stringContaining('not set up any more') },
    });
  });

  it('gives back at most once, and forgets none, whatever the till does', async () => {
    const till = await openTill();
    const trouble = fc.constantFrom(
      'none' as const,
      'byHand' as const,
      'cutAfterSale' as const,
      'cutBeforeSale' as const,
      'tooManyRequests' as const,
      'serverErrorBefore' as const,
      'serverErrorAfter' as const,
      'serverErrorReads' as const,
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { minLength: 1, maxLength: 3 }), async (troubles) => {
        const counter = openCounter();
        const refunder = counter.refund([till]);
        for (const switched of troubles) {
          number += 1;
          const key = await calledOff(counter, till, `p-${number}`);
          const { injection } = counter.journal.get(key) ?? {};
          if (injection?.status !== 'injected') throw new Error('not sold');
          if (switched === 'byHand') till.sandbox.refundAtTill(injection.sale.number);
          else if (switched !== 'none') till.sandbox.switches[switched] = 1;
          const done = refundReaches(counter, key, 'refunded');
          const nudge = counter.journal.onChange(([change]) => {
            const types = change?.events.map(({ type }) => type) ?? [];
            if (types.includes('refund_postponed')) refunder.tillBack('loyverse');
          });
          ask(counter, key);
          const order = await done;
          nudge();
          expect(refundsOf(till, order)).toHaveLength(1);
        }
        await refunder.stop();
      }),
      { seed: 11, numRuns: process.env.TILLSIDE_LONG ? 160 : 8 },
    );
  });
});

/** Resolves once the refund has been put off so many times. */
function postponed(counter: Counter, key: OrderKey, times = 1): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (eventsOf(counter, key).filter((type) => type === 'refund_postponed').length < times) return;
      stop();
      resolve();
    };
    const stop = counter.journal.onChange(look);
    look();
  });
}
