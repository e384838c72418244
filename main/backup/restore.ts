import { existsSync } from 'node:fs';
import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Key } from './age-stream';
import { type OpenedBackup, readBackup } from './archive-reader';
import type { Manifest } from './manifest';
import { syncFolder } from './new-file';
import { replaceSecrets, type SecretStore } from './restore-secrets';
import { discardStaging, stagingFolder, swapIn } from './restore-swap';
import { type BackupTrouble, troubleOf } from './trouble';
import { checkJournal, journalKeyAccount, type VerifyJournal } from './verify';

export interface RestoreOptions {
  readonly file: string;
  readonly key: Key;
  /** This environment's data folder. Nothing in it may be open. It need not exist. */
  readonly into: string;
  /** A backup of another environment is refused: what it holds has no place here. */
  readonly environment: string;
  readonly secrets: SecretStore;
  readonly verifyJournal: VerifyJournal;
  /** Milliseconds since 1970; names the folder in which the old data is kept. */
  readonly now: number;
}

export type RestoreTrouble =
  | BackupTrouble
  | { readonly kind: 'other_environment' | 'keychain'; readonly words: string };

export type Restored =
  | {
      readonly ok: true;
      readonly manifest: Manifest;
      /** Where the data is now that was there before; `null` when there was none. */
      readonly keptAside: string | null;
    }
  | { readonly ok: false; readonly trouble: RestoreTrouble };

/**
 * Brings a backup back, on this computer or another. All of it is read and verified before anything is changed; the
 * old data folder is kept aside, never deleted. After a failure everything is as it was. To do it again does no harm.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { into } = options;
  try {
    const restored = await restoreStaged(options, await stagingFolder(into));
    if (!restored.ok) await discardStaging(into);
    return restored;
  } catch (error) {
    // The first failure is the one to tell; on the same disk this one may fail, too, and the next restore repeats it.
    await discardStaging(into).catch(() => undefined);
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    return { ok: false, trouble };
  }
}

async function restoreStaged(options: RestoreOptions, staging: string): Promise<Restored> {
  const { file, key, into, environment, now, verifyJournal } = options;
  const read = await readBackup({ file, key, into: staging });
  if (!read.ok) return read;
  const { manifest, secrets } = read.backup;
  if (manifest.environment !== environment) return otherEnvironment(manifest.environment, environment);
  await checkJournal(read.backup, verifyJournal);
  await arrange(read.backup, staging, into);
  const journalKey = journalKeyAccount(manifest.location);
  const replaced = await replaceSecrets(options.secrets, secrets, {
    account: journalKey,
    // The journal that stays needs the key that it was written with.
    untouched: !read.backup.files.has('journal.db'),
  });
  if (!replaced.ok) return { ok: false, trouble: { kind: 'keychain', words: replaced.words } };
  try {
    return { ok: true, manifest, keptAside: await swapIn(into, now) };
  } catch (error) {
    await replaced.undo();
    throw error;
  }
}

/**
 * A location's journal lies in the location's folder, all else in the data folder itself. A backup without a journal
 * (an export) leaves the location its own: orders must not go from the board because settings were restored.
 */
async function arrange({ manifest, files }: OpenedBackup, staging: string, into: string): Promise<void> {
  const journal = files.get('journal.db');
  const folder = join(staging, manifest.location);
  const present = join(into, manifest.location);
  if (journal === undefined) {
    if (existsSync(present)) await cp(present, folder, { recursive: true, preserveTimestamps: true });
  } else {
    await mkdir(folder, { mode: 0o700 });
    await rename(journal, join(folder, 'journal.db'));
    await syncFolder(folder);
  }
  await syncFolder(staging);
}

function otherEnvironment(theirs: string, ours: string): Restored {
  const words =
    `This backup was made by a Tillside for ${theirs}; this one is for ${ours}. ` +
    'Choose another file, or install the other Tillside.';
  return { ok: false, trouble: { kind: 'other_environment', words } };
}
