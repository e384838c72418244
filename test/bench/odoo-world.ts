import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ms } from '../../main/core/order';
import { MenuStore } from '../../main/menu/menu-store';
import { MenuSync } from '../../main/menu/menu-sync';
import { createOdooProvider } from '../../main/pos/odoo/provider';
import type { PosProvider } from '../../main/pos/provider';
import { tillAt } from '../support/loyverse/fixtures';
import { recordingLog } from '../support/recording-log';
import type { OdooProcess, OdooProcessOptions } from './odoo-process';
import type { Result } from './result';

const TIMEZONE = 'America/Port_of_Spain';
const REQUEST_SENT = 'http.client.request.start';

export type OdooVersion = OdooProcessOptions['version'];

/** @param runs how many pairs; `undefined` for each figure's own number */
export type OdooFigures = (version: OdooVersion, runs: number | undefined) => Promise<readonly Result[]>;

/** A connector that knows nothing yet. */
export function connectorTo(odoo: OdooProcess, now: () => Ms = Date.now): PosProvider {
  const { url, database, companyId, partnerId, registerId, userId, key } = odoo;
  const storeId = String(registerId);
  return createOdooProvider({
    till: {
      ...tillAt(url, { storeId }),
      key: 'odoo',
      provider: 'odoo',
      odoo: {
        database,
        companyId: String(companyId),
        partnerId: String(partnerId),
        posConfigId: storeId,
        userId: String(userId),
        paymentMethod: null,
        openRegister: false,
        useTables: false,
      },
    },
    location: { id: 'ARIAPITA', currency: 'USD', timezone: TIMEZONE },
    secret: async () => key,
    log: recordingLog(),
    now,
  });
}

/** A menu as the app keeps it, in a folder that is gone afterwards. */
export async function withOdooMenu<T>(
  odoo: OdooProcess,
  work: (sync: MenuSync, store: MenuStore) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-odoo-menu-'));
  const log = recordingLog();
  const store = new MenuStore({ folder, log });
  const provider = connectorTo(odoo);
  const sync = new MenuSync({ provider, store, log, now: Date.now, timezone: TIMEZONE, source: odoo.url });
  try {
    return await work(sync, store);
  } finally {
    // Waits for the file.
    await sync.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many requests leave this process meanwhile. */
export async function countRequests(work: () => Promise<unknown>): Promise<number> {
  let sent = 0;
  const count = (): void => {
    sent += 1;
  };
  subscribe(REQUEST_SENT, count);
  try {
    await work();
  } finally {
    unsubscribe(REQUEST_SENT, count);
  }
  return sent;
}
