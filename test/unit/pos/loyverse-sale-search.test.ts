import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchingSales, searchWindow } from '../../../main/pos/loyverse/sale-search';
import type { ReceiptRow } from '../../../main/pos/loyverse/schemas';
import { ARIAPITA, MUCURAPO, receiptRows } from '../../support/loyverse/fixtures';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-06-18T19:00:00.000Z');

describe('where the search begins', () => {
  it('is a day before the first attempt, by the till’s clock', () => {
    expect(searchWindow(NOW - HOUR, NOW, 0)).toEqual({ from: NOW - 25 * HOUR, reachesAttempt: true });
    expect(searchWindow(NOW - HOUR, NOW, -2 * HOUR).from).toBe(NOW - 27 * HOUR);
  });

  it('stays inside 30 days, and says when that is too late', () => {
    expect(searchWindow(NOW - 29.5 * DAY, NOW, 0)).toEqual({ from: NOW - 30 * DAY, reachesAttempt: true });
    expect(searchWindow(NOW - 31 * DAY, NOW, 0)).toEqual({ from: NOW - 30 * DAY, reachesAttempt: false });
  });

  it('is never later than a day ago, even when the clock was ahead at the attempt and is right now', () => {
    expect(searchWindow(NOW + 10 * DAY, NOW, 0).from).toBe(NOW - DAY);
  });

  it('covers the sale whatever the clocks are, and never asks for more than the list holds', () => {
    const days = (most: number) => fc.integer({ min: -most * DAY, max: most * DAY });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 28 * DAY }), days(400), (age, offset) => {
        const theirNow = NOW;
        const ourNow = theirNow - offset;
        const soldAt = theirNow - age;
        const { from, reachesAttempt } = searchWindow(soldAt - offset, ourNow, offset);
        expect(reachesAttempt).toBe(true);
        expect(from).toBeLessThanOrEqual(soldAt - Math.min(DAY, 30 * DAY - age));
        expect(from).toBeGreaterThanOrEqual(theirNow - 30 * DAY);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('our sale among the rows of the list', () => {
  const numbers = (rows: readonly ReceiptRow[], store = ARIAPITA, reference = 'W-10482') =>
    matchingSales(rows, store, reference).map((row) => row.receipt_number);

  it('is found among everybody’s', () => {
    expect(numbers(receiptRows)).toEqual(['1001']);
  });

  it.each<[string, Partial<ReceiptRow>]>([
    ['another order that begins the same', { order: 'W-104820' }],
    ['another program’s sale', { source: 'point of sale' }],
    ['a refund', { receipt_type: 'REFUND' }],
    ['a voided sale', { cancelled_at: '2026-06-18T18:50:00.000Z' }],
    ['another store’s sale', { store_id: MUCURAPO }],
    ['a sale without an order', { order: null }],
  ])('is not %s', (_, changes) => {
    expect(numbers(receiptRows.map((row) => ({ ...row, ...changes })))).toEqual([]);
  });

  it('is one sale even if two pages have it, and two if there are two, oldest first', () => {
    const [row] = receiptRows.filter((receipt) => receipt.receipt_number === '1001');
    if (row === undefined) throw new Error('The recording has changed.');
    const earlier = { ...row, receipt_number: '1000', created_at: '2026-06-18T18:41:00.000Z' };
    expect(numbers([row, row])).toEqual(['1001']);
    expect(numbers([row, earlier])).toEqual(['1000', '1001']);
  });
});
