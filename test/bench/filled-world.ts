import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createVault } from '../../main/credentials/vault';
import type { AppWorld } from '../support/app-world';
import { runApp } from '../support/electron-app';
import { type Filling, fillJournal } from '../support/filled-journal';

export type JournalFile = Pick<Filling, 'path' | 'key' | 'location'>;

/** Puts a full journal where the world's app looks for it, and its key into the keychain, for as long as `work` takes. */
export async function withJournal<T>(
  { dataDir, locationId: location }: AppWorld,
  filling: Omit<Filling, keyof JournalFile>,
  work: (journal: JournalFile) => Promise<T>,
): Promise<T> {
  const folder = join(dataDir, 'development', location);
  const journal = { path: join(folder, 'journal.db'), key: randomBytes(32).toString('hex'), location };
  const vault = createVault('development');
  const account = `TILLSIDE_JOURNAL_KEY_${location}`;
  const { status } = await vault.write(account, journal.key);
  if (status !== 'written') throw new Error(`The keychain is ${status}.`);
  try {
    mkdirSync(folder, { recursive: true });
    fillJournal({ ...journal, ...filling });
    return await work(journal);
  } finally {
    await vault.delete(account);
  }
}

/** From the start of the process to a board that can be used, in milliseconds; its end is a tidy one. */
export async function startOfApp({ env }: AppWorld): Promise<number> {
  const began = performance.now();
  const app = runApp(env);
  try {
    await app.log.waitFor('board_ready');
    return performance.now() - began;
  } finally {
    await app.stop();
  }
}

/** The same after `kill -9`. */
export async function startAfterKill(world: AppWorld): Promise<number> {
  const app = runApp(world.env);
  await app.log.waitFor('board_ready');
  await app.kill();
  return startOfApp(world);
}
