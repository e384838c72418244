import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../main/core/order-events';
import { CIPHER } from '../../../main/orders/journal/database';
import { Journal } from '../../../main/orders/journal/journal';
import { anyOrder, sampleOrder } from '../../support/orders';
import { tempFolder } from '../../support/temp-folder';

const KEY = randomBytes(32).toString('hex');
const LOCATION = 'ARIAPITA';
const web = (id: string) => ({ location: LOCATION, channel: 'web', id });

/** Another process, as it ends: it has the file for itself for a moment longer. */
const LEAVING = `
const { parentPort, workerData } = require('node:worker_threads');
const Libsql = require('libsql');
const { path, key, cipher } = workerData;
const db = new Libsql(path, { encryptionKey: key, encryptionCipher: cipher });
db.exec('BEGIN EXCLUSIVE');
parentPort.postMessage('locked');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
db.exec('COMMIT');
db.close();
`;

function openIn(folder: string, key = KEY): Journal {
  let clock = 1_700_000_000_000;
  return new Journal({ path: join(folder, 'journal.db'), key, location: LOCATION, now: () => (clock += 1) });
}

const incoming = (changes: Record<string, unknown> = {}) =>
  ({ channel: 'web', via: 'webhook', document: sampleOrder(changes) }) as const;

describe('the journal', () => {
  it('keeps what it took when it is opened again without having been closed', async () => {
    const folder = tempFolder();
    const first = openIn(folder);
    await first.take(incoming());
    await first.takePage('web', [incoming({ id: 'web-2' })], 'cursor-2');

    const second = openIn(folder);
    expect(second.opening.kind).toBe('recovered');
    expect(second.active().map((order) => order.key.id)).toEqual(['web-10042', 'web-2']);
    expect(second.cursor('web')).toBe('cursor-2');
  });

  it('opens clean after a tidy end', () => {
    const folder = tempFolder();
    openIn(folder).close();
    expect(openIn(folder).opening.kind).toBe('clean');
  });

  it('waits for an app that is letting go of the file still', async () => {
    const folder = tempFolder();
    openIn(folder).close();
    const path = join(folder, 'journal.db');
    const other = new Worker(LEAVING, { eval: true, workerData: { path, key: KEY, cipher: CIPHER } });
    await once(other, 'message');
    // It leaves while this waits: nothing here can run meanwhile.
    expect(openIn(folder).opening.kind).toBe('clean');
    await once(other, 'exit');
  });

  it('leaves nothing readable on disk', async () => {
    const folder = tempFolder();
    const journal = openIn(folder);
    await journal.take(incoming({ customer: { name: 'Readable Customer Name' } }));
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file)).includes('Readable Customer Name')).toBe(false);
    }
  });

  it('syncs every commit: the pragmas are read back from the open file', () => {
    const folder = tempFolder();
    openIn(folder).close();
    const db = new Libsql(join(folder, 'journal.db'), { encryptionKey: KEY } as Libsql.Options);
    expect(db.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(db.pragma('user_version')).toEqual([{ user_version: 6 }]);
    db.close();
  });

  it('refuses a journal of a newer app and leaves it alone', () => {
    const folder = tempFolder();
    openIn(folder).close();
    const db = new Libsql(join(folder, 'journal.db'), { encryptionKey: KEY } as Libsql.Options);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openIn(folder)).toThrow(/version 99/);
    expect(readdirSync(folder).filter((name) => name.includes('unreadable'))).toEqual([]);
  });

  it.each([
    ['garbage', (path: string) => writeFileSync(path, randomBytes(8192))],
    [
      'a hole in the middle',
      (path: string) => {
        const bytes = readFileSync(path);
        // The page behind the map of pages: that of the tables.
        bytes.fill(0, 8192, 12_288);
        writeFileSync(path, bytes);
      },
    ],
  ])('moves a corrupt file aside, whole, and begins anew: %s', async (_name, damage) => {
    const folder = tempFolder();
    const path = join(folder, 'journal.db');
    const journal = openIn(folder);
    await journal.take(incoming());
    journal.close();
    damage(path);
    const damaged = readFileSync(path);

    const second = openIn(folder);
    if (second.opening.kind !== 'set_aside') throw new Error(`opened as ${second.opening.kind}`);
    expect(readFileSync(second.opening.path)).toEqual(damaged);
    // What can be read of it is there still; either way the order can be taken, and once.
    const isThere = second.active().length > 0;
    expect(second.opening.carried > 0).toBe(isThere);
    expect((await second.take(incoming())).duplicate).toBe(isThere);
    expect(second.active()).toHaveLength(1);
  });

  it('gives the same order the same reference in a new journal', async () => {
    const references = await Promise.all(
      [openIn(tempFolder()), openIn(tempFolder())].map(async (journal) => {
        await journal.take(incoming());
        return journal.get(web('web-10042'))?.reference;
      }),
    );
    expect(references[0]).toMatch(/^10042-[0-9A-Z]{8}$/);
    expect(references[1]).toBe(references[0]);
  });

  it('takes one order once, by webhook and by poll at the same instant', async () => {
    const journal = openIn(tempFolder());
    const results = await Promise.all([
      journal.take(incoming()),
      journal.takePage('web', [{ ...incoming(), via: 'poll' }], 'c1').then(([taken]) => taken),
      journal.take(incoming()),
    ]);
    expect(results.map((taken) => taken?.duplicate).sort()).toEqual([false, true, true]);
    expect(journal.active()).toHaveLength(1);
  });

  it('writes an order and its intent to be injected together', async () => {
    const journal = openIn(tempFolder());
    await journal.take(incoming());
    const order = journal.get(web('web-10042'));
    expect(order?.injection.status).toBe('waiting');
    expect(journal.history(web('web-10042')).map(({ event }) => event.type)).toEqual(['received']);
  });

  it('appends nothing when the decision changes its mind inside the transaction', async () => {
    const journal = openIn(tempFolder());
    await journal.take(incoming());
    const start = () =>
      journal.append(web('web-10042'), (order) =>
        order.injection.status === 'waiting' ? [{ type: 'injection_started', provider: 'loyverse' }] : [],
      );
    expect(start()?.attempts).toBe(1);
    expect(start()).toBeUndefined();
  });

  it('tells each listener of every commit in their order, also when one of them answers with a commit', async () => {
    const journal = openIn(tempFolder());
    const told: string[] = [];
    const listen = (name: string) =>
      journal.onChange((changes) => {
        for (const { order, events } of changes) {
          told.push(...events.map(({ type }) => `${name}: ${type}, ${order.status}`));
        }
      });
    listen('first');
    journal.onChange(([change]) => {
      if (change?.order.status !== 'new') return;
      journal.append(change.order.key, () => [{ type: 'accepted', by: 'auto', promisedFor: 1, dueAt: 1 }]);
    });
    listen('last');
    await journal.take(incoming());
    // Its sender is answered first.
    expect(told).toEqual([]);
    await new Promise(setImmediate);
    expect(told).toEqual([
      'first: received, new',
      'last: received, new',
      'first: accepted, accepted',
      'last: accepted, accepted',
    ]);
  });

  it('tells what it has committed before it is closed', async () => {
    const journal = openIn(tempFolder());
    const told: string[] = [];
    journal.onChange((changes) => told.push(...changes.map(({ order }) => order.key.id)));
    void journal.take(incoming());
    journal.close();
    expect(told).toEqual(['web-10042']);
  });

  it('does not let the write-ahead log grow without end', async () => {
    const folder = tempFolder();
    const journal = openIn(folder);
    for (let n = 0; n < 600; n += 1) {
      await journal.take(incoming({ id: `web-${n}` }));
      journal.get(web(`web-${n}`));
      journal.history(web(`web-${n}`));
    }
    // SQLite checkpoints every 1,000 pages of 4 KiB; an unfinished reader would let it pass that many times over.
    expect(statSync(join(folder, 'journal.db-wal')).size).toBeLessThan(3 * 1000 * 4200);
  });

  it('has, for any mix of arrivals, exactly one order per id, and its state is the fold of its events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOrder, { minLength: 1, maxLength: 25 }), async (documents) => {
        const journal = openIn(tempFolder());
        await Promise.all(
          documents.map((document) => journal.take({ channel: 'web', via: 'webhook', document })),
        );
        const ids = [...new Set(documents.map((document) => document.id))];
        for (const id of ids) {
          const order = journal.get(web(id));
          expect(order).toEqual(foldEvents(web(id), journal.history(web(id))));
          expect(journal.history(web(id)).filter(({ event }) => event.type === 'received')).toHaveLength(1);
        }
        expect([...journal.receivedSince(0)].flat()).toHaveLength(ids.length);
        journal.close();
      }),
      { seed: 7, numRuns: process.env.TILLSIDE_LONG ? 500 : 25 },
    );
  });
});
