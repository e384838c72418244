import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountBudget } from '../../../main/pos/loyverse/account-budget';
import { LIMITS, type RequestUse } from '../../../main/pos/loyverse/budget-limits';
import { BudgetSeats } from '../../../main/pos/loyverse/budget-seats';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const now = () => performance.now();
const options = { now, random: () => 1, limits: LIMITS };
const BACKGROUND = ['menu', 'orders'] as const;
const FREE = ['sale', 'search', 'refund', 'availability', 'check'] as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Asking {
  admit(use: RequestUse, signal?: AbortSignal): ReturnType<AccountBudget['admit']>;
}

/** Asks so many times, and notes who was let go, when, in which order. */
function ask(budget: Asking, uses: readonly RequestUse[]) {
  const left: { readonly use: RequestUse; readonly at: number }[] = [];
  const held: { readonly use: RequestUse; readonly waitMs: number }[] = [];
  for (const use of uses) {
    void budget.admit(use).then((admission) => {
      if (admission.kind === 'go') left.push({ use, at: admission.at });
      if (admission.kind === 'held') held.push({ use, waitMs: admission.waitMs });
    });
  }
  return { left, held };
}

const many = (use: RequestUse, times: number): RequestUse[] => Array(times).fill(use);
const passTime = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('without a complaint', () => {
  it('a backlog of sales leaves 45 of 300 for what comes meanwhile, the checks among it', async () => {
    const budget = new AccountBudget(options);
    const { left } = ask(budget, many('backlog', 300));
    await passTime(0);
    expect(left).toHaveLength(255);
    const meanwhile = ask(budget, [...many('sale', 30), ...many('check', 15)]);
    await passTime(301 * SECOND);
    expect(meanwhile.left).toHaveLength(45);
    const rest = ask(budget, many('backlog', 300));
    await passTime(0);
    expect(rest.left).toHaveLength(255);
  });

  it('what never reached Loyverse does not count', async () => {
    const budget = new AccountBudget(options);
    const { left } = ask(budget, many('backlog', 200));
    await passTime(0);
    for (const { use, at } of left) budget.unsent(use, at);
    expect(budget.state().usedByAll).toBe(0);
    const again = ask(budget, many('backlog', 255));
    await passTime(0);
    expect(again.left).toHaveLength(255);
  });

  it('background reads keep to 60 in any five minutes, to the millisecond', async () => {
    const budget = new AccountBudget(options);
    const began = now();
    ask(budget, many('menu', 59));
    await passTime(100 * SECOND);
    const { left } = ask(budget, many('menu', 62));
    await passTime(0);
    expect(left).toHaveLength(1);
    await passTime(200 * SECOND - 1);
    expect(left).toHaveLength(1);
    await passTime(1);
    // The 59 of the beginning are gone, the one of a hundred seconds later is not.
    expect(left).toHaveLength(60);
    await passTime(100 * SECOND);
    expect(left.map(({ at }) => at - began).slice(-3)).toEqual([300, 300, 400].map((s) => s * SECOND));
  });

  it('nothing else is ever held, whatever the menu does', async () => {
    const budget = new AccountBudget(options);
    ask(budget, many('menu', 200));
    const { left } = ask(
      budget,
      FREE.flatMap((use) => many(use, 400)),
    );
    await passTime(0);
    expect(left).toHaveLength(2_000);
    expect(budget.state()).toMatchObject({ used: 60, usedByAll: 2_060, pausedForMs: 0 });
  });

  it('an orders’ poll goes before the menu', async () => {
    const budget = new AccountBudget(options);
    ask(budget, many('menu', 60));
    const { left } = ask(budget, [...many('menu', 5), 'orders']);
    await passTime(5 * MINUTE);
    expect(left[0]?.use).toBe('orders');
  });

  it('a window may be used by any pattern of reads, and never holds more than its share', async () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(gaps, async (pattern) => {
        const budget = new AccountBudget(options);
        const times: number[] = [];
        let wanted = 0;
        for (const [gapMs, count] of pattern) {
          await passTime(gapMs);
          wanted += count;
          for (let read = 0; read < count; read += 1) {
            void budget.admit('menu').then((entry) => entry.kind === 'go' && times.push(entry.at));
          }
        }
        await passTime(Math.ceil(wanted / 60) * LIMITS.windowMs + 1);
        expect(times).toHaveLength(wanted);
        for (const [index, time] of times.entries()) {
          expect((times[index + 60] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThanOrEqual(
            LIMITS.windowMs,
          );
        }
      }),
      { seed: 9, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) },
    );
  });
});

describe('after a complaint', () => {
  it('everything pauses for as long as it was told, then leaves by urgency', async () => {
    const budget = new AccountBudget(options);
    budget.complained(now(), true, 4 * SECOND);
    const uses: RequestUse[] = ['menu', 'orders', 'check', 'availability', 'refund', 'search', 'sale'];
    const { left } = ask(budget, uses);
    await passTime(4 * SECOND - 1);
    expect(left).toEqual([]);
    await passTime(1);
    expect(left.map(({ use }) => use)).toEqual([
      'sale',
      'search',
      'availability',
      'refund',
      'check',
      'orders',
      'menu',
    ]);
  });

  it('whatever somebody waits for is told at once when it would wait too long', async () => {
    const budget = new AccountBudget(options);
    budget.complained(now(), true, 40 * SECOND);
    const { held, left } = ask(budget, [...FREE, 'menu']);
    await passTime(0);
    expect(held).toEqual(FREE.map((use) => ({ use, waitMs: 40 * SECOND })));
    await passTime(40 * SECOND);
    expect(left.map(({ use }) => use)).toEqual(['menu']);
  });

  it('whatever waits is told when the pause grows', async () => {
    const budget = new AccountBudget(options);
    budget.complained(now(), true, 4 * SECOND);
    const { held } = ask(budget, ['sale']);
    await passTime(SECOND);
    budget.complained(now(), true, 60 * SECOND);
    await passTime(0);
    expect(held).toEqual([{ use: 'sale', waitMs: 60 * SECOND }]);
  });

  it('the pause doubles up to a minute, is spread, and is short again after a good answer', async () => {
    const pauses = async (random: number) => {
      const budget = new AccountBudget({ ...options, random: () => random });
      const found: number[] = [];
      for (let time = 0; time < 8; time += 1) {
        budget.complained(now(), true, null);
        found.push(budget.state().pausedForMs / SECOND);
        await passTime(MINUTE);
      }
      budget.answered(now());
      budget.complained(now(), true, null);
      return [...found, budget.state().pausedForMs / SECOND];
    };
    expect(await pauses(1)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 1]);
    expect(await pauses(0)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 0.5]);
  });

  it('several refused together are one complaint, and the longest wait of them counts', async () => {
    const budget = new AccountBudget(options);
    const sentAt = now();
    await passTime(SECOND);
    budget.complained(sentAt, true, null);
    budget.complained(sentAt, true, null);
    expect(budget.state()).toMatchObject({ share: 30, pausedForMs: SECOND });
    budget.complained(sentAt, true, 9 * SECOND);
    expect(budget.state()).toMatchObject({ share: 30, pausedForMs: 9 * SECOND });
  });

  it('an answer to what had left before it does not end the pauses’ growth', async () => {
    const budget = new AccountBudget(options);
    const sentAt = now();
    await passTime(SECOND);
    budget.complained(sentAt, true, null);
    budget.answered(sentAt);
    await passTime(SECOND);
    budget.complained(now(), true, null);
    expect(budget.state().pausedForMs).toBe(2 * SECOND);
  });

  it('all keep to 300 in five minutes until ten have passed', async () => {
    const budget = new AccountBudget(options);
    ask(budget, many('sale', 299));
    budget.complained(now(), true, null);
    await passTime(10 * SECOND);
    const { left, held } = ask(budget, many('sale', 2));
    await passTime(0);
    expect([left, held.map(({ waitMs }) => waitMs)]).toMatchObject([[{}], [291 * SECOND]]);
    await passTime(10 * MINUTE - 11 * SECOND);
    expect(ask(budget, many('sale', 301))).toMatchObject({ left: [], held: [] });
    await passTime(0);
    expect(budget.state().usedByAll).toBe(300);
    await passTime(2 * SECOND);
    const free = ask(budget, many('sale', 500));
    await passTime(0);
    expect(free.left).toHaveLength(500);
  });

  it('the background’s share halves, down to ten, and grows back step by step', async () => {
    const budget = new AccountBudget(options);
    const shares: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      budget.complained(now(), true, SECOND);
      shares.push(budget.state().share);
      await passTime(SECOND);
    }
    expect(shares).toEqual([30, 15, 10, 10]);
    expect(budget.state().lessForMs).toBe(25 * MINUTE - SECOND);
    for (const share of [20, 30, 40, 50]) {
      await passTime(5 * MINUTE);
      expect(budget.state().share).toBe(share);
    }
    await passTime(5 * MINUTE);
    expect(budget.state()).toMatchObject({ share: 60, lessForMs: 0 });
  });

  it('a Retry-After with another status pauses, and leaves the share alone', () => {
    const budget = new AccountBudget(options);
    budget.complained(now(), false, 3 * SECOND);
    expect(budget.state()).toMatchObject({ share: 60, pausedForMs: 3 * SECOND });
  });
});

describe('whoever gives up while waiting', () => {
  it('is stopped at once, and leaves its place to the others', async () => {
    const budget = new AccountBudget(options);
    ask(budget, many('menu', 60));
    const over = new AbortController();
    const gone = budget.admit('menu', over.signal);
    const { left } = ask(budget, ['menu']);
    over.abort();
    expect(await gone).toEqual({ kind: 'stopped' });
    expect(await budget.admit('sale', over.signal)).toEqual({ kind: 'stopped' });
    await passTime(5 * MINUTE);
    expect(left).toHaveLength(1);
    expect(budget.state().used).toBe(1);
  });
});

describe('connectors of one account', () => {
  const open = () => {
    const seats = new BudgetSeats({ now, random: () => 1 });
    return { one: seats.seat('http://till/v1.0', 'a'), two: seats.seat('http://till/v1.0/', 'b'), seats };
  };

  it('have a budget each until it is known, then one, with what both have used', async () => {
    const { one, two } = open();
    ask(one, many('menu', 40));
    ask(two, many('menu', 15));
    expect(one.state()).toMatchObject({ used: 40, stores: 1 });
    one.join('merchant');
    two.join('merchant');
    two.join('merchant');
    for (const seat of [one, two]) expect(seat.state()).toMatchObject({ used: 55, stores: 2 });
    const { left } = ask(two, many('menu', 10));
    await passTime(0);
    expect(left).toHaveLength(5);
    await passTime(5 * MINUTE);
    expect(left).toHaveLength(10);
  });

  it('take whoever waits and what was complained about with them', async () => {
    const { one, two } = open();
    two.join('merchant');
    one.complained(now(), true, 20 * SECOND);
    const { left } = ask(one, ['menu']);
    one.join('merchant');
    expect(two.state()).toMatchObject({ share: 30, pausedForMs: 20 * SECOND });
    expect(ask(two, ['sale']).held).toEqual([]);
    await passTime(20 * SECOND);
    expect(left).toHaveLength(1);
  });

  it('of different accounts or servers share nothing', () => {
    const { one, two, seats } = open();
    const elsewhere = seats.seat('http://sandbox/v1.0', 'a');
    one.join('merchant');
    two.join('another');
    elsewhere.join('merchant');
    ask(one, ['menu']);
    expect([two, elsewhere].map((seat) => seat.state().used)).toEqual([0, 0]);
  });

  it('whose token is changed leave with nothing and join the new account', () => {
    const { one, two } = open();
    one.join('old');
    ask(one, many('menu', 9));
    two.join('new');
    one.join('new');
    expect(one.state().used).toBe(0);
    ask(two, ['menu']);
    expect(one.state().used).toBe(1);
  });

  it('that have not asked for a window are not counted as sharing it', async () => {
    const { one, two } = open();
    for (const seat of [one, two]) seat.join('merchant');
    ask(one, ['check']);
    await passTime(5 * MINUTE);
    ask(two, ['check']);
    expect(two.state().stores).toBe(1);
  });
});

it('whatever happens, each request is let go or sent away exactly once', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ask' as const), use: fc.constantFrom(...FREE, ...BACKGROUND) }),
    fc.record({ kind: fc.constant('abort' as const), which: fc.nat({ max: 30 }) }),
    fc.record({ kind: fc.constant('complain' as const), waitMs: fc.constantFrom(null, 0, 900, 30_000) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 200_000 }) }),
    fc.constant({ kind: 'join' as const }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const seats = new BudgetSeats({ now, random: () => 0.5 });
      seats.seat('', 'other').join('merchant');
      const seat = seats.seat('', 'ours');
      const ends: number[] = [];
      const aborts: AbortController[] = [];
      for (const what of steps) {
        if (what.kind === 'ask') {
          const abort = new AbortController();
          const index = aborts.push(abort) - 1;
          ends.push(0);
          void seat.admit(what.use, abort.signal).then(() => (ends[index] = (ends[index] ?? 0) + 1));
        } else if (what.kind === 'abort') aborts[what.which]?.abort();
        else if (what.kind === 'complain') seat.complained(now(), true, what.waitMs);
        else if (what.kind === 'join') seat.join('merchant');
        else await passTime(what.ms);
      }
      await passTime(60 * MINUTE);
      expect(ends).toEqual(aborts.map(() => 1));
    }),
    { seed: 5, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) },
  );
});
