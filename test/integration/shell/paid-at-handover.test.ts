import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { openRestaurant, tillOf } from '../../support/restaurant';

describe('book_unpaid: handover', () => {
  it.each([
    ['cash', 'Cash'],
    ['card', 'Card'],
  ] as const)('books an order when it is handed over, as what it was paid with: %s', async (paidBy, name) => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const till = tillOf(sandbox, {
      bookUnpaid: 'handover',
      paymentTypes: { paid: 'Online', cash: 'Cash', card: 'Card' },
    });
    const { restaurant, send, card, store } = await openRestaurant([sandbox], { tills: [till] });
    await store(({ menu }) => menu.items > 0);
    expect(await send()).toBe(202);
    const { key } = await card('web-10042', ({ status }) => status === 'new');
    expect(restaurant.desk.accept(key, 20, 'staff').ok).toBe(true);
    expect(restaurant.desk.run(key, { type: 'ready' }).ok).toBe(true);
    expect(await card('web-10042', ({ status }) => status === 'ready')).toMatchObject({
      paidAtHandover: true,
      pos: { status: 'waiting', words: null },
    });
    expect(sandbox.receipts()).toEqual([]);

    expect(restaurant.desk.run(key, { type: 'complete', paidBy }).ok).toBe(true);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (restaurant.journal.get(key)?.injection.status === 'injected') resolve();
      };
      restaurant.journal.onChange(look);
      look();
    });
    expect(sandbox.receipts().map(({ payments }) => payments[0]?.name)).toEqual([name]);
  });

  it('books what is paid already as soon as it is accepted', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const till = tillOf(sandbox, { bookUnpaid: 'handover' });
    const { restaurant, send, card, store } = await openRestaurant([sandbox], { tills: [till] });
    await store(({ menu }) => menu.items > 0);
    await send({ payment: { status: 'paid', method: 'card' } });
    const { key } = await card('web-10042', ({ status }) => status === 'new');
    restaurant.desk.accept(key, 20, 'staff');
    expect(await card('web-10042', ({ pos }) => pos.status === 'injected')).toMatchObject({
      paidAtHandover: false,
    });
  });
});
