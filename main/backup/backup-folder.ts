import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupsIn, backupTime, expired, type KnownBackup, type Owner } from './backup-name';
import { UNFINISHED } from './new-file';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The newest of this owner's backups, by its name: times of files do not survive being copied. */
export async function newestBackup(owner: Owner, folder: string): Promise<KnownBackup | undefined> {
  return backupsIn(owner, await readdir(folder))[0];
}

/** Deletes this owner's old backups but `keep`, and what a run that was cut off left. Never any other file. */
export async function tidyFolder(owner: Owner, folder: string, keep: string, now: number): Promise<void> {
  const names = await readdir(folder);
  for (const name of expired(backupsIn(owner, names), keep, now)) await rm(join(folder, name));
  for (const name of names.filter((name) => isUnfinished(owner, name))) {
    const path = join(folder, name);
    // A younger one may be another computer's that is at work on the same network drive.
    if (now - (await stat(path)).mtimeMs > DAY_MS) await rm(path);
  }
}

function isUnfinished(owner: Owner, name: string): boolean {
  return name.endsWith(UNFINISHED) && backupTime(owner, name.slice(0, -UNFINISHED.length)) !== undefined;
}
