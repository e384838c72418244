import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MenuStore } from '../../main/menu/menu-store';
import { MenuSync } from '../../main/menu/menu-sync';
import { BudgetSeats } from '../../main/pos/loyverse/budget-seats';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import { tillAt } from '../support/loyverse/fixtures';
import { recordingLog } from '../support/recording-log';
import type { SandboxProcess } from './sandbox-process';

const PLACE = { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' };

/** A sandbox's menu as the app reads it at a start, in a folder that is gone afterwards. */
export async function withMenuSync<T>(
  sandbox: SandboxProcess,
  work: (sync: MenuSync, store: MenuStore) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-menu-'));
  const log = recordingLog();
  const provider = createLoyverseProvider({
    till: tillAt(sandbox.url, { storeId: sandbox.storeId }),
    location: PLACE,
    secret: async () => sandbox.token,
    log,
    now: Date.now,
    // A whole one for each read: what an earlier run used up shall not make this one wait.
    budget: new BudgetSeats().seat(sandbox.url, sandbox.storeId),
  });
  const store = new MenuStore({ folder, log });
  const { timezone } = PLACE;
  const sync = new MenuSync({ provider, store, log, now: Date.now, timezone, source: sandbox.url });
  try {
    return await work(sync, store);
  } finally {
    // Waits for the file.
    await sync.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rejects when not all of it came. */
export async function readMenu(sync: MenuSync, items: number): Promise<void> {
  const state = await sync.syncNow();
  if (state.items !== items) throw new Error(`${state.items} items were read: ${state.trouble?.words}`);
}
