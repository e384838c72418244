import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MenuIndex } from '../../../main/core/menu';
import { indexMenu } from '../../../main/core/menu';
import { parseOnlineOrder } from '../../../main/core/online-order';
import { PosOutcomeUnknown, PosRefused, PosUnreachable, type SaleOrder } from '../../../main/pos/provider';
import { generateOrder, seededRandom, TRAINING_TABLES } from '../../../main/training/order-generator';
import type { SandboxSwitches } from '../../../main/training/switches';
import { TRAINING_MENU } from '../../../main/training/training-menu';
import { collectMenu, line, orderOf, saleOrder } from '../../support/loyverse/fixtures';
import {
  openAccount,
  orderFrom,
  readIndex,
  type SandboxAccount,
} from '../../support/loyverse/sandbox-account';

/** An account, its menu, and an order of two of its first dish. */
async function openFor(reference = 'W-1', ...options: Parameters<typeof openAccount>) {
  const account = await openAccount(...options);
  const menu = await readIndex(account);
  return { ...account, menu, order: orderOfFirst(menu, reference) };
}

function orderOfFirst({ menu }: MenuIndex, reference: string): SaleOrder {
  const item = menu.items.find(({ variants }) => variants[0]?.price);
  const [variant] = item?.variants ?? [];
  if (item === undefined || !variant?.price) throw new Error('The training menu has nothing to sell.');
  const two = line({ sku: variant.sku, name: item.name, quantity: 2, unit_price: variant.price });
  const now = Date.now();
  return saleOrder(orderOf([two]), { reference, firstAttemptAt: now, receivedAt: now });
}

function set(account: SandboxAccount, switches: Partial<SandboxSwitches>): void {
  Object.assign(account.sandbox.switches, switches);
}

async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => expect.unreachable('It did not fail.'),
    (error: unknown) => error,
  );
}

describe('a sale', () => {
  it('is in the till with its total, its lines and who it is for, and is found again', async () => {
    const { sandbox, provider, menu, order } = await openFor();
    const sale = await provider.createSale(order, menu);
    const [receipt, ...more] = sandbox.receipts();
    expect(more).toEqual([]);
    expect(sale).toEqual({ number: receipt?.receipt_number, total: order.document.total });
    expect(receipt).toMatchObject({
      order: 'W-1',
      source: 'Tillside',
      store_id: sandbox.storeId,
      note: expect.stringContaining('Anil R.'),
      payments: [{ name: 'Online', money_amount: order.document.total / 100 }],
    });
    expect(await provider.findSale(order)).toEqual({
      ...sale,
      lines: [{ variantId: expect.any(String), quantity: 2 }],
    });
    expect(await provider.findSale({ ...order, reference: 'W-2' })).toBeUndefined();
  });

  it('adds up to the order’s total, whatever was ordered', { timeout: 60_000 }, async () => {
    for (const autoTax of [false, true]) {
      const account = await openAccount();
      set(account, { autoTax, moneyAmountMismatch: 'refuse' });
      const { menu } = await collectMenu(account.provider.readMenu());
      const index = indexMenu(menu);
      let number = 0;
      await fc.assert(
        fc.asyncProperty(orderFrom(menu), async (document) => {
          number += 1;
          const now = Date.now();
          const order = saleOrder(document, {
            reference: `P-${number}`,
            firstAttemptAt: now,
            receivedAt: now,
          });
          const sale = await account.provider.createSale(order, index);
          expect(sale.total).toBe(document.total);
          expect(account.sandbox.receipts().at(-1)?.line_items).toHaveLength(document.lines.length);
        }),
        { seed: 3, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 },
      );
      expect(account.log.lines.join()).not.toContain('sale_total_differs');
    }
  });

  it('of whatever the training website sends is taken as it is', async () => {
    const { sandbox, provider, menu } = await openFor();
    const random = seededRandom(42);
    const now = Date.now();
    for (let number = 1; number <= 60; number += 1) {
      const sent = generateOrder(random, TRAINING_MENU, { now, number });
      const parsed = parseOnlineOrder(sent, { currency: 'TTD', tables: TRAINING_TABLES });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const order = saleOrder(parsed.order, { firstAttemptAt: now, receivedAt: now });
      expect(await provider.createSale(order, menu)).toMatchObject({ total: parsed.order.total });
    }
    expect(sandbox.receipts()).toHaveLength(60);
  });

  it('of a dish that was deleted a moment ago is refused by name', async () => {
    const { sandbox, provider, menu, order } = await openFor();
    const [dish] = order.document.lines;
    sandbox.removeItem(dish?.sku ?? '');
    const failure = await failureOf(provider.createSale(order, menu));
    expect(failure).toBeInstanceOf(PosRefused);
    expect(String(failure)).toContain(`“${dish?.name}”`);
    expect(sandbox.receipts()).toHaveLength(0);
  });

  it('of a dish that is sold out goes through', async () => {
    const { sandbox, provider, order, ...account } = await openFor();
    sandbox.setAvailable(order.document.lines[0]?.sku ?? '', false);
    const menu = await readIndex({ ...account, provider });
    expect(await provider.createSale(order, menu)).toMatchObject({ total: order.document.total });
  });
});

describe('when nothing can have been written, the sale is a PosUnreachable', () => {
  it.each<[string, Partial<SandboxSwitches>, string]>([
    ['the till is away', { down: 'refuse' }, 'no_connection'],
    ['the token was deleted', { wrongToken: true }, 'credentials'],
    ['the account is over its limit', { tooManyRequests: 1 }, 'rate_limited'],
  ])('%s', async (_, switches, code) => {
    const account = await openFor();
    await account.provider.check();
    set(account, switches);
    await account.sandbox.settled();
    const failure = await failureOf(account.provider.createSale(account.order, account.menu));
    expect(failure).toBeInstanceOf(PosUnreachable);
    const wait: unknown = code === 'rate_limited' ? expect.any(Number) : null;
    expect(failure).toMatchObject({ trouble: { code }, retryAfterMs: wait });
    expect(account.sandbox.receipts()).toHaveLength(0);
  });

  it('with the wait that the till asks for', async () => {
    const account = await openFor();
    set(account, { tooManyRequests: 1, retryAfterS: 3 });
    const failure = await failureOf(account.provider.createSale(account.order, account.menu));
    expect(failure).toMatchObject({ retryAfterMs: 3_000 });
  });
});

describe('when it may have been written, the sale is a PosOutcomeUnknown, and a search tells', () => {
  it.each<[string, Partial<SandboxSwitches>, number]>([
    ['the connection is cut after the sale', { cutAfterSale: 1 }, 1],
    ['the connection is cut before the sale', { cutBeforeSale: 1 }, 0],
    ['the till fails after the sale', { serverErrorAfter: 1 }, 1],
    ['the till fails before the sale', { serverErrorBefore: 1 }, 0],
    ['the answer makes no sense', { garbleAfterSale: 1 }, 1],
    ['the answer takes too long', { slowMs: 400 }, 1],
    ['every connection is cut', { down: true }, 0],
    ['a gateway answers', { htmlError: true }, 0],
  ])('%s', async (_, switches, sales) => {
    const account = await openFor('W-1', {}, { timeouts: { readMs: 2_000, writeMs: 200, menuMs: 2_000 } });
    const { provider, order, menu, sandbox } = account;
    // The till is known, as in the middle of a service: the failure hits the sale and nothing before it.
    await provider.check();
    set(account, switches);
    expect(await failureOf(provider.createSale(order, menu))).toBeInstanceOf(PosOutcomeUnknown);
    set(account, { down: false, htmlError: false, slowMs: 0 });
    await sandbox.settled();
    const found = await provider.findSale(order);
    expect(sandbox.receipts()).toHaveLength(sales);
    expect(found?.number).toBe(sandbox.receipts()[0]?.receipt_number);
  });

  it.each(['exact', 'prefix', 'ignored'] as const)(
    'among hundreds of others, when the till’s filter is %s',
    { timeout: 20_000 },
    async (orderFilter) => {
      const account = await openFor('W-2');
      const { provider, menu, order, sandbox } = account;
      set(account, { orderFilter });
      const others = Array.from({ length: 300 }, (_, index) => ({ ...order, reference: `W-2${index}` }));
      for (const other of others) await provider.createSale(other, menu);
      expect(await provider.findSale(order)).toBeUndefined();
      set(account, { cutAfterSale: 1 });
      expect(await failureOf(provider.createSale(order, menu))).toBeInstanceOf(PosOutcomeUnknown);
      expect(await provider.findSale(order)).toMatchObject({
        number: sandbox.receipts().at(-1)?.receipt_number,
      });
    },
  );

  it('not before the till’s list shows it', async () => {
    let time = Date.now();
    const account = await openFor('W-1', { clock: () => time });
    set(account, { cutAfterSale: 1, listLagMs: 10_000 });
    await failureOf(account.provider.createSale(account.order, account.menu));
    expect(await account.provider.findSale(account.order)).toBeUndefined();
    time += 11_000;
    expect(await account.provider.findSale(account.order)).toBeDefined();
  });

  it('however far our clock is off, and however short the till’s memory', async () => {
    const theirs = Date.now();
    for (const off of [-400, -2, 2, 400].map((days) => days * 86_400_000)) {
      const account = await openFor('W-1', { clock: () => theirs }, { now: () => theirs + off });
      set(account, { cutAfterSale: 1, historyLimit: 31 });
      const order = { ...account.order, firstAttemptAt: theirs + off, receivedAt: theirs + off };
      await failureOf(account.provider.createSale(order, account.menu));
      expect(await account.provider.findSale(order)).toMatchObject({ total: order.document.total });
    }
  });
});

describe('a search that fails', () => {
  it.each<[string, Partial<SandboxSwitches>]>([
    ['with a fault', { serverErrorReads: 1 }],
    ['with a cut connection', { down: true }],
    ['with a page of HTML', { htmlError: true }],
    ['over the limit', { tooManyRequests: 1 }],
    ['for an answer that does not come', { slowMs: 5_000 }],
  ])('%s never says that there is no sale', async (_, switches) => {
    const account = await openFor('W-1', {}, { timeouts: { readMs: 200 } });
    set(account, switches);
    expect(await failureOf(account.provider.findSale(account.order))).toBeInstanceOf(PosUnreachable);
  });
});

describe('several orders at once', () => {
  it('are as many sales, each its own', async () => {
    const { provider, menu, order, sandbox } = await openFor();
    const references = Array.from({ length: 20 }, (_, index) => `C-${index}`);
    const sales = await Promise.all(
      references.map((reference) => provider.createSale({ ...order, reference }, menu)),
    );
    expect(new Set(sales.map(({ number }) => number)).size).toBe(20);
    expect(new Set(sandbox.receipts().map((receipt) => receipt.order))).toEqual(new Set(references));
    expect(sandbox.requests().filter(({ path }) => path === '/merchant/').length).toBeLessThanOrEqual(1);
  });
});

it('the token is in no error and no log line, whatever goes wrong', async () => {
  const faults: Partial<SandboxSwitches>[] = [
    { wrongToken: true },
    { cutAfterSale: 1 },
    { serverErrorAfter: 1 },
    { htmlError: true },
    { down: true },
    { down: 'refuse' },
    { slowMs: 500 },
  ];
  for (const switches of faults) {
    const account = await openFor('W-1', {}, { timeouts: { readMs: 200, writeMs: 200 } });
    set(account, switches);
    await account.sandbox.settled();
    const { provider, order, menu, sandbox, log } = account;
    const failures = [
      await failureOf(provider.createSale(order, menu)),
      await provider.findSale(order).catch((error: unknown) => error),
      await collectMenu(provider.readMenu()).catch((error: unknown) => error),
    ];
    const told = [
      inspect(failures, { depth: 20, showHidden: true }),
      JSON.stringify(failures),
      JSON.stringify(await provider.check()),
      ...log.lines,
    ].join('\n');
    expect(told).not.toContain(sandbox.token);
    expect(log.lines.length).toBeGreaterThan(0);
  }
});

it('the check says that the training till is in order, and what it is called', async () => {
  const { provider } = await openAccount();
  expect(await provider.check()).toMatchObject({
    status: 'ok',
    account: 'Training Sushi',
    store: 'Ariapita',
  });
});
