import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { describe, expect, it, vi } from 'vitest';
import { isFoundBy, searchedFor } from '../../../main/core/order-search';
import { RETENTION_MS } from '../../../main/core/retention';
import { CIPHER } from '../../../main/orders/journal/database';
import { Journal } from '../../../main/orders/journal/journal';
import { Upkeep } from '../../../main/orders/journal/upkeep';
import { fillJournal, phoneOf } from '../../support/filled-journal';
import { sampleOrder } from '../../support/orders';
import { recordingLog } from '../../support/recording-log';
import { tempFolder } from '../../support/temp-folder';

const KEY = randomBytes(32).toString('hex');
const UNTIL = 1_700_000_000_000;

function openAt(path: string, at = UNTIL): Journal {
  return new Journal({ path, key: KEY, location: 'ARIAPITA', now: () => at });
}

/** An order of somebody, and its end when `closed`. */
async function take(journal: Journal, id: string, name: string, phone: string, closed = true): Promise<void> {
  const document = sampleOrder({ id, number: id, customer: { name, phone } });
  await journal.take({ channel: 'web', via: 'webhook', document });
  const key = { location: 'ARIAPITA', channel: 'web', id };
  if (closed) {
    journal.append(key, () => [{ type: 'cancelled', by: 'website', reason: 'other', text: '' }]);
    journal.append(key, () => [{ type: 'seen' }]);
  }
}

async function found(journal: Journal, text: string, limit = 50): Promise<readonly string[]> {
  return (await journal.search.find(text, limit)).map(({ document }) => document.number);
}

describe('the search', () => {
  it('finds by number, by any word of the name without accents, and by any part of the telephone', async () => {
    const journal = openAt(join(tempFolder(), 'journal.db'));
    await take(journal, '10042', 'José Núñez-Ali', '+1 (868) 555-0101');
    await take(journal, '10043', 'Anil Ramdeen', '868 555 0199', false);
    expect(await found(journal, '10042')).toEqual(['10042']);
    expect(await found(journal, '1004')).toEqual(['10043', '10042']);
    expect(await found(journal, 'jose nun')).toEqual(['10042']);
    expect(await found(journal, 'ALI')).toEqual(['10042']);
    expect(await found(journal, 'ramd')).toEqual(['10043']);
    expect(await found(journal, '555-0101')).toEqual(['10042']);
    expect(await found(journal, '868 555')).toEqual(['10043', '10042']);
    expect(await found(journal, 'jose ramdeen')).toEqual([]);
    for (const nothing of ['', ' ', 'a', '%', "'; DROP TABLE orders; --", '*', '\u0000']) {
      expect([nothing, await found(journal, nothing)]).toEqual([nothing, []]);
    }
    journal.close();
  });

  it('agrees, for any orders and words, with looking at each order by itself', async () => {
    const words = fc.constantFrom('Ana', 'anil', 'Ann-Marie', 'Ali', 'Özil', 'Nunez', '李', '10', '100');
    const orders = fc.array(fc.record({ name: fc.array(words, { maxLength: 3 }), closed: fc.boolean() }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(words, { minLength: 1, maxLength: 2 }), async (all, asked) => {
        const journal = openAt(join(tempFolder(), 'journal.db'));
        const text = asked.join(' ');
        const expected: string[] = [];
        for (const [at, { name, closed }] of all.entries()) {
          const id = `${100 + at}`;
          await take(journal, id, name.join(' ') || 'x', '', closed);
          const document = sampleOrder({ number: id, customer: { name: name.join(' ') || 'x', phone: '' } });
          if (isFoundBy(document, searchedFor(text))) expected.push(id);
        }
        expect([...(await found(journal, text))].sort()).toEqual(expected.sort());
        journal.close();
      }),
      { numRuns: 30 },
    );
  });

  it('finds orders from before it was there, once they were added beside the restaurant’s work', async () => {
    const path = join(tempFolder(), 'journal.db');
    fillJournal({ path, key: KEY, location: 'ARIAPITA', orders: 60, until: UNTIL, everyMs: 60_000 });
    const journal = openAt(path);
    expect(await found(journal, 'web-7')).toEqual([]);
    const upkeep = new Upkeep({
      ...{ journal, path, key: KEY, now: () => UNTIL, log: recordingLog(), onDamage: () => {} },
      ...{ startAfterMs: 0, quietMs: 0, pauseMs: 0 },
    });
    upkeep.start();
    await vi.waitUntil(async () => (await found(journal, phoneOf(60))).length > 0, { timeout: 10_000 });
    await upkeep.stop();
    expect(await found(journal, phoneOf(7).slice(-7))).toEqual(['7']);
    expect(await found(journal, 'customer 17')).toEqual(['17']);
    journal.close();
  });

  it('finds every order that has all the words, newest first, however many have each of them', async () => {
    const path = join(tempFolder(), 'journal.db');
    fillJournal({ path, key: KEY, location: 'ARIAPITA', orders: 3_500, until: UNTIL, everyMs: 60_000 });
    const journal = openAt(path);
    while (journal.search.fill(1_000));
    const downFrom = (newest: number, length: number) => Array.from({ length }, (_, at) => `${newest - at}`);
    // Every order has either word: each is of a customer, and has a 500 in its telephone.
    expect(await found(journal, 'customer 500', 5_000)).toEqual(downFrom(3_500, 3_500));
    expect(await found(journal, 'customer')).toEqual(downFrom(3_500, 50));
    // And these have one that few have.
    expect(await found(journal, 'customer 50021')).toEqual(downFrom(2_199, 50));
    await take(journal, '9001', 'Ida Customer', '868 555 0123');
    await take(journal, '9002', 'Ida', '868 555 0124', false);
    expect(await found(journal, 'ida')).toEqual(['9002', '9001']);
    expect((await found(journal, 'cu 868')).slice(0, 2)).toEqual(['9001', '3500']);
    journal.close();
  });

  it('finds an order once that is closed while it is looked for', async () => {
    const path = join(tempFolder(), 'journal.db');
    fillJournal({ path, key: KEY, location: 'ARIAPITA', orders: 1_200, until: UNTIL, everyMs: 60_000 });
    const journal = openAt(path);
    while (journal.search.fill(1_000));
    await take(journal, '9001', 'Ida Customer', '868 555 0123', false);
    const searching = found(journal, 'customer', 5_000);
    const key = { location: 'ARIAPITA', channel: 'web', id: '9001' };
    journal.append(key, () => [{ type: 'cancelled', by: 'website', reason: 'other', text: '' }]);
    journal.append(key, () => [{ type: 'seen' }]);
    const numbers = await searching;
    expect(numbers).toHaveLength(1_201);
    expect(numbers.filter((number) => number === '9001')).toHaveLength(1);
    journal.close();
  });

  it('does not find who was forgotten, but still their order’s number, and leaves no word of theirs', async () => {
    const path = join(tempFolder(), 'journal.db');
    const journal = openAt(path);
    await take(journal, '10042', 'Unforgettable', '+18685550101');
    journal.close();
    const later = openAt(path, UNTIL + RETENTION_MS + 1);
    for (
      let from: Parameters<typeof later.archive.forget>[0] | null = { receivedAt: 0, seq: 0 };
      from !== null;
    )
      from = later.archive.forget(from, 10);
    expect(await found(later, 'unforgettable')).toEqual([]);
    expect(await found(later, '5550101')).toEqual([]);
    expect(await found(later, '10042')).toEqual(['10042']);
    later.close();
    const db = new Libsql(path, { encryptionKey: KEY, encryptionCipher: CIPHER } as Libsql.Options);
    expect(db.prepare('SELECT token FROM search').all()).toEqual([{ token: '10042' }]);
    db.close();
  });
});
