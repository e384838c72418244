import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { parseOnlineOrder } from '../../../main/core/online-order';
import { generateOrder, seededRandom } from '../../../main/training/order-generator';
import { TRAINING_MENU } from '../../../main/training/training-menu';
import { openCounter } from '../../support/counter';
import { CONTEXT } from '../../support/orders';
import { openTill, type TestTill } from '../../support/till';

const sales = ({ sandbox }: TestTill): string[] => sandbox.receipts().map((receipt) => String(receipt.order));

describe('the injector', () => {
  it('puts an accepted order into the till, once', async () => {
    const till = await openTill();
    const counter = openCounter();
    counter.inject([till]);
    const order = await counter.reaches(await counter.accept(), 'injected');
    expect(sales(till)).toEqual([order.reference]);
    expect(order.injection).toMatchObject({ sale: { total: 9600 } });
  });

  it('finds the sale when the connection is cut after the till took it', async () => {
    const till = await openTill();
    till.sandbox.switches.cutAfterSale = 1;
    const counter = openCounter();
    counter.inject([till]);
    const key = await counter.accept();
    await counter.reaches(key, 'injected');
    expect(sales(till)).toHaveLength(1);
    const events = counter.journal.history(key).map(({ event }) => event.type);
    expect(events).toEqual(['received', 'accepted', 'injection_started', 'injection_unknown', 'injected']);
  });

  it('looks again when the till’s list lags behind what it took', async () => {
    const till = await openTill();
    till.sandbox.switches.cutAfterSale = 1;
    till.sandbox.switches.listLagMs = 250;
    const counter = openCounter();
    counter.inject([till]);
    const key = await counter.accept();
    await counter.reaches(key, 'injected');
    expect(sales(till)).toHaveLength(1);
    expect(
      counter.journal.history(key).filter(({ event }) => event.type === 'sale_not_found').length,
    ).toBeGreaterThan(0);
  });

  it('sends again only after it has looked three times in vain', async () => {
    const till = await openTill();
    till.sandbox.switches.serverErrorBefore = 1;
    const counter = openCounter();
    counter.inject([till]);
    const key = await counter.accept();
    await counter.reaches(key, 'injected');
    expect(sales(till)).toHaveLength(1);
    const events = counter.journal.history(key).map(({ event }) => event.type);
    expect(events.slice(2)).toEqual([
      'injection_started',
      'injection_unknown',
      'sale_not_found',
      'sale_not_found',
      'sale_absent',
      'injection_started',
      'injected',
    ]);
  });

  it('asks first about an order that was under way when the app died', async () => {
    const till = await openTill();
    const counter = openCounter();
    const key = await counter.accept();
    const started = counter.journal.append(key, () => [{ type: 'injection_started', provider: 'loyverse' }]);
    if (started === undefined) throw new Error('not started');
    await till.provider.createSale({ ...started, firstAttemptAt: Date.now() }, till.menu());
    counter.inject([till]);
    await counter.reaches(key, 'injected');
    expect(sales(till)).toHaveLength(1);
  });

  it('finds what an earlier journal had sold', async () => {
    const till = await openTill();
    const first = openCounter();
    first.inject([till]);
    const placedAt = { placed_at: new Date(Date.now() - 60_000).toISOString() };
    await first.reaches(await first.accept(placedAt), 'injected');
    const second = openCounter();
    second.inject([till]);
    await second.reaches(await second.accept(placedAt), 'injected');
    expect(sales(till)).toHaveLength(1);
  });

  it('takes a sale under its reference for its own only with its dishes', async () => {
    const till = await openTill();
    const counter = openCounter();
    // Somebody changed the receipt before we could ask; or another system made it under our name.
    const key = await counter.accept();
    const order = counter.journal.get(key) ?? expect.fail();
    const [line] = order.document.lines;
    const other = { ...order.document, lines: [{ ...(line ?? expect.fail()), quantity: 1 }] };
    await till.provider.createSale(
      { ...order, document: other, firstAttemptAt: order.receivedAt },
      till.menu(),
    );
    counter.journal.append(key, () => [
      { type: 'injection_started', provider: till.till.key },
      { type: 'injection_unknown', provider: till.till.key, trouble: { code: 'x', words: 'X.' }, nextAt: 0 },
    ]);
    counter.inject([till]);
    const found = await counter.reaches(key, 'injected');
    expect(found.injection).toMatchObject({ sale: { otherDishes: true } });
    expect(attentionOf(found)).toContain('has other dishes');
    expect(sales(till)).toHaveLength(1);
  });

  it('sells once when two workers share a journal', async () => {
    const till = await openTill();
    till.sandbox.switches.slowMs = 50;
    const counter = openCounter();
    counter.inject([till]);
    counter.inject([till]);
    const keys = await Promise.all(
      Array.from({ length: 8 }, (_, n) => counter.accept({ id: `w-${n}`, number: `${n}` })),
    );
    await Promise.all(keys.map((key) => counter.reaches(key, 'injected')));
    expect(new Set(sales(till)).size).toBe(8);
    expect(sales(till)).toHaveLength(8);
  });

  it('tells a person when the till refuses, with the dish’s name', async () => {
    const till = await openTill();
    const counter = openCounter();
    counter.inject([till]);
    const lines = [{ sku: 'NO-SUCH', name: 'Dragon egg', quantity: 1, unit_price: 100 }];
    const order = await counter.reaches(await counter.accept({ lines, total: 100 }), 'failed');
    expect(order.injection).toMatchObject({ trouble: { words: expect.stringContaining('Dragon egg') } });
    expect(sales(till)).toEqual([]);
  });

  it('waits while the till is away, and goes at once when it is back', async () => {
    const till = await openTill();
    till.sandbox.switches.down = 'refuse';
    const counter = openCounter();
    const injector = counter.inject([till]);
    const key = await counter.accept();
    await counter.postponed(key);
    till.sandbox.switches.down = false;
    injector.tillBack('loyverse');
    await counter.reaches(key, 'injected');
    expect(sales(till)).toHaveLength(1);
  });

  it('does not let one order’s second look delay another order', async () => {
    const till = await openTill();
    till.sandbox.switches.cutBeforeSale = 1;
    const counter = openCounter();
    counter.inject([till]);
    const troubled = await counter.accept({ id: 'troubled', number: '1' });
    await counter.reaches(troubled, 'unknown');
    await counter.reaches(await counter.accept({ id: 'easy', number: '2' }), 'injected');
    expect(counter.journal.get(troubled)?.injection.status).toBe('unknown');
    await counter.reaches(troubled, 'injected');
    expect(sales(till)).toHaveLength(2);
  });

  it('hands over to the next till only when the first is known not to have the sale', async () => {
    const [first, second] = [await openTill('loyverse'), await openTill('reserve')];
    const counter = openCounter();
    counter.inject([first, second]);

    first.sandbox.switches.cutAfterSale = 1;
    await counter.reaches(await counter.accept({ id: 'a', number: '1' }), 'injected');
    expect([sales(first).length, sales(second).length]).toEqual([1, 0]);

    first.sandbox.switches.tooManyRequests = 1;
    await counter.reaches(await counter.accept({ id: 'b', number: '2' }), 'injected');
    expect([sales(first).length, sales(second).length]).toEqual([1, 1]);
  });

  it('keeps at most one sale an order, and loses none, whatever the till does', async () => {
    const till = await openTill();
    const trouble = fc.constantFrom(
      'none' as const,
      'cutAfterSale' as const,
      'cutBeforeSale' as const,
      'tooManyRequests' as const,
      'serverErrorBefore' as const,
      'serverErrorAfter' as const,
    );
    let number = 20_000;
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { minLength: 1, maxLength: 4 }),
        fc.integer(),
        async (troubles, seed) => {
          const counter = openCounter();
          const injector = counter.inject([till]);
          const random = seededRandom(seed);
          for (const switched of troubles) {
            if (switched !== 'none') till.sandbox.switches[switched] = 1;
            number += 1;
            const parsed = parseOnlineOrder(
              generateOrder(random, TRAINING_MENU, {
                now: Date.now() + 1_000,
                number,
                tables: CONTEXT.tables,
              }),
              CONTEXT,
            );
            if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
            const key = await counter.accept(parsed.order);
            const settled = counter.reaches(key, 'injected');
            const nudge = counter.journal.onChange(([change]) => {
              if (change?.events.some(({ type }) => type === 'injection_postponed'))
                injector.tillBack('loyverse');
            });
            const order = await settled;
            nudge();
            expect(sales(till).filter((reference) => reference === order.reference)).toHaveLength(1);
          }
          await injector.stop();
        },
      ),
      { seed: 9, numRuns: process.env.TILLSIDE_LONG ? 200 : 10 },
    );
  });
});
