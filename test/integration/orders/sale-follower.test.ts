import { describe, expect, it, onTestFinished } from 'vitest';
import type { Order, OrderKey, Sale } from '../../../main/core/order';
import { SaleFollower } from '../../../main/orders/sale-follower';
import { type BenchTill, TillBench } from '../../../main/orders/till-bench';
import { type FollowedSale, type PosProvider, PosUnreachable } from '../../../main/pos/provider';
import { type Counter, openCounter } from '../../support/counter';
import { openTill, SILENT } from '../../support/till';

const BILL: Sale = { number: '260-4-000061', total: 9_600, state: 'open' };

/** A till that keeps bills, by the order's reference; the rest of it is the sandbox's. */
async function billTill() {
  const till = await openTill();
  const bills = new Map<string, Sale>();
  const asked: FollowedSale[][] = [];
  let isAway = false;
  const provider: PosProvider = {
    ...till.provider,
    createSale: async ({ reference }) => {
      bills.set(reference, BILL);
      return BILL;
    },
    followSales: async (sales) => {
      asked.push([...sales]);
      if (isAway) throw new PosUnreachable({ code: 'timeout', words: 'Away.' });
      return sales.flatMap(({ reference }) => {
        const sale = bills.get(reference);
        return sale === undefined ? [] : [{ reference, sale }];
      });
    },
    findRefund: async ({ reference }) => {
      const { number, total, state } = bills.get(reference) ?? BILL;
      return state === 'called_off' ? { number, total, calledOff: true } : undefined;
    },
    refundSale: async ({ reference, sale }) => {
      bills.set(reference, { ...BILL, state: 'called_off' });
      return { number: sale.number, total: sale.total, calledOff: true };
    },
  };
  const bench: BenchTill = { till: till.till, provider, menu: till.menu };
  return { bench, bills, asked, away: (value: boolean) => (isAway = value) };
}

/** The follower with a clock that ticks when the test says so. */
function follow({ journal }: Counter, till: BenchTill) {
  let tick = (): void => {};
  const follower = new SaleFollower({
    journal,
    bench: new TillBench(() => [till]),
    now: Date.now,
    log: SILENT,
    timer: (wake) => {
      tick = wake;
      return () => {};
    },
  });
  onTestFinished(() => follower.stop());
  follower.start();
  return { follower, tick: () => tick() };
}

async function billed(counter: Counter, till: BenchTill, id = 'web-1'): Promise<OrderKey> {
  const key = await counter.accept({ id, number: id });
  const injector = counter.inject([till]);
  await counter.reaches(key, 'injected');
  await injector.stop();
  return key;
}

function when({ journal }: Counter, key: OrderKey, wanted: (order: Order) => boolean): Promise<Order> {
  return new Promise((resolve) => {
    const look = (): void => {
      const order = journal.get(key);
      if (order === undefined || !wanted(order)) return;
      stop();
      resolve(order);
    };
    const stop = journal.onChange(look);
    look();
  });
}

const stateOf = ({ injection }: Order) =>
  injection.status === 'injected' ? injection.sale.state : undefined;

describe('the follower of bills', () => {
  it('sees that a bill was paid in the till, and writes it down once', async () => {
    const counter = openCounter();
    const till = await billTill();
    const key = await billed(counter, till.bench);
    till.bills.set(counter.journal.get(key)?.reference ?? '', { ...BILL, state: 'paid' });
    const { follower, tick } = follow(counter, till.bench);
    await when(counter, key, (order) => stateOf(order) === 'paid');
    tick();
    await follower.stop();
    const events = counter.journal.history(key).map(({ event }) => event.type);
    expect(events.filter((type) => type === 'sale_changed')).toHaveLength(1);
  });

  it('looks once more when it is told of news while it looks', async () => {
    const counter = openCounter();
    const till = await billTill();
    const key = await billed(counter, till.bench);
    const reference = counter.journal.get(key)?.reference ?? '';
    let follower: SaleFollower | undefined;
    let isFirst = true;
    const provider: PosProvider = {
      ...till.bench.provider,
      followSales: async (sales) => {
        const seen = (await till.bench.provider.followSales?.(sales)) ?? [];
        if (isFirst) {
          isFirst = false;
          // What was read is old by now, and the till calls.
          till.bills.set(reference, { ...BILL, state: 'paid' });
          follower?.look();
          follower?.look();
        }
        return seen;
      },
    };
    follower = follow(counter, { ...till.bench, provider }).follower;
    await when(counter, key, (order) => stateOf(order) === 'paid');
    await follower.stop();
    expect(till.asked).toHaveLength(2);
  });

  it('asks a till that was away again', async () => {
    const counter = openCounter();
    const till = await billTill();
    const key = await billed(counter, till.bench);
    till.away(true);
    const { follower, tick } = follow(counter, till.bench);
    await expect.poll(() => till.asked.length).toBe(1);
    till.away(false);
    till.bills.set(counter.journal.get(key)?.reference ?? '', { ...BILL, state: 'paid' });
    const askedAgain = (): number => {
      tick();
      return till.asked.length;
    };
    await expect.poll(askedAgain).toBeGreaterThan(1);
    await when(counter, key, (order) => stateOf(order) === 'paid');
    await follower.stop();
  });

  it('has the bill of a rejected order called off, and of no other, also after a restart', async () => {
    const counter = openCounter();
    const till = await billTill();
    const [gone, kept, restarted] = [
      await billed(counter, till.bench, 'web-1'),
      await billed(counter, till.bench, 'web-2'),
      await billed(counter, till.bench, 'web-3'),
    ];
    const reject = (key: OrderKey) =>
      counter.journal.append(key, () => [{ type: 'rejected', reason: 'closed', text: '' }]);
    // While no follower runs.
    reject(restarted);
    follow(counter, till.bench);
    counter.refund([till.bench]);
    reject(gone);
    for (const key of [gone, restarted]) {
      const order = await when(counter, key, ({ refund }) => refund?.status === 'refunded');
      expect(order.refund).toMatchObject({ refund: { calledOff: true } });
    }
    expect(counter.journal.get(kept)?.refund).toBeNull();
  });

  it('tells of a sale that turned up twice', async () => {
    const counter = openCounter();
    const till = await billTill();
    const key = await billed(counter, till.bench);
    till.bills.set(counter.journal.get(key)?.reference ?? '', {
      ...BILL,
      state: 'paid',
      doubles: ['X (#7)'],
    });
    follow(counter, till.bench);
    const order = await when(counter, key, (one) => stateOf(one) === 'paid');
    expect(order.injection).toMatchObject({ sale: { doubles: ['X (#7)'] } });
  });
});
