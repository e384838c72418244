import { existsSync, renameSync } from 'node:fs';
import Libsql from 'libsql';
import { JournalUnavailable } from '../intake';
import { carryOver } from './carry-over';
import { MIGRATIONS } from './migrations';
import { CHECK_DUE, CHECKED_AT, CorruptJournal, checkForStart, DAMAGED } from './start-check';

export type Database = Libsql.Database;

/**
 * How the file was found. `set_aside`: it could not be read and was moved, whole, to `path`; `carried` orders of it came
 * along, which happens only where the damage was found earlier, and beside the board.
 */
export type Opening =
  | { readonly kind: 'new' }
  | { readonly kind: 'clean' }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'set_aside'; readonly path: string; readonly carried: number };

export interface OpenDatabase {
  readonly db: Database;
  readonly opening: Opening;
}

/** The journal was written by a newer Tillside: it is left as it is. */
export class JournalTooNew extends Error {
  override readonly name = 'JournalTooNew';
}

export const CIPHER = 'aes256cbc';

/** What must be true after opening, read back: libraries and builds change the defaults. */
const PRAGMAS = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, secure_delete: 1 } as const;

/**
 * Opens the journal, encrypted, with every commit synced to the platter.
 * A file that cannot be read is moved aside (never deleted) and a new one begun.
 * @param now names the moved file.
 * @throws {JournalTooNew} and {JournalUnavailable} when the disk does not allow it.
 */
export function openDatabase(path: string, key: string, now: number): OpenDatabase {
  const existed = existsSync(path);
  try {
    const db = openChecked(path, key, now);
    const clean = existed && readMeta(db, 'clean') === '1';
    writeMeta(db, 'clean', '0');
    // After an unclean end the newest commits may be gone with the disk's last words: whoever sends a sale asks first.
    if (!clean) writeMeta(db, 'created_at', String(now));
    if (!existed) writeMeta(db, CHECKED_AT, String(now));
    else if (!clean) writeMeta(db, CHECK_DUE, '1');
    // Into the file itself: a log that is lost as a whole must not take the mark with it.
    db.pragma('wal_checkpoint(PASSIVE)');
    return { db, opening: { kind: existed ? (clean ? 'clean' : 'recovered') : 'new' } };
  } catch (error) {
    if (existed && isUnreadable(error)) {
      const aside = setAside(path, now);
      const { db } = openDatabase(path, key, now);
      const carried = error instanceof KnownDamage ? carryFrom(aside, key, db, now) : 0;
      return { db, opening: { kind: 'set_aside', path: aside, carried } };
    }
    throw asUnavailable(error);
  }
}

/** A tidy end: the next start trusts the file. */
export function closeDatabase(db: Database): void {
  writeMeta(db, 'clean', '1');
  // libsql's close lets go of the file only when its statements are collected, so SQLite's own last checkpoint may not run.
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** One transaction that takes the write lock first, so that what it reads cannot change under it. */
export function transact<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite rolls back by itself on some failures (a full disk); a second ROLLBACK would hide the first error.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

export function readMeta(db: Database, name: string): string | undefined {
  const [row] = db.prepare('SELECT value FROM meta WHERE name = ?').all(name) as { value: string }[];
  return row?.value;
}

export function writeMeta(db: Database, name: string, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    name,
    value,
  );
}

/** Turns "the disk does not let us write" into the one error that senders understand; passes others on. */
export function asUnavailable(error: unknown): unknown {
  const code = sqliteCode(error);
  const blocked = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED)/.test(code);
  return blocked ? new JournalUnavailable(`The journal cannot write (${code}).`, { cause: error }) : error;
}

function openChecked(path: string, key: string, now: number): Database {
  const db = connect(path, key);
  try {
    // Before the first page is written, or it has no effect: an older journal keeps its free pages and fills them again.
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // What is deleted is overwritten: a forgotten customer must not linger in a page that nobody uses.
    db.pragma('secure_delete = ON');
    for (const [name, wanted] of Object.entries(PRAGMAS)) {
      const found = pragmaValue(db, name);
      if (found !== wanted) throw new Error(`The journal's ${name} is ${String(found)}, not ${wanted}.`);
    }
    migrate(db);
    if (readMeta(db, DAMAGED) === '1') throw new KnownDamage('Found while it was in use.');
    if (readMeta(db, 'clean') === '0') checkForStart(db, now);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function pragmaValue(db: Database, name: string): unknown {
  const [row] = db.pragma(name) as Record<string, unknown>[];
  return row?.[name];
}

function migrate(db: Database): void {
  const version = Number(pragmaValue(db, 'user_version'));
  if (version > MIGRATIONS.length) {
    throw new JournalTooNew(`The journal has version ${version}; this app knows ${MIGRATIONS.length}.`);
  }
  for (const [index, sql] of [...MIGRATIONS.entries()].slice(version)) {
    transact(db, () => {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/** The board of this file can be trusted, the rest of it cannot. */
class KnownDamage extends CorruptJournal {}

/** A damaged file whose board was in use until now. @returns how many orders came along */
function carryFrom(aside: string, key: string, db: Database, now: number): number {
  const damaged = connect(aside, key);
  try {
    return transact(db, () => carryOver(damaged, db, now));
  } finally {
    damaged.close();
  }
}

function connect(path: string, key: string): Database {
  return new Libsql(path, { encryptionKey: key, encryptionCipher: CIPHER } as Libsql.Options);
}

export function isUnreadable(error: unknown): boolean {
  return error instanceof CorruptJournal || /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
}

function setAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const aside = `${path}.unreadable-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
