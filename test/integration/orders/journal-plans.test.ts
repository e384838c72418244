import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Journal } from '../../../main/orders/journal/journal';
import { tempFolder } from '../../support/temp-folder';

const KEY = randomBytes(32).toString('hex');
/** A first statement's words; what prepares or changes tables is no question. */
const ASKS = /^\s*(SELECT|UPDATE|DELETE|INSERT)/i;
/** The few rows of these are read as a whole. */
const SMALL = /^SCAN (meta|cursors|sqlite_sequence)$/;

afterEach(() => vi.restoreAllMocks());

/** Every statement that a journal prepares, as SQLite would run it. */
function plansOf(): ReadonlyMap<string, readonly string[]> {
  const path = join(tempFolder(), 'journal.db');
  const prepared = vi.spyOn(Libsql.prototype, 'prepare');
  const journal = new Journal({ path, key: KEY, location: 'ARIAPITA', now: Date.now });
  const statements = new Set(prepared.mock.calls.map(([sql]) => sql).filter((sql) => ASKS.test(sql)));
  journal.close();
  vi.restoreAllMocks();
  const db = new Libsql(path, { encryptionKey: KEY, encryptionCipher: 'aes256cbc' } as Libsql.Options);
  const plans = [...statements].map((sql): [string, string[]] => {
    const marks = sql.split('?').length - 1;
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: marks }, () => 1));
    return [sql, (rows as { detail: string }[]).map(({ detail }) => detail)];
  });
  db.close();
  return new Map(plans);
}

describe('the journal’s questions', () => {
  it('find what they are about by an index, however many orders there are', () => {
    const plans = plansOf();
    expect(plans.size).toBeGreaterThan(20);
    const slow = [...plans].filter(([, plan]) =>
      plan.some((step) => /^SCAN \w+/.test(step) && !isOrdered(step) && !SMALL.test(step)),
    );
    expect(slow).toEqual([]);
  });

  it('sort nothing but what they have picked out', () => {
    const sorted = [...plansOf()].filter(([, plan]) => plan.some((step) => step.includes('TEMP B-TREE')));
    expect(sorted.map(([sql]) => sql)).toEqual([
      'SELECT * FROM tickets WHERE location = ? AND channel = ? AND order_id = ? ORDER BY seq',
    ]);
  });
});

/** An index that holds only what is wanted, read from its one end to the other. */
function isOrdered(step: string): boolean {
  return /^SCAN (outbox USING INDEX outbox_waiting|tickets USING INDEX tickets_open|orders USING INDEX orders_unsearched)$/.test(
    step,
  );
}
