import { describe, expect, it } from 'vitest';
import type { TillView } from '../../../preload/contract';
import { type PadKey, padKey, typed, waitWords } from '../../../renderer/features/manager/pin-entry';
import { linkName } from '../../../renderer/features/orders/order-words';
import { byDay } from '../../../renderer/features/settings/audit-days';
import {
  inOrder,
  movedPriorities,
  nextShare,
  officeWords,
  ordinal,
  shareWords,
  sourcesWords,
} from '../../../renderer/features/settings/till-words';
import { ageWords, reminderDays, tokenWords } from '../../../renderer/features/settings/token-words';
import { NOW, TIMEZONE } from './examples';

const DAY_MS = 86_400_000;

describe('the number pad', () => {
  const press = (keys: readonly string[]): string =>
    keys
      .map(padKey)
      .filter((key): key is PadKey => key !== null)
      .reduce(typed, '');

  it('takes digits and a delete, from keys and keyboard, and nothing else', () => {
    expect(press(['4', '0', 'x', 'Tab', 'Backspace', '7', 'Enter', 'F1'])).toBe('47');
    expect(press(['Backspace', 'Delete'])).toBe('');
  });

  it('takes no ninth digit', () => {
    expect(press([...'1234567890'])).toBe('12345678');
  });

  it('says how long to wait, and nothing when it is over', () => {
    const words = (ms: number): string | null => waitWords(NOW + ms, NOW);
    expect([30_000, 60_000, 61_000, 899_001].map(words)).toEqual([
      '30 seconds',
      '1 minute',
      '1 minute 1 second',
      '15 minutes',
    ]);
    expect(words(1)).toBe('1 second');
    expect([words(0), words(-1), waitWords(null, NOW)]).toEqual([null, null, null]);
  });
});

describe('a token', () => {
  it('is old in the words of people', () => {
    expect([0, 1, 13, 14, 59, 91, 729, 731].map((days) => ageWords(NOW - days * DAY_MS, NOW))).toEqual([
      'entered today',
      'entered yesterday',
      'entered 13 days ago',
      'entered 2 weeks ago',
      'entered 8 weeks ago',
      'entered 2 months ago',
      'entered 23 months ago',
      'entered 2 years ago',
    ]);
    expect(ageWords(NOW + DAY_MS, NOW), 'a clock that was set back').toBe('entered today');
  });

  it('shows its end where there is one to show', () => {
    expect(tokenWords({ required: true, present: false, lastFour: null, enteredAt: null }, NOW)).toBe(
      'Missing',
    );
    expect(tokenWords({ required: true, present: true, lastFour: '4f2a', enteredAt: NOW }, NOW)).toBe(
      'ends in 4f2a · entered today',
    );
    expect(tokenWords({ required: true, present: true, lastFour: null, enteredAt: null }, NOW)).toBe(
      'in the keychain',
    );
  });

  it('offers the reminder that counts among the usual ones', () => {
    expect(reminderDays(90)).toEqual([30, 60, 90, 180, 365]);
    expect(reminderDays(45)).toEqual([30, 45, 60, 90, 180, 365]);
  });
});

describe('the tills', () => {
  const till = (key: string, priority: number): TillView => ({
    key,
    name: key,
    provider: 'loyverse',
    enabled: true,
    autoProcessOrders: true,
    syncMenu: true,
    fallbackToWhatsapp: true,
    priority,
    share: null,
    orderSources: [],
    changed: [],
  });

  it('change places with a neighbour, and only what is different is sent', () => {
    const tills = [till('b', 2), till('a', 1), till('c', 3)];
    expect(inOrder(tills).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(movedPriorities(tills, 'c', -1)).toEqual([
      { till: 'c', value: 2 },
      { till: 'b', value: 3 },
    ]);
    expect(movedPriorities(tills, 'a', -1)).toEqual([]);
    expect(movedPriorities(tills, 'c', 1)).toEqual([]);
    expect(movedPriorities(tills, 'gone', 1)).toEqual([]);
  });

  it('can be moved even when their numbers are equal', () => {
    const moved = movedPriorities([till('a', 0), till('b', 0)], 'b', -1);
    expect(moved).toEqual([
      { till: 'b', value: 1 },
      { till: 'a', value: 2 },
    ]);
  });

  it('take a larger or smaller share in full tens, from nothing to all', () => {
    expect([nextShare(null, 1), nextShare(30, 1), nextShare(33, 1), nextShare(100, 1)]).toEqual([
      10, 40, 40, 100,
    ]);
    expect([nextShare(30, -1), nextShare(33, -1), nextShare(0, -1)]).toEqual([20, 30, 0]);
    expect([shareWords(null), shareWords(30)]).toEqual(['by order', '30 %']);
  });

  it('say whose orders come from them too', () => {
    const words = (...orderSources: string[]) => sourcesWords({ orderSources });
    expect(words()).toBeNull();
    expect(words('GloriaFood')).toBe('Orders from GloriaFood in the till are shown here too.');
    expect(words('A', 'B', 'C')).toBe('Orders from A, B and C in the till are shown here too.');
  });

  it('say what was changed here and what head office says', () => {
    const changed = { changed: [{ setting: 'syncMenu' as const, officeWords: 'off' }] };
    expect(officeWords(changed, 'syncMenu')).toEqual({
      words: 'changed here – head office says: off',
      changed: true,
    });
    expect(officeWords(changed, 'enabled')).toEqual({ words: 'as head office says', changed: false });
  });

  it('have a turn that is counted as people count', () => {
    expect([1, 2, 3, 4, 11, 21].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '21st']);
  });
});

describe('the changes', () => {
  it('stand under the day of the store, in their order', () => {
    const lateEvening = Date.parse('2026-11-22T23:30:00-04:00');
    const lines = [
      { at: lateEvening + 3_600_000, words: 'c' },
      { at: lateEvening, words: 'b' },
      { at: NOW, words: 'a' },
    ];
    const days = byDay(lines, TIMEZONE);
    expect(days.map((day) => day.lines.map(({ words }) => words))).toEqual([['c'], ['b', 'a']]);
    expect(days[0]?.day).toContain('Monday');
  });
});

it('calls a delivery service by a name', () => {
  expect([linkName('fooddrop'), linkName('food_drop')]).toEqual(['Fooddrop', 'Food drop']);
});
