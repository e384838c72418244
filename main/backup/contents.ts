import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupEntry } from './archive';
import { type FileName, SECRETS, type Secrets } from './manifest';

/** Where the app keeps what is backed up. */
export interface BackupSources {
  /** Writes a consistent copy of the open journal over the empty file `to`; the copy has the journal's own key. */
  readonly copyJournal: (to: string) => Promise<void>;
  /** Small files that are read as they are; one that is not there is left out. */
  readonly files: Partial<Readonly<Record<Exclude<FileName, 'journal.db'>, string>>>;
}

/**
 * Collects what goes into a backup. The journal is copied into `folder`; all else stays in memory.
 * @param secrets for the daily backup the journal's key only.
 * @throws what reading and copying throws.
 */
export async function gatherContents(
  { copyJournal, files }: BackupSources,
  secrets: Secrets,
  folder: string,
): Promise<readonly BackupEntry[]> {
  const journal = join(folder, 'journal-copy.db');
  // Made empty first: SQLite would make it readable for others.
  await (await open(journal, 'wx', 0o600)).close();
  await copyJournal(journal);
  return [{ name: SECRETS, secrets }, { name: 'journal.db', path: journal }, ...(await gatherFiles(files))];
}

/** The small files alone, in memory. @throws what reading throws. */
export async function gatherFiles(files: BackupSources['files']): Promise<readonly BackupEntry[]> {
  const entries: BackupEntry[] = [];
  for (const name of Object.keys(files) as (keyof typeof files)[]) {
    const path = files[name];
    if (path !== undefined && (await exists(path))) entries.push({ name, bytes: await readFile(path) });
  }
  return entries;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Lends a folder that only this user can read and that is gone afterwards, with what an interrupted run left in it.
 * @param parent a folder of this purpose alone, beside the app's data; one run at a time.
 */
export async function withWorkFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  try {
    return await work(await mkdtemp(join(parent, 'run-')));
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
