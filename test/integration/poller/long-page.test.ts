import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Journal } from '../../../main/orders/journal/journal';
import { takeLongPage } from '../../../main/orders/long-page';
import { sampleOrder } from '../../support/orders';
import { tempFolder } from '../../support/temp-folder';

const ORDERS = 2_000;

function openJournal(): Journal {
  const path = join(tempFolder(), 'journal.db');
  const key = randomBytes(32).toString('hex');
  const journal = new Journal({ path, key, location: 'ARIAPITA', now: Date.now });
  onTestFinished(() => journal.close());
  return journal;
}

const page = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => {
    const id = `o-${from + at}`;
    return { channel: 'web', via: 'poll', document: sampleOrder({ id, number: id }) } as const;
  });

describe('a page of thousands of orders', () => {
  it('is kept whole, the cursor last, while others get their turn', async () => {
    const journal = openJournal();
    const cursors: (string | undefined)[] = [];
    journal.onChange(() => cursors.push(journal.cursor('web')));
    let turns = 0;
    let done = false;
    const count = (): void => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    const taken = await takeLongPage(journal, 'web', page(0, ORDERS), 'end');
    done = true;
    expect(taken.filter(({ duplicate }) => !duplicate)).toHaveLength(ORDERS);
    expect(journal.active()).toHaveLength(ORDERS);
    expect(new Set(cursors.slice(0, -1))).toEqual(new Set([undefined]));
    expect(journal.cursor('web')).toBe('end');
    expect(turns).toBeGreaterThan(ORDERS / 200);
  });

  it('comes again after a kill in between, and each order is there once', async () => {
    const journal = openJournal();
    const killed = { take: journal.take.bind(journal), takePage: () => Promise.reject(new Error('killed')) };
    await expect(takeLongPage(killed, 'web', page(0, 350), 'end')).rejects.toThrow('killed');
    expect(journal.cursor('web')).toBeUndefined();
    const taken = await takeLongPage(journal, 'web', page(0, 350), 'end');
    expect(taken.filter(({ duplicate }) => duplicate)).toHaveLength(300);
    expect(journal.active()).toHaveLength(350);
  });
});
