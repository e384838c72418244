import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ODOO_NEWS_PACE } from '../../../main/pos/odoo/self-order-poll';
import type { NewsPace, OrderCursor, PosProvider } from '../../../main/pos/provider';
import type { TillHint } from '../../../main/relay/hint-body';
import { TillIntake } from '../../../main/shell/till-intake';
import { MemoryIntake } from '../../support/memory-intake';
import { SILENT } from '../../support/till';

const SECOND = 1_000;
const FLOOD = process.env.TILLSIDE_LONG === undefined ? 10_000 : 200_000;
const hintOf = (what: TillHint['what']): TillHint => ({ what, account: null, marks: [] });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A till whose orders and menu are read, at which second. */
async function openIntake(newsPace?: NewsPace, isOpen = true) {
  const polls: number[] = [];
  const menus: number[] = [];
  const sales: number[] = [];
  const second = () => (Date.now() - startedAt) / SECOND;
  const startedAt = Date.now();
  const provider: Pick<PosProvider, 'pollOrders' | 'newsPace' | 'keepWebhooks'> = {
    ...(newsPace === undefined ? {} : { newsPace }),
    pollOrders: async () => {
      polls.push(second());
      return { orders: [], cursor: 'c' as OrderCursor, more: false };
    },
  };
  const intake = new TillIntake({
    location: 'ARIAPITA',
    till: { key: 'odoo', orderSources: ['QR codes and kiosks'] },
    webhookSecret: () => null,
    provider,
    intake: new MemoryIntake(),
    secret: async () => undefined,
    log: SILENT,
    now: Date.now,
    isOpen: () => isOpen,
    onState: () => {},
    onSalesHint: () => sales.push(second()),
    onMenuHint: () => menus.push(second()),
    metrics: { orderReceived: () => {}, polled: () => {} },
    onNotice: () => {},
  });
  onTestFinished(() => intake.stop());
  intake.start();
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * SECOND);
  await pass(0);
  return { intake, polls, menus, sales, pass };
}

describe('the news of Odoo', () => {
  it('are asked for every twelve seconds while the store is open, and say what they are', async () => {
    const { intake, polls, pass } = await openIntake(ODOO_NEWS_PACE);
    await pass(25);
    expect(polls).toEqual([0, 12, 24]);
    expect(intake.state.words).toBe('Orders from QR codes and kiosks in the till are shown here too.');
    const closed = await openIntake(ODOO_NEWS_PACE, false);
    await pass(119);
    expect(closed.polls).toEqual([0]);
  });

  it('are read a second after its first call, and once more when the last of them must be stored', async () => {
    const { intake, polls, sales, pass } = await openIntake(ODOO_NEWS_PACE);
    await pass(5.5);
    for (let n = 0; n < 8; n += 1) {
      intake.hint(hintOf('orders'));
      await pass(0.05);
    }
    await pass(6.2);
    const hundredths = (times: readonly number[]) => times.map((at) => Math.round(at * 100) / 100);
    expect(hundredths(polls)).toEqual([0, 6.5, 11.85]);
    // A bill of ours may have been paid: it is looked for with the guests' orders.
    expect(hundredths(sales)).toEqual([6.5, 11.85]);
  });

  it('cost a read every five seconds at most, however much it calls', async () => {
    const { intake, polls, menus, pass } = await openIntake(ODOO_NEWS_PACE);
    for (let tenths = 0; tenths < 300; tenths += 1) {
      for (let n = 0; n < FLOOD / 300; n += 1) intake.hint(hintOf('all'));
      await pass(0.1);
    }
    expect(polls.length).toBeGreaterThanOrEqual(5);
    expect(polls.length).toBeLessThanOrEqual(8);
    expect(menus.length).toBeGreaterThanOrEqual(5);
    expect(menus.length).toBeLessThanOrEqual(8);
  });

  it('are the menu’s or the orders’, as it says', async () => {
    const { intake, polls, menus, sales, pass } = await openIntake(ODOO_NEWS_PACE);
    intake.hint(hintOf('menu'));
    await pass(7);
    expect({ polls, menus, sales }).toEqual({ polls: [0], menus: [1, 6], sales: [] });
  });

  it('bring nothing any more once it was stopped', async () => {
    const { intake, polls, menus, pass } = await openIntake(ODOO_NEWS_PACE);
    intake.hint(hintOf('all'));
    await intake.stop();
    await pass(60);
    expect({ polls, menus }).toEqual({ polls: [0], menus: [] });
  });
});

describe('the news of a till that calls when they can be read', () => {
  it('are read at once', async () => {
    const { intake, polls, menus, pass } = await openIntake();
    await pass(10);
    intake.hint(hintOf('all'));
    await pass(0);
    expect({ polls, menus }).toEqual({ polls: [0, 10], menus: [10] });
  });
});
