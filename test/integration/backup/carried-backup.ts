import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RestoreOptions } from '../../../main/backup/restore';
import { createMemoryVault } from '../../../main/credentials/vault';
import { isJournalWhole } from '../../../main/orders/journal/journal-copy';
import { tempFolder } from '../../support/temp-folder';
import { backedUpRestaurant, order } from './restaurant';

export const NOW = Date.UTC(2026, 10, 23, 4, 19);

/** A backup of a restaurant with 25 orders, on its way to another computer. */
export async function carried() {
  const restaurant = await backedUpRestaurant();
  for (let id = 0; id < 25; id += 1) await restaurant.journal.take(order(id));
  await restaurant.daily.runNow();
  const file = join(restaurant.folder, restaurant.daily.state.lastFile ?? '');
  const vault = createMemoryVault();
  const elsewhere = tempFolder();
  const options: RestoreOptions = {
    file,
    // As it is typed from paper.
    key: { kind: 'identity', identity: restaurant.recovery.identity },
    into: join(elsewhere, 'production'),
    environment: 'production',
    secrets: vault,
    verifyJournal: isJournalWhole,
    now: NOW,
  };
  return { ...restaurant, file, vault, elsewhere, options };
}

/** What is in a folder, with the content of each file. */
export function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

export async function secret(vault: RestoreOptions['secrets'], account: string): Promise<string> {
  const answer = await vault.read(account);
  return answer.status === 'present' ? answer.value : answer.status;
}
