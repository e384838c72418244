import { describe, expect, it, onTestFinished } from 'vitest';
import { MenuStore } from '../../../main/menu/menu-store';
import { MenuSync } from '../../../main/menu/menu-sync';
import { BudgetSeats } from '../../../main/pos/loyverse/budget-seats';
import type { SandboxOptions } from '../../../main/training/sandbox';
import { memoryLog } from '../../support/loyverse/fixtures';
import { openAccount } from '../../support/loyverse/sandbox-account';
import { tempFolder } from '../../support/temp-folder';

const ZONE = 'America/Port_of_Spain';

/** A sandbox whose clock a test moves on, and a sync that reads it in full once and then by its changes. */
async function openSynced(options: SandboxOptions = {}) {
  const clock = { now: Date.parse('2026-11-22T12:00:00-04:00') };
  const now = () => clock.now;
  const account = await openAccount(
    { ...options, clock: now },
    { now, budget: new BudgetSeats().seat('', '') },
  );
  const store = new MenuStore({ folder: tempFolder(), log: memoryLog() });
  const sync = new MenuSync({
    provider: account.provider,
    store,
    log: account.log,
    now,
    timezone: ZONE,
    source: account.sandbox.url,
    intervalMs: 5,
    retryMs: 5,
  });
  onTestFinished(() => sync.stop());
  const items = () => store.current('loyverse')?.index.menu.items ?? [];
  const variant = (sku: string) =>
    store.current('loyverse')?.index.variant({ variant_id: null, sku })?.variant;
  return { ...account, clock, sync, store, items, variant };
}

describe('the menu of a whole account', () => {
  it('is read over many pages, within the budget of one window', { timeout: 20_000 }, async () => {
    const { sync, items, sandbox } = await openSynced({ items: 5_000 });
    expect(await sync.syncNow()).toMatchObject({ items: 5_000, trouble: null });
    expect(new Set(items().map(({ id }) => id)).size).toBe(5_000);
    expect(sandbox.requests().filter(({ path }) => path === '/items')).toHaveLength(20);
    expect(sandbox.requests().length).toBeLessThan(60);
  });

  it('has prices, categories and modifiers that orders can be mapped with', async () => {
    const { sync, items, store } = await openSynced();
    await sync.syncNow();
    expect(items().length).toBeGreaterThanOrEqual(60);
    expect(items().filter(({ category }) => category === '')).toEqual([]);
    const menu = store.current('loyverse')?.index.menu;
    const known = new Set(menu?.modifiers.map(({ id }) => id));
    expect(menu?.modifiers.length).toBeGreaterThan(0);
    expect(
      items()
        .flatMap(({ modifierIds }) => modifierIds)
        .filter((id) => !known.has(id)),
    ).toEqual([]);
    expect(menu?.taxes).toMatchObject([{ name: 'VAT', kind: 'included', rate: 12.5 }]);
  });
});

describe('a change at the till', () => {
  it('arrives with the next read, which asks for changes only', async () => {
    const { sync, sandbox, items, variant, clock } = await openSynced();
    sync.start();
    await expect.poll(() => items().length).toBeGreaterThan(0);
    const before = items().length;
    const [dear, gone, soldOut] = items().map(({ variants }) => variants[0]?.sku ?? '');
    clock.now += 600_000;
    sandbox.setPrice(dear ?? '', 12_345);
    sandbox.setAvailable(soldOut ?? '', false);
    sandbox.removeItem(gone ?? '');
    sandbox.addItem({ name: 'Catch of the day', variants: [{ sku: 'CATCH', price: 9_900 }] });
    await expect.poll(() => variant('CATCH')?.price).toBe(9_900);
    expect(variant(dear ?? '')?.price).toBe(12_345);
    expect(variant(soldOut ?? '')?.available).toBe(false);
    expect(variant(gone ?? '')).toBeUndefined();
    expect(items()).toHaveLength(before);
    const reads = sandbox.requests().filter(({ path }) => path === '/items');
    expect(reads.filter(({ query }) => !query.includes('updated_at_min'))).toHaveLength(1);
  });
});

describe('a till that goes away', () => {
  it('leaves the menu as it was, says why, and is read again when it is back', async () => {
    const { sync, sandbox, items, store } = await openSynced({ items: 600 });
    await sync.syncNow();
    const before = store.current('loyverse');
    sandbox.switches.serverErrorReads = 1;
    expect(await sync.syncNow()).toMatchObject({ items: 600, trouble: { code: 'server' } });
    sandbox.switches.down = 'refuse';
    await sandbox.settled();
    expect(await sync.syncNow()).toMatchObject({ items: 600, trouble: { code: 'no_connection' } });
    expect(store.current('loyverse')).toBe(before);
    sandbox.switches.down = false;
    await sandbox.settled();
    expect(await sync.syncNow()).toMatchObject({ items: 600, trouble: null });
    expect(items()).toHaveLength(600);
  });
});
