import { existsSync, renameSync, rmSync } from 'node:fs';
import Libsql from 'libsql';
import { JournalUnavailable } from '../intake';
import { carryOver } from './carry-over';
import { forgetDamage, noteDamage, notedDamage } from './damage-mark';
import { MIGRATIONS } from './migrations';
import { CHECK_DUE, CHECKED_AT, CorruptJournal, checkForStart } from './start-check';

export type Database = Libsql.Database;

/**
 * How the file was found. `set_aside`: it could not be read, or not all of it, and was moved, whole, to `path`; `carried`
 * orders of it came along.
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

const OPENING_MS = 2_000;

/** What must be true after opening, read back: libraries and builds change the defaults. */
const PRAGMAS = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, secure_delete: 1 } as const;

/** A damaged journal cannot be moved aside while this process lasts: the system says that somebody has it open. */
export class JournalStuck extends Error {
  override readonly name = 'JournalStuck';
}

/**
 * Opens the journal, encrypted, with every commit synced to the platter.
 * A file that cannot be read is moved aside (never deleted) and a new one begun, with what can be read of the last days.
 * @param now names the moved file.
 * @throws {JournalTooNew}, {JournalStuck}, and {JournalUnavailable} when the disk does not allow it.
 */
export function openDatabase(path: string, key: string, now: number): OpenDatabase {
  // Before anything opens it: some systems move no file that is open.
  if (notedDamage(path) !== undefined) return openAnew(path, key, now);
  const existed = existsSync(path);
  try {
    const db = openChecked(path, key, now);
    const clean = existed && readMeta(db, 'clean') === '1';
    begin(db, existed, clean, now);
    return { db, opening: { kind: existed ? (clean ? 'clean' : 'recovered') : 'new' } };
  } catch (error) {
    if (!existed || !isUnreadable(error)) throw asUnavailable(error);
    noteDamage(path);
    return openAnew(path, key, now);
  }
}

function begin(db: Database, existed: boolean, clean: boolean, now: number): void {
  writeMeta(db, 'clean', '0');
  // After an unclean end the newest commits may be gone with the disk's last words: whoever sends a sale asks first.
  if (!clean) writeMeta(db, 'created_at', String(now));
  if (!existed) writeMeta(db, CHECKED_AT, String(now));
  else if (!clean) writeMeta(db, CHECK_DUE, '1');
  // Into the file itself: a log that is lost as a whole must not take the mark with it.
  db.pragma('wal_checkpoint(PASSIVE)');
}

/** A damaged file is moved aside, and a new one takes from it what can be read. A start that died in the midst of it is ended. */
function openAnew(path: string, key: string, now: number): OpenDatabase {
  const aside = setAside(path, now);
  try {
    const db = openChecked(path, key, now);
    const carried = carryFrom(aside, key, db, now);
    begin(db, false, false, now);
    forgetDamage(path);
    return { db, opening: { kind: 'set_aside', path: aside, carried } };
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** A tidy end: the next start trusts the file. One that is damaged takes no more words, and is closed as it is. */
export function closeDatabase(db: Database): void {
  try {
    writeMeta(db, 'clean', '1');
    // libsql's close lets go of the file only when its statements are collected, so SQLite's own last checkpoint may not run.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  } finally {
    db.close();
  }
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
    // An app that has just ended may be letting go of the file still.
    db.pragma(`busy_timeout = ${OPENING_MS}`);
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
    if (readMeta(db, 'clean') === '0') checkForStart(db, now);
    // From here on nobody else writes, and no order waits for whoever does.
    db.pragma('busy_timeout = 0');
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

/** @returns how many orders came along; none of a file that is no journal, or has another key */
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

/** @returns where it is now. @throws {JournalStuck} */
function setAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const aside = notedDamage(path) || `${path}.unreadable-${stamp}`;
  try {
    noteDamage(path, aside);
    const isMoved = existsSync(aside);
    for (const suffix of ['-wal', '-shm', '']) {
      // What was begun in its place holds nothing that anybody was promised.
      if (isMoved) rmSync(path + suffix, { force: true });
      else if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
  } catch (error) {
    throw new JournalStuck('The damaged journal cannot be moved aside.', { cause: error });
  }
  return aside;
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
