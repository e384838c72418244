import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { seededRandom } from '../../../main/training/order-generator';
import { type Attack, type Finding, none } from '../attack';
import type { Reading } from '../damage/reader';
import { type Damage, damage } from '../damage/wal-file';

const KILLS = { short: 2, normal: 25, long: 250 } as const;
const DAMAGES_A_KILL = 4;
/** The most orders before the kill: some journals have folded their log into the file by then, some have not. */
const MOST_ORDERS = 400;
const ROOT = resolve(__dirname, '../../..');
/** In the process itself: the loader's own command would start another one, and the kill would miss it. */
const NODE = ['--import', 'tsx'];
const WRITER = resolve(__dirname, '../damage/writer.ts');
const READER = resolve(__dirname, '../damage/reader.ts');

/** One damaged journal, beside what the same journal held before. */
interface Case {
  readonly name: string;
  readonly damage: Damage;
  /** How many orders there were before the damage: those that were acknowledged, and perhaps one that was about to be. */
  readonly orders: number;
  /** Orders that were acknowledged and are gone. */
  readonly missing: readonly string[];
  /** Orders whose commits are whole on the disk. */
  readonly intact: readonly string[];
  readonly reading: Reading;
}

/** A journal whose process was killed loses parts of its write-ahead log, as with a battery pulled in a commit. */
export const attackByDamage: Attack = async ({ seed, scale, say }) => {
  const random = seededRandom(seed);
  const cases: Case[] = [];
  const lost: string[] = [];
  for (let kill = 1; kill <= KILLS[scale]; kill += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'tillside-damage-'));
    try {
      const { undamaged, acknowledged, damaged } = await oneKill(folder, kill, random);
      lost.push(
        ...acknowledged.filter((id) => !undamaged.ids.includes(id)).map((id) => `kill ${kill}: ${id}`),
      );
      cases.push(...damaged);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const destroyed = cases.map(({ orders, reading }) => orders - reading.ids.length);
  say(`${destroyed.filter((count) => count > 0).length} of ${cases.length} journals lost commits`);
  const count = (opening: string): number =>
    cases.filter(({ reading }) => reading.opening === opening).length;
  return {
    done: [
      `${KILLS[scale]} × kill -9, ${cases.length} × damage`,
      `${destroyed.reduce((sum, orders) => sum + orders, 0)} orders were in destroyed commits`,
      `${count('recovered')} recovered, ${count('set_aside')} moved aside`,
    ],
    findings: [none('acknowledged orders lost by the kill alone', lost), ...findings(cases)],
  };
};

function findings(cases: readonly Case[]): Finding[] {
  const offenders = (isBroken: (damaged: Case) => boolean): string[] =>
    cases.filter(isBroken).map(({ name }) => name);
  const opened = (reading: Reading): boolean => ['recovered', 'set_aside', 'clean'].includes(reading.opening);
  return [
    none(
      'journals that did not open',
      cases
        .filter(({ reading }) => !opened(reading))
        .map(({ name, reading }) => `${name}: ${reading.opening}`),
    ),
    none(
      'journals that lost a commit that was whole, and were not moved aside',
      offenders(({ intact, reading }) => reading.opening !== 'set_aside' && !isPrefix(intact, reading.ids)),
    ),
    none(
      'journals that lost acknowledged orders, and did not say so',
      offenders(({ missing, reading }) => !reading.tells && missing.length > 0),
    ),
    none(
      'journals that said so without having lost any',
      offenders(
        ({ orders, reading }) =>
          reading.opening === 'recovered' && reading.tells && reading.ids.length >= orders,
      ),
    ),
    none(
      'journals with an order that nobody sent so',
      offenders(({ reading }) => reading.changed.length > 0),
    ),
    none(
      'journals that take no orders afterwards',
      offenders(({ reading }) => opened(reading) && !reading.takes),
    ),
    none(
      'journals that forgot when they were begun',
      offenders(({ reading }) => opened(reading) && reading.createdAt === 0),
    ),
  ];
}

function isPrefix(wanted: readonly string[], found: readonly string[]): boolean {
  return wanted.every((id, index) => found[index] === id);
}

interface Killed {
  readonly undamaged: Reading;
  readonly acknowledged: readonly string[];
  readonly damaged: readonly Case[];
}

async function oneKill(folder: string, kill: number, random: () => number): Promise<Killed> {
  const key = randomBytes(32).toString('hex');
  const original = join(folder, 'original');
  mkdirSync(original);
  const acknowledged = await writeUntilKilled(original, key, 1 + Math.floor(random() * MOST_ORDERS));
  const copies = Array.from({ length: DAMAGES_A_KILL }, (_, at) => {
    const copy = join(folder, `copy-${at}`);
    cpSync(original, copy, { recursive: true });
    return { copy, ...damage(join(copy, 'journal.db-wal'), random) };
  });
  const folders = [original, ...copies.map(({ copy }) => copy)];
  const [undamaged, ...readings] = readAll(key, folders);
  if (undamaged === undefined) throw new Error('The undamaged journal was not read.');
  const damaged = copies.flatMap(({ damage: kind, lost, at }, index) => {
    const reading = readings[index];
    if (reading === undefined) return [];
    const name = `kill ${kill}, ${kind} at ${at}`;
    const intact = undamaged.ids.slice(0, Math.max(0, undamaged.ids.length - lost));
    const missing = acknowledged.filter((id) => !reading.ids.includes(id));
    return [{ name, damage: kind, orders: undamaged.ids.length, missing, intact, reading }];
  });
  return { undamaged, acknowledged, damaged };
}

/** @returns the ids of the orders that it said were on disk */
async function writeUntilKilled(folder: string, key: string, orders: number): Promise<string[]> {
  const writer = spawn(process.execPath, [...NODE, WRITER, folder, key], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(writer, 'exit');
  const ids: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    ids.push(`web-${line}`);
    if (ids.length === orders) writer.kill('SIGKILL');
  }
  await gone;
  return ids;
}

function readAll(key: string, folders: readonly string[]): readonly Reading[] {
  const answer = execFileSync(process.execPath, [...NODE, READER, key, ...folders], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return JSON.parse(answer) as readonly Reading[];
}
