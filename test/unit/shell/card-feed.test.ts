import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CardFeed } from '../../../main/shell/card-feed';
import { acceptedOrder } from '../../support/tickets/ticket-orders';
import { card } from '../renderer/examples';

const orders = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => acceptedOrder({ id: `web-${from + n}`, number: String(from + n) }));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What the screen was told, as numbers of cards. */
function openFeed() {
  const told: (readonly string[])[] = [];
  const feed = new CardFeed(
    (cards) => told.push(cards.map(({ number }) => number)),
    ({ document }) => card(document.number),
  );
  return { feed, told, counts: () => told.map((numbers) => numbers.length) };
}

describe('what the screen hears of changed orders', () => {
  it('is the first at once, and what follows on its heels together', () => {
    const { feed, counts } = openFeed();
    feed.tell(orders(1, 1));
    expect(counts()).toEqual([1]);
    feed.tell(orders(2, 1));
    feed.tell(orders(3, 1));
    expect(counts()).toEqual([1]);
    vi.advanceTimersByTime(25);
    expect(counts()).toEqual([1, 2]);
    vi.advanceTimersByTime(1_000);
    expect(counts()).toEqual([1, 2]);
    feed.tell(orders(4, 1));
    expect(counts()).toEqual([1, 2, 1]);
  });

  it('comes seldom while a flood lasts, each order once and as it is then', () => {
    const { feed, told, counts } = openFeed();
    feed.tell(orders(1, 1));
    for (let ms = 0; ms < 1_000; ms += 5) {
      feed.tell(orders(ms, 5));
      vi.advanceTimersByTime(5);
    }
    expect(counts().length).toBeLessThanOrEqual(6);
    vi.advanceTimersByTime(1_000);
    expect(new Set(told.flat()).size).toBe(1_000);
    // And at once again, when it is over.
    const before = counts().length;
    feed.tell(orders(5_000, 1));
    expect(counts().length).toBe(before + 1);
  });
});
