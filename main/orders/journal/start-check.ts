import type Libsql from 'libsql';
import type { Ms } from '../../core/order';

/** Under this name it stands in the journal that its whole file is to be read once the board is there. */
export const CHECK_DUE = 'check_due';
/** When the whole file was last found to be sound, in milliseconds since 1970. */
export const CHECKED_AT = 'checked_at';

/** What a day's figures and its reconciliation read, with a night to spare. */
const RECENT_MS: Ms = 2 * 86_400_000;
const NEWEST = 100;

/** The file cannot be trusted. */
export class CorruptJournal extends Error {
  override readonly name = 'CorruptJournal';
}

/**
 * After an unclean end: reads what the board and the next commit stand on, whatever the age of the journal. What SQLite
 * cannot follow it throws itself. The rest of the file is read when the board is there (`whole-check.ts`).
 * @throws {CorruptJournal}
 */
export function checkForStart(db: Libsql.Database, now: Ms): void {
  for (const table of ['meta', 'cursors']) {
    const [row] = db.pragma(`quick_check('${table}')`) as { quick_check: string }[];
    if (row?.quick_check !== 'ok') throw new CorruptJournal(`${table}: ${row?.quick_check.slice(0, 200)}`);
  }
  const newest = `(SELECT * FROM events ORDER BY seq DESC LIMIT ${NEWEST})`;
  for (const [what, from] of [
    ['state', 'orders WHERE active = 1 AND'],
    ['state', `orders WHERE received_at >= ${now - RECENT_MS} AND`],
    ['body', `${newest} WHERE`],
    ['data', 'outbox WHERE done_at IS NULL AND'],
  ]) {
    const [row] = db.prepare(`SELECT count(*) AS broken FROM ${from} NOT json_valid(${what})`).all() as {
      broken: number;
    }[];
    if (row?.broken !== 0) throw new CorruptJournal(`${row?.broken} × ${what} is no JSON`);
  }
}
