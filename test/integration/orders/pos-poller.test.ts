import { describe, expect, it, onTestFinished } from 'vitest';
import type { Trouble } from '../../../main/core/order';
import { PosPoller, type PosPollerOptions } from '../../../main/orders/pos-poller';
import type { TillState } from '../../../main/orders/till-monitor';
import { type OrderCursor, type OrderPage, PosUnreachable } from '../../../main/pos/provider';
import { tillLink } from '../../../main/shell/views/links';
import { MemoryIntake } from '../../support/memory-intake';
import { sampleOrder } from '../../support/orders';
import { SILENT } from '../../support/till';

const AWAY: Trouble = { code: 'no_connection', words: 'Loyverse cannot be reached.' };

function pageOf(cursor: string, ...ids: string[]): OrderPage {
  const orders = ids.map((id) => ({ document: sampleOrder({ id }), sale: { number: id, total: 9600 } }));
  return { orders, cursor: cursor as OrderCursor, more: false };
}

/** A poller whose till answers, and whose time passes, when the test says so. */
function startPoller(changes: Partial<PosPollerOptions> = {}) {
  const intake = new MemoryIntake();
  const time = { now: 0 };
  const asked: (string | undefined)[] = [];
  const open: { give: (page: OrderPage) => void; fail: (error: Error) => void }[] = [];
  let timer: { readonly wake: () => void; readonly ms: number } | undefined;
  const poller = new PosPoller({
    till: 'loyverse',
    provider: {
      pollOrders: (cursor) => {
        asked.push(cursor);
        return new Promise((give, fail) => open.push({ give, fail }));
      },
    },
    intake,
    sources: ['GloriaFood'],
    log: SILENT,
    now: () => time.now,
    interval: () => 30_000,
    timer: (wake, ms) => {
      timer = { wake, ms };
      return () => {
        timer = undefined;
      };
    },
    ...changes,
  });
  onTestFinished(() => poller.stop());
  poller.start();
  /** Lets the time pass that the poller waits for. @returns how long it was */
  const pass = (): number => {
    const { wake, ms } = timer ?? { wake: () => {}, ms: Number.NaN };
    timer = undefined;
    time.now += ms;
    wake();
    return ms;
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const give = async (page: OrderPage) => {
    open.shift()?.give(page);
    await settled();
  };
  const fail = async (error: Error) => {
    open.shift()?.fail(error);
    await settled();
  };
  return { poller, intake, asked, time, pass, give, fail, waits: () => timer?.ms };
}

describe('a till that is asked for its own orders', () => {
  it('gives them from the cursor that was kept with those before', async () => {
    const { intake, asked, pass, give, poller } = startPoller();
    expect(pass()).toBe(0);
    await give(pageOf('c1', 'a', 'b'));
    expect(poller.state).toMatchObject({
      status: 'ok',
      words: 'Orders from GloriaFood in the till are shown here too.',
    });
    expect(pass()).toBe(30_000);
    await give({ ...pageOf('c2', 'c'), more: true });
    await give(pageOf('c3'));
    expect(asked).toEqual([undefined, 'c1', 'c2']);
    expect([...intake.orders.keys()]).toEqual(['a', 'b', 'c'].map((id) => `till:loyverse/${id}`));
    expect(intake.cursors.get('till:loyverse')).toBe('c3');
  });

  it('is asked again from the same place when the disk could not keep what it gave', async () => {
    const { intake, asked, pass, give, poller } = startPoller();
    intake.full = true;
    pass();
    await give(pageOf('c1', 'a'));
    expect(poller.state.trouble?.code).toBe('disk');
    intake.full = false;
    pass();
    await give(pageOf('c1', 'a'));
    expect(asked).toEqual([undefined, undefined]);
    expect(intake.orders.size).toBe(1);
  });

  it('costs one poll and one more, however often it calls', async () => {
    const { poller, asked, pass, give, waits, time } = startPoller();
    pass();
    for (let n = 0; n < 10_000; n += 1) poller.pollNow();
    await give(pageOf('c1'));
    expect(pass()).toBe(0);
    for (let n = 0; n < 10_000; n += 1) poller.pollNow();
    await give(pageOf('c2'));
    expect(asked).toHaveLength(2);
    // Each sale at the counter makes it call: those polls keep a distance.
    expect(waits()).toBe(5_000);
    time.now -= 60_000;
    pass();
    await give(pageOf('c3'));
    expect(waits()).toBe(30_000);
    poller.pollNow();
    expect(waits()).toBe(5_000);
  });

  it('is asked at once when it calls in a quiet moment', async () => {
    const { poller, pass, give, waits, time } = startPoller();
    pass();
    await give(pageOf('c1'));
    time.now += 10_000;
    poller.pollNow();
    expect(waits()).toBe(0);
  });

  it('is shown as broken from the second failure on, and asked less and less often until it is well', async () => {
    const { poller, pass, give, fail } = startPoller();
    const health = { status: 'ok', latencyMs: 5, account: null, store: null, trouble: null } as const;
    const till: TillState = { health, askedAt: 0, checkedAt: 0, answeredAt: 0, backAt: null };
    const link = () => tillLink('Loyverse', till, poller.state);
    pass();
    await fail(new PosUnreachable(AWAY));
    expect(link().status).toBe('ok');
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      waits.push(pass());
      await fail(new PosUnreachable(AWAY));
    }
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000]);
    expect(link()).toMatchObject({
      status: 'down',
      words: `${AWAY.words} Orders from GloriaFood are not heard meanwhile. Look into the till.`,
    });
    pass();
    await fail(new PosUnreachable(AWAY, { retryAfterMs: 200_000 }));
    expect(pass()).toBe(200_000);
    await give(pageOf('c1'));
    expect(link().status).toBe('ok');
  });

  it('survives a connector’s mistake', async () => {
    const { poller, pass, fail, give } = startPoller();
    pass();
    await fail(new TypeError('undefined is not a receipt'));
    expect(poller.state.trouble?.code).toBe('unexpected');
    pass();
    await give(pageOf('c1'));
    expect(poller.state.status).toBe('ok');
  });

  it('writes nothing once it was stopped', async () => {
    const { poller, intake, pass, give, waits } = startPoller();
    pass();
    await poller.stop();
    await give(pageOf('c1', 'a'));
    expect(intake.orders.size).toBe(0);
    expect(waits()).toBeUndefined();
  });

  it('is left alone when no ordering site is named', () => {
    const { poller, waits } = startPoller({ sources: [] });
    poller.pollNow();
    expect(waits()).toBeUndefined();
    expect(poller.state.status).toBe('off');
  });
});
