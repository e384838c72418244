import { describe, expect, it, onTestFinished } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import type { DayReport } from '../../../main/core/day-report';
import { Reconciler, type ReconcilerOptions } from '../../../main/orders/reconciler';
import { type BenchTill, TillBench } from '../../../main/orders/till-bench';
import { type Counter, openCounter } from '../../support/counter';
import { sampleOrder } from '../../support/orders';
import { openTill, SILENT, type TestTill } from '../../support/till';

function keepDay(
  { journal }: Counter,
  tills: readonly BenchTill[],
  options: Partial<ReconcilerOptions> = {},
): Reconciler {
  const reconciler = new Reconciler({
    journal,
    bench: new TillBench(() => tills),
    now: Date.now,
    log: SILENT,
    timezone: 'America/Port_of_Spain',
    currency: 'TTD',
    isOpen: () => true,
    nameOf: ({ key }) => key,
    onReport: () => undefined,
    ...options,
  });
  onTestFinished(() => reconciler.stop());
  return reconciler;
}

const second = (till: TestTill): TestTill => ({
  ...till,
  till: { ...till.till, key: 'second', priority: 1 },
});

async function soldOrder(counter: Counter, till: TestTill, changes: Record<string, unknown> = {}) {
  counter.inject([till]);
  return counter.reaches(await counter.accept(changes), 'injected');
}

describe('the account of the day', () => {
  it('finds every order in its till, and nothing else to say', async () => {
    const till = await openTill();
    const counter = openCounter();
    counter.inject([till]);
    for (const id of ['a', 'b', 'c'])
      await counter.reaches(await counter.accept({ id, number: id }), 'injected');
    const report = await keepDay(counter, [till]).look();
    expect(report).toMatchObject({
      orders: 3,
      inTill: 3,
      open: 0,
      total: 3 * 9_600,
      unasked: [],
      findings: [],
    });
  });

  it('names a sale that stands in another till as well, and the card calls for somebody', async () => {
    const [first, other] = [await openTill(), second(await openTill())];
    const counter = openCounter();
    const { key } = await soldOrder(counter, first);
    // The other till took it all the same, and its answer came late.
    const order = counter.journal.get(key) ?? expect.fail();
    const copy = await other.provider.createSale(
      { ...order, firstAttemptAt: order.receivedAt },
      other.menu(),
    );
    const { findings } = await keepDay(counter, [first, other]).look();
    expect(findings).toMatchObject([{ kind: 'doubled', key }]);
    const words = attentionOf(counter.journal.get(key) ?? expect.fail());
    expect(words).toContain('in two tills');
    expect(words).toContain(`${copy.number} in second`);
  });

  it('takes over a sale that the journal knew nothing of, so that it is not made again', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    const key = await counter.accept();
    const order = counter.journal.get(key) ?? expect.fail();
    const sale = await till.provider.createSale({ ...order, firstAttemptAt: order.receivedAt }, till.menu());
    expect(await keepDay(counter, [till]).look()).toMatchObject({ inTill: 1, open: 0, findings: [] });
    expect(counter.journal.get(key)?.injection).toMatchObject({ status: 'injected', sale });
  });

  it('misses a sale that the till shows no more, but not one of a moment ago', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    const { key } = await soldOrder(counter, till);
    const empty = { ...till, provider: { ...till.provider, listSales: async () => [] } };
    expect(await keepDay(counter, [empty]).look()).toMatchObject({ inTill: 1, findings: [] });
    const later = { now: () => Date.now() + 180_000 };
    const report = await keepDay(counter, [empty], later).look();
    expect(report).toMatchObject({ inTill: 0, open: 1, findings: [{ kind: 'missing', key }] });
  });

  it('names a sale of ours that belongs to no order here', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    const { key } = await soldOrder(counter, till);
    const order = counter.journal.get(key) ?? expect.fail();
    const stranger = { ...order, reference: 'LOST-1', firstAttemptAt: order.receivedAt };
    const { number } = await till.provider.createSale(stranger, till.menu());
    const { findings } = await keepDay(counter, [till]).look();
    expect(findings).toMatchObject([{ kind: 'stranger', key: null, words: expect.stringContaining(number) }]);
  });

  it('says which till could not be asked, and judges nothing by its silence', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    await soldOrder(counter, till);
    await till.sandbox.close();
    const later = { now: () => Date.now() + 180_000 };
    const report = await keepDay(counter, [till], later).look();
    expect(report).toMatchObject({ inTill: 1, open: 0, unasked: ['loyverse'], findings: [] });
  });

  it('is made every quarter of an hour while the store is open, and once when it closes', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    const clock = { now: Date.now(), open: true, wake: (): void => undefined };
    const reports: DayReport[] = [];
    const reconciler = keepDay(counter, [till], {
      now: () => clock.now,
      isOpen: () => clock.open,
      onReport: (report) => reports.push(report),
      timer: (wake) => {
        clock.wake = wake;
        return () => undefined;
      },
    });
    reconciler.start();
    const minutes = async (count: number, expected: number): Promise<void> => {
      for (let minute = 0; minute < count; minute += 1) {
        clock.now += 60_000;
        clock.wake();
        await reconciler.settled();
      }
      expect(reports).toHaveLength(expected);
      reports.length = 0;
    };
    await minutes(1, 1);
    await minutes(14, 0);
    await minutes(1, 1);
    clock.open = false;
    await minutes(1, 1);
    await minutes(60, 0);
  });

  it('is made at once when a till is back, but not again within a minute, and not before it began', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    const clock = { now: Date.now() };
    const reports: DayReport[] = [];
    const reconciler = keepDay(counter, [till], {
      now: () => clock.now,
      onReport: (report) => reports.push(report),
      timer: () => () => undefined,
    });
    const back = async (expected: number): Promise<void> => {
      reconciler.tillBack();
      await reconciler.settled();
      expect(reports).toHaveLength(expected);
    };
    await back(0);
    reconciler.start();
    await back(1);
    clock.now += 59_000;
    await back(1);
    clock.now += 2_000;
    await back(2);
    await reconciler.stop();
    clock.now += 120_000;
    await back(2);
  });

  it('goes through a day of hundreds of orders in parts, and others have their turn between them', async () => {
    const [till, counter] = [await openTill(), openCounter()];
    const documents = Array.from({ length: 350 }, (_, n) =>
      sampleOrder({ id: `many-${n}`, number: String(n), placed_at: new Date().toISOString() }),
    );
    await Promise.all(
      documents.map((document) => counter.journal.take({ channel: 'web', via: 'webhook', document })),
    );
    let turns = 0;
    const stopped = new AbortController();
    const count = (): void => {
      turns += 1;
      if (!stopped.signal.aborted) setImmediate(count);
    };
    // All that is left to do once the till has answered.
    const provider = {
      ...till.provider,
      listSales: async () => {
        setImmediate(count);
        return [];
      },
    };
    const report = await keepDay(counter, [{ ...till, provider }]).look();
    stopped.abort();
    expect(report).toMatchObject({ orders: 350, open: 350, inTill: 0 });
    expect(new Set(report.findings.map(({ key }) => key?.id)).size).toBe(350);
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
