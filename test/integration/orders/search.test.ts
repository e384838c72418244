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

const found = (journal: Journal, text: string): readonly string[] =>
  journal.search.find(text, 50).map(({ document }) => document.number);

describe('the search', () => {
  it('finds by number, by any word of the name without accents, and by any part of the telephone', async () => {
    const journal = openAt(join(tempFolder(), 'journal.db'));
    await take(journal, '10042', 'José Núñez-Ali', '+1 (868) 555-0101');
    await take(journal, '10043', 'Anil Ramdeen', '868 555 0199', false);
    expect(found(journal, '10042')).toEqual(['10042']);
    expect(found(journal, '1004')).toEqual(['10043', '10042']);
    expect(found(journal, 'jose nun')).toEqual(['10042']);
    expect(found(journal, 'ALI')).toEqual(['10042']);
    expect(found(journal, 'ramd')).toEqual(['10043']);
    expect(found(journal, '555-0101')).toEqual(['10042']);
    expect(found(journal, '868 555')).toEqual(['10043', '10042']);
    expect(found(journal, 'jose ramdeen')).toEqual([]);
    for (const nothing of ['', ' ', 'a', '%', "'; DROP TABLE orders; --", '*', '\u0000']) {
      expect([nothing, found(journal, nothing)]).toEqual([nothing, []]);
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
        expect([...found(journal, text)].sort()).toEqual(expected.sort());
        journal.close();
      }),
      { numRuns: 30 },
    );
  });

  it('finds orders from before it was there, once they were added beside the restaurant’s work', async () => {
    const path = join(tempFolder(), 'journal.db');
    fillJournal({ path, key: KEY, location: 'ARIAPITA', orders: 60, until: UNTIL, everyMs: 60_000 });
    const journal = openAt(path);
    expect(found(journal, 'web-7')).toEqual([]);
    const upkeep = new Upkeep({
      ...{ journal, path, key: KEY, now: () => UNTIL, log: recordingLog(), onDamage: () => {} },
      ...{ startAfterMs: 0, quietMs: 0, pauseMs: 0 },
    });
    upkeep.start();
    await vi.waitUntil(() => found(journal, phoneOf(60)).length > 0, { timeout: 10_000 });
    await upkeep.stop();
    expect(found(journal, phoneOf(7).slice(-7))).toEqual(['7']);
    expect(found(journal, 'customer 17')).toEqual(['17']);
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
    expect(found(later, 'unforgettable')).toEqual([]);
    expect(found(later, '5550101')).toEqual([]);
    expect(found(later, '10042')).toEqual(['10042']);
    later.close();
    const db = new Libsql(path, { encryptionKey: KEY, encryptionCipher: CIPHER } as Libsql.Options);
    expect(db.prepare('SELECT token FROM search').all()).toEqual([{ token: '10042' }]);
    db.close();
  });
});
