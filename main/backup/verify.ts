import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type OpenedBackup, readBackup } from './archive-reader';
import type { Manifest } from './manifest';
import { BackupFailed } from './trouble';

/** Whether a journal opens with this key and SQLite finds nothing wrong in it. */
export type VerifyJournal = (path: string, key: string) => Promise<boolean>;

/** The account in the keychain of a location's journal key. */
export function journalKeyAccount(location: string): string {
  return `TILLSIDE_JOURNAL_KEY_${location}`;
}

/** The journal of an opened backup, tried with the key that lies beside it. A backup without a journal passes. */
export async function checkJournal(
  { manifest, files, secrets }: OpenedBackup,
  verifyJournal: VerifyJournal,
): Promise<void> {
  const journal = files.get('journal.db');
  if (journal === undefined) return;
  const key = secrets[journalKeyAccount(manifest.location)];
  if (key === undefined || !(await verifyJournal(journal, key))) throw new BackupFailed('damaged');
}

/**
 * Opens a backup that was just written, as a restore would, and compares it with what was meant to be in it.
 * @throws {BackupFailed}
 */
export async function verifyBackup(options: {
  readonly file: string;
  readonly written: Manifest;
  readonly identity: string;
  /** Private; the backup is unpacked there. */
  readonly folder: string;
  readonly verifyJournal: VerifyJournal;
}): Promise<void> {
  const into = join(options.folder, 'verify');
  await mkdir(into, { mode: 0o700 });
  const read = await readBackup({
    file: options.file,
    key: { kind: 'identity', identity: options.identity },
    into,
  });
  if (!read.ok) throw new BackupFailed(read.trouble.kind, read.trouble.cause);
  if (JSON.stringify(read.backup.manifest) !== JSON.stringify(options.written)) {
    throw new BackupFailed('damaged');
  }
  await checkJournal(read.backup, options.verifyJournal);
}
