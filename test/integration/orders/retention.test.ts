import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { describe, expect, it, vi } from 'vitest';
import type { Ms, OrderKey } from '../../../main/core/order';
import { foldEvents } from '../../../main/core/order-events';
import { RETENTION_MS } from '../../../main/core/retention';
import { JournalUnavailable } from '../../../main/orders/intake';
import { ARCHIVE_START } from '../../../main/orders/journal/archive-store';
import { CIPHER, closeDatabase, openDatabase } from '../../../main/orders/journal/database';
import { Journal } from '../../../main/orders/journal/journal';
import type { OrderPlace } from '../../../main/orders/journal/rows';
import { Upkeep } from '../../../main/orders/journal/upkeep';
import { fillJournal, phoneOf } from '../../support/filled-journal';
import { sampleOrder } from '../../support/orders';
import { recordingLog } from '../../support/recording-log';
import { tempFolder } from '../../support/temp-folder';

const KEY = randomBytes(32).toString('hex');
const LOCATION = 'ARIAPITA';
const HOUR: Ms = 3_600_000;
const UNTIL: Ms = 1_700_000_000_000;

const web = (n: number): OrderKey => ({ location: LOCATION, channel: 'web', id: `web-${n}` });

/** A journal of so many orders, one an hour, and a clock. */
function filled(orders: number) {
  const folder = tempFolder();
  const path = join(folder, 'journal.db');
  fillJournal({ path, key: KEY, location: LOCATION, orders, until: UNTIL, everyMs: HOUR });
  return { folder, path };
}

function openAt(path: string, now: Ms): Journal {
  return new Journal({ path, key: KEY, location: LOCATION, now: () => now });
}

/** With an upkeep that begins at once. */
function upkeepAt(path: string, quietMs: number) {
  const now = () => UNTIL + RETENTION_MS;
  const journal = openAt(path, now());
  const parts = { journal, path, key: KEY, now, log: recordingLog(), onDamage: () => {} };
  return { journal, upkeep: new Upkeep({ ...parts, startAfterMs: 0, quietMs, pauseMs: 0 }) };
}

function forgetAll(journal: Journal, limit = 7): number {
  let steps = 0;
  for (let place: OrderPlace | null = ARCHIVE_START; place !== null; steps += 1) {
    place = journal.archive.forget(place, limit);
  }
  return steps;
}

/** All bytes of the journal's file, decrypted: a copy with another key, which is none. */
function decrypted(path: string, folder: string): Buffer {
  const copy = join(folder, `plain-${randomBytes(4).toString('hex')}.db`);
  for (const suffix of ['', '-wal'])
    if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
  const db = new Libsql(copy, { encryptionKey: KEY, encryptionCipher: 'aes256cbc' } as Libsql.Options);
  // In the journal's own mode the key cannot be taken away; free pages and gaps in pages stay as they are.
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  return readFileSync(copy);
}

describe('retention', () => {
  it('forgets who ordered 30 days ago, and keeps what it was, what it cost and what came of it', () => {
    const { path } = filled(40);
    const journal = openAt(path, UNTIL + RETENTION_MS - 20 * HOUR);
    const before = journal.get(web(1));
    forgetAll(journal);
    expect(journal.get(web(20))?.document.customer).toEqual({ name: '', phone: '', note: '' });
    expect(journal.get(web(21))?.document.customer.phone).toBe(phoneOf(21));
    const order = journal.get(web(1));
    expect(order).toMatchObject({
      reference: before?.reference,
      injection: { status: 'injected', sale: { number: '1-1', total: 9600 } },
      status: 'completed',
      receivedAt: before?.receivedAt,
      document: { total: 9600, number: '1' },
    });
    expect(journal.history(web(1)).map(({ event }) => event.type)).toEqual(['archived']);
    expect(foldEvents(web(1), journal.history(web(1)))).toEqual(order);
    expect([...journal.references(0, UNTIL + HOUR)].flat()).toHaveLength(40);
    journal.close();
  });

  it('leaves no trace of them in the file, not in free pages and not in the log', () => {
    const { path, folder } = filled(60);
    expect(decrypted(path, folder).includes(phoneOf(17))).toBe(true);
    const journal = openAt(path, UNTIL + RETENTION_MS);
    forgetAll(journal);
    journal.archive.checkpoint();
    journal.archive.truncateLog();
    expect(statSync(`${path}-wal`).size).toBe(0);
    const bytes = decrypted(path, folder);
    for (let n = 1; n <= 60; n += 1) expect(bytes.includes(phoneOf(n))).toBe(false);
    expect(bytes.includes('the blue gate')).toBe(false);
    expect(bytes.includes('no sesame')).toBe(false);
    expect(bytes.includes('Spicy tuna roll')).toBe(true);
    journal.close();
  });

  it('keeps an order what it was when the website sends its whole past again', async () => {
    const { path } = filled(10);
    const journal = openAt(path, UNTIL + RETENTION_MS);
    const past = Array.from({ length: 10 }, (_, index) => journal.get(web(index + 1))?.document);
    forgetAll(journal);
    const page = past.flatMap((document) =>
      document === undefined ? [] : [{ channel: 'web', via: 'poll', document } as const],
    );
    const taken = await journal.takePage('web', page, 'end');
    expect(taken).toHaveLength(10);
    expect(taken.every(({ duplicate }) => duplicate)).toBe(true);
    expect(journal.active()).toEqual([]);
    journal.close();
  });

  it('puts a newer revision on the board, and forgets what came with it in its turn', async () => {
    const { path, folder } = filled(5);
    const first = openAt(path, UNTIL + RETENTION_MS);
    forgetAll(first);
    const document = sampleOrder({
      ...{ id: 'web-3', number: '3', revision: 1, status: 'cancelled' },
      customer: { name: 'Late Caller', phone: '+18685559999' },
    });
    const [taken] = await first.takePage('web', [{ channel: 'web', via: 'poll', document }], 'end');
    expect(taken).toMatchObject({ duplicate: false, updated: true });
    expect(first.active().map(({ key }) => key.id)).toEqual(['web-3']);
    expect(first.history(web(3)).map(({ event }) => event.type)).toEqual([
      'archived',
      'changed_after_archive',
    ]);
    first.append(web(3), () => [{ type: 'seen' }]);
    forgetAll(first);
    expect(first.history(web(3))).toHaveLength(3);
    first.close();

    const later = openAt(path, UNTIL + 2 * RETENTION_MS + HOUR);
    forgetAll(later);
    expect(later.history(web(3)).map(({ event }) => event.type)).toEqual(['archived']);
    later.close();
    expect(decrypted(path, folder).includes('+18685559999')).toBe(false);
  });

  it('leaves every other commit as safe as it was, also when the disk refuses', () => {
    const { path } = filled(3);
    const journal = openAt(path, UNTIL + RETENTION_MS);
    const pragma = vi.spyOn(Libsql.prototype, 'pragma');
    const place = journal.archive.forget(ARCHIVE_START, 1) ?? ARCHIVE_START;
    const unsyncedAndBack = [['synchronous = NORMAL'], ['synchronous = FULL']];
    expect(pragma.mock.calls).toEqual(unsyncedAndBack);
    const other = new Libsql(path, { encryptionKey: KEY, encryptionCipher: CIPHER } as Libsql.Options);
    other.exec('BEGIN IMMEDIATE');
    expect(() => journal.archive.forget(place, 1)).toThrow(JournalUnavailable);
    expect(pragma.mock.calls).toEqual([...unsyncedAndBack, ...unsyncedAndBack]);
    other.exec('ROLLBACK');
    other.close();
    vi.restoreAllMocks();
    journal.close();
  });

  it('knows the orders that an older Tillside closed', () => {
    const { path } = filled(2);
    const { db } = openDatabase(path, KEY, UNTIL);
    db.exec("UPDATE orders SET state = json_remove(state, '$.refund', '$.paidBy', '$.tries')");
    closeDatabase(db);
    const journal = openAt(path, UNTIL + RETENTION_MS);
    forgetAll(journal);
    expect(journal.get(web(1))).toMatchObject({ archivedAt: UNTIL + RETENTION_MS, refund: null });
    journal.close();
  });

  it('goes on by itself, and empties the log in the end', async () => {
    const { path } = filled(30);
    const { journal, upkeep } = upkeepAt(path, 0);
    upkeep.start();
    await vi.waitUntil(() => journal.get(web(30))?.archivedAt !== undefined, { timeout: 10_000 });
    await vi.waitUntil(() => statSync(`${path}-wal`).size === 0, { timeout: 10_000 });
    await upkeep.stop();
    journal.close();
  });

  it('waits while there are orders to be seen to', async () => {
    const { path } = filled(2);
    const { journal, upkeep } = upkeepAt(path, HOUR);
    upkeep.start();
    const checkpoint = vi.spyOn(journal.archive, 'checkpoint');
    journal.keep('check_due', '0');
    journal.keep('checked_at', String(UNTIL + RETENTION_MS));
    journal.append(web(2), () => [{ type: 'seen' }]);
    // The log is brought into the file between two orders, too; the rest waits.
    await vi.waitUntil(() => checkpoint.mock.calls.length > 0, { timeout: 10_000 });
    // It has looked again since, and once more after another order: had it not waited, it would have begun.
    const before = checkpoint.mock.calls.length;
    journal.append(web(2), () => [{ type: 'seen' }]);
    await vi.waitUntil(() => checkpoint.mock.calls.length > before, { timeout: 10_000 });
    expect(journal.get(web(1))?.archivedAt).toBeUndefined();
    await upkeep.stop();
    journal.close();
  });

  it('gives the space back to the disk, a few pages at a time', () => {
    const { path } = filled(1_500);
    const journal = openAt(path, UNTIL + RETENTION_MS);
    const before = statSync(path).size;
    forgetAll(journal, 100);
    let slices = 0;
    while (journal.archive.shrink(32)) slices += 1;
    journal.archive.truncateLog();
    expect(slices).toBeGreaterThan(5);
    expect(statSync(path).size).toBeLessThan(before * 0.85);
    expect(journal.get(web(1_500))?.reference).toMatch(/^1500-/);
    journal.close();
  });

  it('may be killed anywhere: each order is whole, or archived, and none is missing', () => {
    fc.assert(
      fc.property(
        fc.record({
          steps: fc.integer({ min: 0, max: 12 }),
          limit: fc.integer({ min: 1, max: 9 }),
          slices: fc.integer({ min: 0, max: 3 }),
          checkpoints: fc.boolean(),
          cut: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        ({ steps, limit, slices, checkpoints, cut }) => {
          const { path, folder } = filled(50);
          const journal = openAt(path, UNTIL + RETENTION_MS);
          let place: OrderPlace | null = ARCHIVE_START;
          for (let step = 0; step < steps && place !== null; step += 1) {
            place = journal.archive.forget(place, limit);
            if (checkpoints && step === 3) journal.archive.checkpoint();
          }
          for (let slice = 0; slice < slices; slice += 1) journal.archive.shrink(32);
          // What a kill leaves: the files as they are, the log up to wherever it had been written.
          const killed = join(folder, 'killed.db');
          for (const suffix of ['', '-wal', '-mark']) copyFileSync(path + suffix, killed + suffix);
          const log = `${killed}-wal`;
          if (!checkpoints) truncateSync(log, Math.floor(statSync(log).size * cut));
          journal.close();

          const again = openAt(killed, UNTIL + RETENTION_MS);
          expect(again.opening.kind).toBe('recovered');
          for (let n = 1; n <= 50; n += 1) {
            const order = again.get(web(n));
            expect(order).toEqual(foldEvents(web(n), again.history(web(n))));
            const isWhole = order?.document.customer.phone === phoneOf(n);
            expect(again.history(web(n))).toHaveLength(isWhole ? 6 : 1);
            expect(order?.archivedAt === undefined).toBe(isWhole);
          }
          forgetAll(again);
          expect(again.get(web(50))?.document.customer.phone).toBe('');
          again.close();
        },
      ),
      { seed: 7, numRuns: 25 },
    );
  });
});
