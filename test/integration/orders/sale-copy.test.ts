import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { isActive, type Order, type OrderKey, type Sale } from '../../../main/core/order';
import { decideCommand, type OrderCommand } from '../../../main/core/order-commands';
import { Reconciler } from '../../../main/orders/reconciler';
import type { Refunder } from '../../../main/orders/refunder';
import { TillBench } from '../../../main/orders/till-bench';
import { orderCard } from '../../../main/shell/views/order-card';
import { timeline } from '../../../main/shell/views/timeline';
import { type Counter, openCounter } from '../../support/counter';
import { openTill, SILENT, type TestTill } from '../../support/till';

/** Two tills of one restaurant; the second is the one that an order goes to when the first is away. */
async function openTills(): Promise<{ readonly first: TestTill; readonly second: TestTill }> {
  const [first, other] = [await openTill(), await openTill('second')];
  return { first, second: { ...other, till: { ...other.till, priority: 1 } } };
}

interface Doubled {
  readonly counter: Counter;
  readonly key: OrderKey;
  readonly copy: Sale;
  readonly look: () => ReturnType<Reconciler['look']>;
}

/** An order that is in the first till, and which the second one took as well. */
async function doubled(
  { first, second }: Awaited<ReturnType<typeof openTills>>,
  id = 'web-1',
): Promise<Doubled> {
  const counter = openCounter();
  const injector = counter.inject([first]);
  const key = await counter.accept({ id, number: id });
  const order = await counter.reaches(key, 'injected');
  await injector.stop();
  const sent = { ...order, firstAttemptAt: order.receivedAt };
  const copy = await second.provider.createSale(sent, second.menu());
  const reconciler = new Reconciler({
    journal: counter.journal,
    bench: new TillBench(() => [first, second]),
    now: Date.now,
    log: SILENT,
    timezone: 'America/Port_of_Spain',
    currency: 'TTD',
    isOpen: () => true,
    nameOf: () => 'the other till',
    onReport: () => undefined,
  });
  onTestFinished(() => reconciler.stop());
  await reconciler.look();
  return { counter, key, copy, look: () => reconciler.look() };
}

const orderOf = ({ counter, key }: Pick<Doubled, 'counter' | 'key'>): Order =>
  counter.journal.get(key) ?? expect.fail();

/** A tap. @returns why not, or `null`. */
function tap({ counter, key }: Doubled, command: OrderCommand): string | null {
  let words: string | null = null;
  counter.journal.append(key, (order) => {
    const result = decideCommand(order, command);
    words = result.ok ? null : result.words;
    return result.ok ? result.events : [];
  });
  return words;
}

const GIVE_BACK = { type: 'refund_copy', till: 'second' } as const;

function copyReaches(double: Doubled, status: 'refunded' | 'failed'): Promise<Order> {
  return new Promise((resolve) => {
    const look = (): void => {
      const order = orderOf(double);
      if (order.copies[0]?.refund?.status !== status) return;
      stop();
      resolve(order);
    };
    const stop = double.counter.journal.onChange(look);
    look();
  });
}

const refundsIn = ({ sandbox }: TestTill, of?: string) =>
  sandbox
    .receipts()
    .filter(
      ({ receipt_type, refund_for }) => receipt_type === 'REFUND' && (of === undefined || refund_for === of),
    );

describe('an order that is in two tills', () => {
  it('stands on the board until one of the two is given back, also when it was handed over long ago', async () => {
    const double = await doubled(await openTills());
    for (const type of ['ready', 'complete'] as const) {
      tap(double, type === 'ready' ? { type } : { type, paidBy: null });
    }
    const order = orderOf(double);
    expect([order.status, isActive(order)]).toEqual(['completed', true]);
    expect(attentionOf(order)).toBe(
      `It is in two tills: receipt 1001 and receipt ${double.copy.number} in the other till. Give that one back.`,
    );
    expect(orderCard(order, undefined).copy).toMatchObject({
      till: 'second',
      status: 'offered',
      amount: 9_600,
    });
    expect(double.counter.journal.active()).toHaveLength(1);
  });

  it('has the second sale given back there, once, and keeps its own', async () => {
    const tills = await openTills();
    const double = await doubled(tills);
    double.counter.refund([tills.first, tills.second], 'own');
    double.counter.refund([tills.first, tills.second], 'copy');
    expect(tap(double, GIVE_BACK)).toBeNull();
    expect(tap(double, GIVE_BACK)).toBe('It is being given back already.');
    const order = await copyReaches(double, 'refunded');
    expect([refundsIn(tills.first).length, refundsIn(tills.second).length]).toEqual([0, 1]);
    expect([order.refund, attentionOf(order)]).toEqual([null, null]);
    expect(timeline(double.counter.journal.history(double.key)).map(({ words }) => words)).toContain(
      'The second sale: Given back as receipt 1002.',
    );
    // The till goes on listing what was sold, given back or not.
    expect(await double.look()).toMatchObject({ orders: 1, inTill: 1, findings: [] });
    expect(tap(double, GIVE_BACK)).toBe('It was given back already.');
  });

  it('takes notice of what staff gave back there themselves', async () => {
    const tills = await openTills();
    const double = await doubled(tills);
    tills.second.sandbox.refundAtTill(double.copy.number);
    tap(double, GIVE_BACK);
    double.counter.refund([tills.first, tills.second], 'copy');
    await copyReaches(double, 'refunded');
    expect(refundsIn(tills.second)).toHaveLength(1);
  });

  it('is a task until somebody says that it is done, where the till refuses', async () => {
    const tills = await openTills();
    const double = await doubled(tills);
    tills.second.sandbox.refundAtTill(double.copy.number, [1]);
    tap(double, GIVE_BACK);
    double.counter.refund([tills.first, tills.second], 'copy');
    const order = await copyReaches(double, 'failed');
    expect(attentionOf(order)).toContain('Part of receipt');
    tap(double, { type: 'ready' });
    tap(double, { type: 'complete', paidBy: null });
    expect(isActive(orderOf(double))).toBe(true);
    expect(tap(double, { type: 'copy_given_back', till: 'second' })).toBeNull();
    expect([attentionOf(orderOf(double)), isActive(orderOf(double))]).toEqual([null, false]);
    expect((await double.look()).findings).toEqual([]);
  });

  it('is given back in both when nobody gets it', async () => {
    const tills = await openTills();
    const double = await doubled(tills);
    tap(double, { type: 'cancel', reason: 'other', text: '' });
    double.counter.refund([tills.first, tills.second], 'own');
    double.counter.refund([tills.first, tills.second], 'copy');
    expect(attentionOf(orderOf(double))).toContain('receipt 1001');
    tap(double, { type: 'refund' });
    tap(double, GIVE_BACK);
    await copyReaches(double, 'refunded');
    await expect.poll(() => orderOf(double).refund?.status).toBe('refunded');
    expect([refundsIn(tills.first).length, refundsIn(tills.second).length]).toEqual([1, 1]);
  });

  it('asks first about what was under way when the app died', async () => {
    const tills = await openTills();
    const double = await doubled(tills);
    tap(double, GIVE_BACK);
    const started = { type: 'copy_refund', till: 'second', step: { type: 'refund_started' } } as const;
    const order = double.counter.journal.append(double.key, () => [started]) ?? expect.fail();
    const { reference, receivedAt } = order;
    await tills.second.provider.refundSale({ sale: double.copy, reference, soldSince: receivedAt });
    double.counter.refund([tills.first, tills.second], 'copy');
    await copyReaches(double, 'refunded');
    expect(refundsIn(tills.second)).toHaveLength(1);
  });

  it('loses no money, whatever happens: each sale is given back at most once, its own only when asked for', async () => {
    const tills = await openTills();
    const step = fc.constantFrom(
      'give back' as const,
      'call off' as const,
      'die' as const,
      'cutAfterSale' as const,
      'cutBeforeSale' as const,
      'serverErrorAfter' as const,
      'tooManyRequests' as const,
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        number += 1;
        const double = await doubled(tills, `p-${number}`);
        const { counter } = double;
        const both = [tills.first, tills.second];
        const start = (): Refunder[] => (['own', 'copy'] as const).map((kind) => counter.refund(both, kind));
        let refunders = start();
        for (const one of steps) {
          if (one === 'give back') tap(double, GIVE_BACK);
          else if (one === 'call off') {
            tap(double, { type: 'cancel', reason: 'other', text: '' });
            tap(double, { type: 'refund' });
          } else if (one === 'die') {
            for (const refunder of refunders) void refunder.stop();
            refunders = start();
          } else tills.second.sandbox.switches[one] = 1;
        }
        const nudge = setInterval(() => {
          for (const refunder of refunders) refunder.tillBack('second');
        }, 20);
        const wanted = { own: steps.includes('call off'), copy: steps.includes('give back') };
        await expect
          .poll(() => [orderOf(double).refund?.status, orderOf(double).copies[0]?.refund?.status], {
            timeout: 5_000,
          })
          .toEqual([wanted.own ? 'refunded' : undefined, wanted.copy ? 'refunded' : undefined]);
        clearInterval(nudge);
        await Promise.all(refunders.map((refunder) => refunder.stop()));
        for (const switched of [
          'cutAfterSale',
          'cutBeforeSale',
          'serverErrorAfter',
          'tooManyRequests',
        ] as const) {
          tills.second.sandbox.switches[switched] = 0;
        }
        const { injection } = orderOf(double);
        const own = injection.status === 'injected' ? injection.sale.number : expect.fail();
        expect(refundsIn(tills.first, own)).toHaveLength(wanted.own ? 1 : 0);
        expect(refundsIn(tills.second, double.copy.number)).toHaveLength(wanted.copy ? 1 : 0);
      }),
      { seed: 22, numRuns: process.env.TILLSIDE_LONG ? 160 : 8 },
    );
  }, 30_000);
});
