import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../main/pos/loyverse/budget-limits';
import { BudgetSeats } from '../../../main/pos/loyverse/budget-seats';
import type { LoyverseOptions } from '../../../main/pos/loyverse/provider';
import { PosUnreachable } from '../../../main/pos/provider';
import { ACCOUNT, connect } from '../../support/loyverse/account';
import {
  ARIAPITA,
  collectMenu,
  orderOf,
  recordedMenu,
  SOUP,
  saleOrder,
} from '../../support/loyverse/fixtures';
import sale from '../../support/loyverse/sale.json';
import {
  type Reply,
  type ScriptedTill,
  sendJson,
  serving,
  startScriptedTill,
} from '../../support/loyverse/scripted-till';

const menu = recordedMenu(ARIAPITA);
const order = saleOrder(orderOf([SOUP]), { firstAttemptAt: Date.now(), receivedAt: Date.now() });
const MANY = { status: 429, retryAfter: '60' };

/** A till whose sales go well once the answers in the script are used up; a budget by a clock that a test moves on. */
async function open(
  script: { status: number; retryAfter?: string }[],
  options: Partial<LoyverseOptions> = {},
) {
  const reply: Reply = ({ method }, response) => {
    const next = script.shift();
    if (next === undefined) return sendJson(response, 200, method === 'POST' ? sale.answer : {});
    const headers = next.retryAfter === undefined ? {} : { 'retry-after': next.retryAfter };
    sendJson(response, next.status, { errors: [{ code: 'RATE_LIMITED' }] }, headers);
  };
  const till = await startScriptedTill(serving(ACCOUNT, reply));
  const clock = { now: 0 };
  const seats = new BudgetSeats({ now: () => clock.now, random: () => 1 });
  const budget = seats.seat(till.url, 'ours');
  return { till, clock, seats, budget, ...connect(till.url, { budget, ...options }) };
}

const posts = (till: ScriptedTill) => till.requests.filter(({ method }) => method === 'POST').length;

describe('after Loyverse said to wait a minute', () => {
  it('no sale is sent; it comes back with the time after which it may be', async () => {
    const { provider, till, clock } = await open([MANY]);
    const sell = () => provider.createSale(order, menu);
    await expect(sell()).rejects.toMatchObject({ trouble: { code: 'rate_limited' }, retryAfterMs: 60_000 });
    const sent = till.requests.length;
    clock.now += 20_000;
    const failure = await sell().then(undefined, (error: unknown) => error);
    expect(failure).toBeInstanceOf(PosUnreachable);
    expect(failure).toMatchObject({ trouble: { code: 'rate_limited' }, retryAfterMs: 40_000 });
    expect(till.requests).toHaveLength(sent);
    clock.now += 40_000;
    expect(await sell()).toMatchObject({ number: '1001' });
    expect(posts(till)).toBe(2);
  });

  it('no search says that there is no sale', async () => {
    const { provider, till } = await open([MANY]);
    await expect(provider.createSale(order, menu)).rejects.toThrow();
    const sent = till.requests.length;
    await expect(provider.findSale(order)).rejects.toMatchObject({ trouble: { code: 'rate_limited' } });
    expect(till.requests).toHaveLength(sent);
  });

  it('a menu read waits until nobody wants it any more', async () => {
    const { provider, till } = await open([MANY]);
    await expect(provider.createSale(order, menu)).rejects.toThrow();
    const sent = till.requests.length;
    const over = new AbortController();
    const read = collectMenu(provider.readMenu(undefined, { signal: over.signal }));
    over.abort();
    await expect(read).rejects.toMatchObject({ trouble: { code: 'stopped' } });
    expect(till.requests).toHaveLength(sent);
  });

  it('the other store of the account waits, too, as soon as it is known to be one', async () => {
    const { provider, till, seats } = await open([MANY]);
    const other = connect(till.url, { budget: seats.seat(till.url, 'other') }).provider;
    await Promise.all([provider.check(), other.check()]);
    await expect(provider.createSale(order, menu)).rejects.toThrow();
    await expect(other.createSale(order, menu)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(posts(till)).toBe(1);
  });

  it('its health says so, and that other tills are to be thought of', async () => {
    const { budget, provider } = await open([MANY]);
    await expect(provider.createSale(order, menu)).rejects.toThrow();
    expect(budget.state()).toMatchObject({ share: 30, pausedForMs: 60_000 });
    expect(await provider.check()).toMatchObject({ status: 'degraded', trouble: { code: 'rate_limited' } });
  });
});

describe('how long to wait', () => {
  it.each([
    ['nothing', undefined, 1_000],
    ['seconds', '7', 7_000],
    ['zero', '0', 1_000],
    ['a year', '31536000', 600_000],
    ['nonsense', 'soon', 1_000],
  ])('is told by %s', async (_, retryAfter, pausedForMs) => {
    const { provider, budget } = await open([
      { status: 429, ...(retryAfter !== undefined && { retryAfter }) },
    ]);
    await expect(provider.createSale(order, menu)).rejects.toThrow();
    expect(budget.state()).toMatchObject({ pausedForMs });
  });

  it('is told by a date, by the clock of the server that wrote it', async () => {
    const theirs = Date.now() - 600_000;
    const till = await startScriptedTill(
      serving(ACCOUNT, (_, response) =>
        sendJson(
          response,
          503,
          {},
          {
            date: new Date(theirs).toUTCString(),
            'retry-after': new Date(theirs + 90_000).toUTCString(),
          },
        ),
      ),
    );
    const budget = new BudgetSeats({ now: () => 0 }).seat(till.url, 'ours');
    await expect(connect(till.url, { budget }).provider.createSale(order, menu)).rejects.toThrow();
    expect(budget.state()).toMatchObject({ pausedForMs: 90_000, share: LIMITS.background });
  });
});

it('a short pause is waited for, and the sale is sent once', async () => {
  const { till } = await open([]);
  const limits = { ...LIMITS, firstPauseMs: 40 };
  const budget = new BudgetSeats({ limits, random: () => 1 }).seat(till.url, 'ours');
  const { provider } = connect(till.url, { budget });
  await provider.check();
  budget.complained(performance.now(), true, null);
  const began = performance.now();
  expect(await provider.createSale(order, menu)).toMatchObject({ number: '1001' });
  expect(performance.now() - began).toBeGreaterThanOrEqual(35);
  expect(posts(till)).toBe(1);
});

it('what never reached Loyverse counts for nothing', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const url = `http://127.0.0.1:${port}/v1.0`;
  const budget = new BudgetSeats({ now: () => 0, random: () => 1 }).seat(url, 'ours');
  const { provider } = connect(url, { budget });
  await expect(provider.createSale(order, menu)).rejects.toThrow(PosUnreachable);
  expect(budget.state().usedByAll).toBe(0);
});
