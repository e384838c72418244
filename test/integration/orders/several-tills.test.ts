import { describe, expect, it } from 'vitest';
import { indexMenu } from '../../../main/core/menu';
import { tillsFor } from '../../../main/core/till-choice';
import { openCounter } from '../../support/counter';
import { openTill, type TestTill } from '../../support/till';

const sales = ({ sandbox }: TestTill): string[] => sandbox.receipts().map((receipt) => String(receipt.order));
const changed = (till: TestTill, changes: Partial<TestTill['till']>): TestTill => ({
  ...till,
  till: { ...till.till, ...changes },
});

describe('two tills at one location', () => {
  it('share the orders as the configuration says, each order in one of them', async () => {
    const first = await openTill('loyverse');
    const second = changed(await openTill('odoo'), { priority: 1, share: 40 });
    const counter = openCounter();
    counter.inject([first, second]);
    const keys = await Promise.all(
      Array.from({ length: 12 }, (_, n) => counter.accept({ id: `w-${n}`, number: `${n}` })),
    );
    const orders = await Promise.all(keys.map((key) => counter.reaches(key, 'injected')));
    for (const { reference, injection } of orders) {
      const [wanted] = tillsFor(reference, [first.till, second.till]);
      expect(injection).toMatchObject({ provider: wanted?.key });
    }
    expect(sales(second).length).toBeGreaterThan(0);
    expect([...sales(first), ...sales(second)].sort()).toEqual(
      orders.map(({ reference }) => reference).sort(),
    );
  });

  it('keep a retry on the side where the order began', async () => {
    const first = changed(await openTill('loyverse'), { share: 50 });
    const second = changed(await openTill('odoo'), { priority: 1, share: 50 });
    first.sandbox.switches.cutAfterSale = 2;
    second.sandbox.switches.cutBeforeSale = 2;
    const counter = openCounter();
    counter.inject([first, second]);
    const keys = await Promise.all(
      Array.from({ length: 8 }, (_, n) => counter.accept({ id: `r-${n}`, number: `${n}` })),
    );
    for (const key of keys) {
      const { reference } = await counter.reaches(key, 'injected');
      const tried = counter.journal
        .history(key)
        .flatMap(({ event }) => (event.type === 'injection_started' ? [event.provider] : []));
      const [wanted] = tillsFor(reference, [first.till, second.till]);
      expect(new Set(tried)).toEqual(new Set([wanted?.key]));
    }
    expect(new Set([...sales(first), ...sales(second)]).size).toBe(8);
    expect(sales(first).length + sales(second).length).toBe(8);
  });

  it('do not hand an order to a fallback that does not sell its dishes', async () => {
    const first = await openTill('loyverse');
    const second = changed(await openTill('odoo'), { priority: 1 });
    first.sandbox.switches.tooManyRequests = 1;
    const counter = openCounter();
    const empty = indexMenu({ items: [], modifiers: [], taxes: [] });
    const injector = counter.inject([first, { ...second, menu: () => empty }]);
    const key = await counter.accept();
    await counter.postponed(key);
    injector.tillBack('loyverse');
    await counter.reaches(key, 'injected');
    expect([sales(first).length, sales(second).length]).toEqual([1, 0]);
  });

  it('that are switched off get no order, and are still asked about one that may be there', async () => {
    const first = await openTill('loyverse');
    const second = changed(await openTill('odoo'), { priority: 1 });
    first.sandbox.switches.cutAfterSale = 1;
    // Asked at once, it does not show the sale yet; by the next look it is switched off.
    first.sandbox.switches.listLagMs = 50;
    const counter = openCounter();
    const tills = [first, second];
    counter.inject(tills);
    const troubled = await counter.accept({ id: 'troubled', number: '1' });
    await counter.reaches(troubled, 'unknown');
    tills[0] = changed(first, { enabled: false });
    await counter.reaches(await counter.accept({ id: 'easy', number: '2' }), 'injected');
    await counter.reaches(troubled, 'injected');
    expect([sales(first).length, sales(second).length]).toEqual([1, 1]);
  });
});
