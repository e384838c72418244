import Libsql from 'libsql';
import { CIPHER, isUnreadable } from './database';

/**
 * Writes a consistent copy of a journal that may be open and written to, with the same key. Orders that arrive
 * meanwhile are taken as ever; those that are committed before the first byte is read are in it.
 * @param to not there, or empty.
 */
export async function copyJournal(path: string, key: string, to: string): Promise<void> {
  const db = open(path, key);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

/** Whether a journal opens with this key and SQLite finds nothing wrong in it. */
export async function isJournalWhole(path: string, key: string): Promise<boolean> {
  let db: Libsql.Database | undefined;
  try {
    db = open(path, key);
    const [row] = db.pragma('integrity_check') as { integrity_check: string }[];
    return row?.integrity_check === 'ok';
  } catch (error) {
    if (isUnreadable(error)) return false;
    throw error;
  } finally {
    db?.close();
  }
}

function open(path: string, key: string): Libsql.Database {
  return new Libsql(path, { encryptionKey: key, encryptionCipher: CIPHER } as Libsql.Options);
}
