import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';

/**
 * Commits rows one by one to a new database with the journal's settings, and nothing around it.
 * @param folder on the disk that the journal is on.
 * @returns commits a second.
 */
export function bareCommits(folder: string, rows: readonly string[]): number {
  const path = join(folder, `${randomBytes(8).toString('hex')}.db`);
  const options = { encryptionKey: randomBytes(32).toString('hex'), encryptionCipher: 'aes256cbc' };
  const db = new Libsql(path, options as Libsql.Options);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec('CREATE TABLE orders (seq INTEGER PRIMARY KEY, document TEXT NOT NULL)');
    const insert = db.prepare('INSERT INTO orders (document) VALUES (?)');
    const began = performance.now();
    for (const row of rows) insert.run(row);
    return rows.length / ((performance.now() - began) / 1000);
  } finally {
    db.close();
  }
}
