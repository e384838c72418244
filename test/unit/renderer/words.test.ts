import { describe, expect, it } from 'vitest';
import { closingWords, itemsWords, serviceWords } from '../../../renderer/features/orders/order-words';
import { money } from '../../../renderer/ui/money-words';
import { ago, clock, clockOnDay, remaining, span, stopwatch } from '../../../renderer/ui/time-words';
import { MINUTE_MS, NOW, TIMEZONE } from './examples';

describe('money', () => {
  it.each([
    [9_600, 'TTD', 'TT$96.00'],
    [123_456_789, 'TTD', 'TT$1,234,567.89'],
    [0, 'TTD', 'TT$0.00'],
    [-500, 'TTD', '−TT$5.00'],
    [1_250, 'EUR', 'EUR 12.50'],
    [1_250, 'JPY', 'JPY 1,250'],
  ])('%i minor units of %s are %s', (amount, currency, words) => {
    expect(money(amount, currency)).toBe(words);
  });
});

describe('time', () => {
  it('is the time on the wall of the store, whatever this computer thinks', () => {
    expect(clock(NOW, TIMEZONE)).toBe('19:42');
    expect(clock(NOW, 'Europe/London')).toBe('23:42');
    expect(clock(Date.parse('2026-11-22T00:05:00-04:00'), TIMEZONE)).toBe('00:05');
  });

  it('names the day only when it is another one', () => {
    expect(clockOnDay(NOW + 60 * MINUTE_MS, NOW, TIMEZONE)).toBe('20:42');
    expect(clockOnDay(NOW + 16 * 60 * MINUTE_MS, NOW, TIMEZONE)).toBe('Mon 11:42');
    expect(clockOnDay(NOW + 7 * 24 * 60 * MINUTE_MS, NOW, TIMEZONE)).toBe('Sun 19:42');
  });

  it.each([
    [0, '0 s'],
    [4_999, '4 s'],
    [59_999, '59 s'],
    [MINUTE_MS, '1 min'],
    [59 * MINUTE_MS, '59 min'],
    [60 * MINUTE_MS, '1 h'],
    [23 * 60 * MINUTE_MS, '23 h'],
    [49 * 60 * MINUTE_MS, '2 d'],
    [-5_000, '0 s'],
  ])('%i ms last %s', (ms, words) => {
    expect(span(ms)).toBe(words);
  });

  it('past is said as people say it', () => {
    expect(ago(NOW - 12 * MINUTE_MS, NOW)).toBe('12 min ago');
  });

  it.each([
    [7_000, '0:07'],
    [34_900, '0:34'],
    [12 * MINUTE_MS, '12:00'],
    [65 * MINUTE_MS, '1 h 05'],
  ])('a stopwatch shows %i ms as %s', (ms, words) => {
    expect(stopwatch(ms)).toBe(words);
  });

  it.each([
    [11 * MINUTE_MS + 30_000, '11 min', false],
    [59_000, 'now', false],
    [-59_000, 'now', false],
    [-3 * MINUTE_MS, '−3 min', true],
  ])('%i ms before the promise: %s', (ms, words, late) => {
    expect(remaining(NOW + ms, NOW)).toEqual({ words, late });
  });
});

describe('an order', () => {
  it('says how it leaves the kitchen', () => {
    expect(serviceWords({ service: 'pickup', table: null })).toBe('Pickup');
    expect(serviceWords({ service: 'dine_in', table: 'Table 2' })).toBe('Table 2');
  });

  it('counts its items', () => {
    expect([itemsWords(1), itemsWords(6)]).toEqual(['1 item', '6 items']);
  });

  it('says who closed it and why', () => {
    const by = (who: 'staff' | 'website', reason: 'too_busy' | 'other', text: string) => ({
      reason,
      text,
      by: who,
    });
    expect(
      closingWords({ sender: 'website', status: 'cancelled', closing: by('website', 'other', '') }),
    ).toMatch(/^Cancelled by the website\.?$/);
    expect(
      closingWords({
        sender: 'website',
        status: 'cancelled',
        closing: by('website', 'other', 'changed their mind'),
      }),
    ).toBe('Cancelled by the website: changed their mind');
    expect(closingWords({ sender: 'till', status: 'cancelled', closing: by('website', 'other', '') })).toBe(
      'Cancelled by the till.',
    );
    expect(
      closingWords({ sender: 'website', status: 'rejected', closing: by('staff', 'too_busy', '') }),
    ).toBe('Rejected: Too busy');
  });
});
