import { onTestFinished } from 'vitest';
import type { Till } from '../../main/core/location';
import type { Log } from '../../main/core/log';
import { indexMenu, type Menu, type MenuIndex } from '../../main/core/menu';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import type { PosProvider } from '../../main/pos/provider';
import { type Sandbox, startSandbox } from '../../main/training/sandbox';
import { tillAt } from './loyverse/fixtures';

/** A log that nobody reads. */
export const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {}, milestone() {} };

export interface TestTill {
  readonly till: Till;
  readonly sandbox: Sandbox;
  readonly provider: PosProvider;
  readonly menu: () => MenuIndex;
}

/** A till of our own over real HTTP, with the connector that talks to it and the menu that it has. */
export async function openTill(key = 'loyverse', writeMs = 2_000): Promise<TestTill> {
  const sandbox = await startSandbox({ seed: 1 });
  onTestFinished(() => sandbox.close());
  const till = tillAt(sandbox.url, { key, storeId: sandbox.storeId });
  const provider = createLoyverseProvider({
    till,
    location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
    secret: async () => sandbox.token,
    log: SILENT,
    now: Date.now,
    timeouts: { readMs: 2_000, writeMs },
  });
  const index = indexMenu(await readMenu(provider));
  return { till, sandbox, provider, menu: () => index };
}

async function readMenu(provider: PosProvider): Promise<Menu> {
  const menu = { items: [], modifiers: [], taxes: [] } as { -readonly [K in keyof Menu]: Menu[K] };
  for await (const change of provider.readMenu()) {
    if (change.kind === 'items') menu.items = [...menu.items, ...change.items];
    if (change.kind === 'modifiers') menu.modifiers = change.modifiers;
    if (change.kind === 'taxes') menu.taxes = change.taxes;
  }
  return menu;
}
