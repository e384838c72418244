import { readFileSync, writeFileSync } from 'node:fs';

/**
 * SQLite's write-ahead log as the file format describes it (https://www.sqlite.org/fileformat2.html#the_write_ahead_log):
 * a header of 32 bytes, then frames of 24 bytes and one page. A frame whose second word is not zero ends a commit. Frames
 * of an earlier round carry other salts. The checksums are SQLite's to judge.
 */
const HEADER = 32;
const FRAME_HEADER = 24;

/** Where each commit of the newest round ends, in bytes from the file's beginning. */
function commitEnds(wal: Buffer): readonly number[] {
  if (wal.length < HEADER) return [];
  const pageSize = wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  const ends: number[] = [];
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= wal.length; at += FRAME_HEADER + pageSize) {
    if (!wal.subarray(at + 8, at + 16).equals(salts)) break;
    if (wal.readUInt32BE(at + 4) !== 0) ends.push(at + FRAME_HEADER + pageSize);
  }
  return ends;
}

export type Damage = 'truncated' | 'a bit flipped' | 'a stretch zeroed' | 'header flipped';

export interface Damaged {
  readonly damage: Damage;
  /** How many of the newest commits cannot be whole any more. */
  readonly lost: number;
  /** Where the file was touched. */
  readonly at: number;
}

/** Does to the log at `path` what a disk does that lost its current. */
export function damage(path: string, random: () => number): Damaged {
  const wal = readFileSync(path);
  const ends = commitEnds(wal);
  const at = Math.floor(random() * wal.length);
  const lostFrom = (place: number): number => ends.filter((end) => end > place).length;
  const kind = random();
  if (kind < 0.4) {
    writeFileSync(path, wal.subarray(0, at));
    return { damage: 'truncated', lost: lostFrom(at), at };
  }
  if (kind < 0.8) {
    wal[at] = (wal[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    writeFileSync(path, wal);
    return { damage: 'a bit flipped', lost: lostFrom(at), at };
  }
  if (kind < 0.95) {
    wal.fill(0, at, at + Math.floor(random() * 8_192));
    writeFileSync(path, wal);
    return { damage: 'a stretch zeroed', lost: lostFrom(at), at };
  }
  const place = Math.floor(random() * 32);
  wal[place] = (wal[place] ?? 0) ^ 0xff;
  writeFileSync(path, wal);
  return { damage: 'header flipped', lost: ends.length, at: place };
}
