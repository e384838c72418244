import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { parseOnlineOrder } from '../../../main/core/online-order';
import { isTestOrder, testOrderDocument } from '../../../main/core/test-order';
import { DayFigures } from '../../../main/orders/day-figures';
import { openCounter } from '../../support/counter';
import { CONTEXT } from '../../support/orders';
import { openTill } from '../../support/till';

const facts = () => ({
  mark: 'a1b2c3d4e5f6',
  placedAt: new Date(Date.now() + 1_000).toISOString(),
  currency: CONTEXT.currency,
});

describe('the set-up’s test order', () => {
  it('is an order like any other: it is sold, and a person is told to refund it', async () => {
    const till = await openTill();
    const counter = openCounter();
    counter.inject([till]);
    const document = testOrderDocument(till.menu().menu, facts());
    const parsed = parseOnlineOrder(document, CONTEXT);
    expect(parsed).toMatchObject({ ok: true });
    const order = await counter.reaches(await counter.accept(document), 'injected');
    expect(till.sandbox.receipts()).toHaveLength(1);
    expect(attentionOf(order)).toMatch(/The test worked\. Refund receipt/);
  });

  it('counts in no figures, among orders that do', async () => {
    const till = await openTill();
    const counter = openCounter();
    const figures = new DayFigures(counter.journal, 'America/Port_of_Spain', Date.now);
    expect(figures.read().today).toBe(0);
    await counter.accept(testOrderDocument(till.menu().menu, facts()));
    await counter.accept({ id: 'genuine', number: '1' });
    expect(figures.read().today).toBe(1);
    // As after a restart, when the day is read from the journal.
    expect(new DayFigures(counter.journal, 'America/Port_of_Spain', Date.now).read().today).toBe(1);
  });

  it('is one piece of the cheapest dish that can be had', async () => {
    const { menu } = await openTill();
    const document = testOrderDocument(menu().menu, facts());
    const prices = menu().menu.items.flatMap(({ variants }) =>
      variants.flatMap(({ price, available }) => (available && price !== null && price > 0 ? [price] : [])),
    );
    expect(document).toMatchObject({ total: Math.min(...prices), lines: [{ quantity: 1 }] });
    expect(isTestOrder({ id: String(document?.id) })).toBe(true);
    expect(testOrderDocument({ items: [], modifiers: [], taxes: [] }, facts())).toBeUndefined();
  });
});
