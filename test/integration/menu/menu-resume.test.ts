import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MenuStore } from '../../../main/menu/menu-store';
import { MenuSync } from '../../../main/menu/menu-sync';
import type { Patience } from '../../../main/pos/loyverse/patience';
import { PosUnreachable } from '../../../main/pos/provider';
import { connect, freeSeat } from '../../support/loyverse/account';
import { collectMenu, memoryLog } from '../../support/loyverse/fixtures';
import { type Interference, openLongMenu, refuse } from '../../support/menu/long-menu';
import { tempFolder } from '../../support/temp-folder';

const PAGES = 6;
const MINUTE = 60_000;

/** A till that is read with patience, by a connector that does not really wait. */
async function openTill(longestMs = 5 * MINUTE) {
  const till = await openLongMenu(PAGES);
  const waits: number[] = [];
  const pause: Patience['pause'] = async (ms) => void waits.push(ms);
  // The account's budget pauses, too, for real; here only the read's own patience is tried.
  const budget = { ...freeSeat(), complained: () => undefined };
  const { provider } = connect(till.url, { budget, patience: { longestMs, pause, random: () => 1 } });
  return { till, provider, waits };
}

/** Stands in the way of one page, a few times. */
function timesAt(page: number, times: number, stop: Interference): Interference {
  let left = times;
  return (asked, response) => {
    if (asked !== page || left === 0) return undefined;
    left -= 1;
    return stop(asked, response);
  };
}

const limited: Interference = (_, response) => refuse(response, 429, 'RATE_LIMITED');

describe('a till that falters in the middle of the menu', () => {
  it.each<[string, Interference]>([
    ['429', limited],
    ['500', (_, response) => refuse(response, 500, 'INTERNAL_ERROR')],
    [
      'a cut connection',
      (_, response) => {
        response.destroy();
        return 'answered';
      },
    ],
    [
      'half an answer',
      (_, response) => {
        response.end('{"items":[{"id":');
        return 'answered';
      },
    ],
  ])('with %s is asked for the same page again, later and later', async (_, stop) => {
    const { till, provider, waits } = await openTill();
    till.interfere = timesAt(3, 4, stop);
    const { menu } = await collectMenu(provider.readMenu());
    expect(menu.items.map(({ id }) => id)).toEqual(Array.from({ length: PAGES * 3 }, (_, n) => `item-${n}`));
    expect(till.pagesAsked().filter((page) => page !== 3)).toEqual([0, 1, 2, 4, 5]);
    // A kept connection that broke is tried once more without a wait.
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000].slice(0, waits.length));
  });

  it('is waited for as long as it asks', async () => {
    const { till, provider, waits } = await openTill();
    till.interfere = timesAt(1, 1, (_, response) =>
      refuse(response, 429, 'RATE_LIMITED', { 'retry-after': '90' }),
    );
    await collectMenu(provider.readMenu());
    expect(waits).toEqual([90_000]);
  });

  it('is given up in the end', async () => {
    const { till, provider, waits } = await openTill();
    till.interfere = timesAt(2, Number.POSITIVE_INFINITY, limited);
    await expect(collectMenu(provider.readMenu())).rejects.toBeInstanceOf(PosUnreachable);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(5 * MINUTE);
    expect(Math.max(...waits)).toBe(MINUTE);
  });

  it.each<[string, number, Interference]>([
    ['on the first page', 0, limited],
    ['for longer than anybody waits', 2, (_, r) => refuse(r, 429, 'RATE_LIMITED', { 'retry-after': '3600' })],
    ['with a token that was deleted', 2, (_, response) => refuse(response, 401, 'UNAUTHORIZED')],
  ])('%s is not waited for', async (_, page, stop) => {
    const { till, provider, waits } = await openTill();
    till.interfere = timesAt(page, 1, stop);
    await expect(collectMenu(provider.readMenu())).rejects.toBeInstanceOf(PosUnreachable);
    expect(waits).toEqual([]);
  });

  it('is left alone once nobody wants the menu any more', async () => {
    const till = await openLongMenu(PAGES);
    const stopping = new AbortController();
    const pause: Patience['pause'] = (_, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
        stopping.abort();
      });
    const { provider } = connect(till.url, { patience: { longestMs: MINUTE, pause, random: () => 1 } });
    till.interfere = timesAt(2, Number.POSITIVE_INFINITY, limited);
    const reading = collectMenu(provider.readMenu(undefined, { signal: stopping.signal }));
    await expect(reading).rejects.toBeInstanceOf(PosUnreachable);
    expect(till.pagesAsked()).toEqual([0, 1, 2]);
  });
});

/** A restaurant's app with its data folder; each call of `start` is a run of the app. */
async function openRestaurant() {
  const { till, provider } = await openTill(0);
  const folder = tempFolder();
  const clock = { now: Date.parse('2026-11-22T12:00:00-04:00') };
  const start = (source = 'ariapita') => {
    const store = new MenuStore({ folder, log: memoryLog() });
    const sync = new MenuSync({
      provider,
      store,
      log: memoryLog(),
      now: () => clock.now,
      timezone: 'America/Port_of_Spain',
      source,
    });
    onTestFinished(() => sync.stop());
    return { store, sync, items: () => store.current('loyverse')?.index.menu.items.length };
  };
  /** Reads until page 4 fails, and ends the app. @returns the file that is left. */
  const breakOff = async () => {
    till.interfere = timesAt(4, 1, limited);
    const { sync } = start();
    expect(await sync.catchUp()).toMatchObject({ syncedAt: null, trouble: { code: 'rate_limited' } });
    await sync.stop();
    return join(folder, 'menu-loyverse.jsonl.draft');
  };
  /** The pages that the next run of the app asks for until it has the menu. */
  const pagesOf = async ({ sync, items }: ReturnType<typeof start>) => {
    const before = till.pagesAsked().length;
    expect(await sync.catchUp()).toMatchObject({ items: PAGES * 3, trouble: null });
    expect(items()).toBe(PAGES * 3);
    return till.pagesAsked().slice(before);
  };
  return { till, folder, clock, start, breakOff, pagesOf };
}

describe('a full read that broke off', () => {
  it('is gone on with by the same run of the app, which then looks for what changed meanwhile', async () => {
    const { till, start, pagesOf } = await openRestaurant();
    till.interfere = timesAt(4, 1, limited);
    const app = start();
    await app.sync.catchUp();
    expect(await pagesOf(app)).toEqual([4, 5]);
    await app.sync.catchUp();
    const changes = till.requests.filter(({ url }) => url.searchParams.has('updated_at_min'));
    expect(changes[0]?.url.searchParams.has('cursor')).toBe(false);
  });

  it('is gone on with by the next run, and leaves one whole file', async () => {
    const { folder, start, breakOff, pagesOf } = await openRestaurant();
    await breakOff();
    const app = start();
    expect(await pagesOf(app)).toEqual([4, 5]);
    await app.sync.stop();
    expect(readdirSync(folder)).toEqual(['menu-loyverse.jsonl']);
    const { store } = start();
    expect((await store.load({ till: 'loyverse', source: 'ariapita' }))?.menu.items).toHaveLength(PAGES * 3);
  });

  it('is gone on with where the last line was cut off in the writing', async () => {
    const { start, breakOff, pagesOf } = await openRestaurant();
    appendFileSync(await breakOff(), '{"kind":"items","items":[{"id":"it');
    expect(await pagesOf(start())).toEqual([4, 5]);
  });

  it('begins anew when its cursor is not good any more', async () => {
    const { till, start, breakOff, pagesOf } = await openRestaurant();
    await breakOff();
    till.interfere = timesAt(4, 1, (_, response) => refuse(response, 400, 'INVALID_CURSOR'));
    expect(await pagesOf(start())).toEqual([4, 0, 1, 2, 3, 4, 5]);
  });

  it('begins anew after some minutes', async () => {
    const { clock, start, breakOff, pagesOf } = await openRestaurant();
    await breakOff();
    clock.now += 11 * MINUTE;
    expect(await pagesOf(start())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('begins anew when the clock was set back', async () => {
    const { clock, start, breakOff, pagesOf } = await openRestaurant();
    await breakOff();
    clock.now -= MINUTE;
    expect(await pagesOf(start())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('begins anew for another store', async () => {
    const { start, breakOff, pagesOf } = await openRestaurant();
    await breakOff();
    expect(await pagesOf(start('mucurapo'))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each<[string, (text: string) => string]>([
    ['damaged', (text) => text.replace('"price":300', '"price":"?"')],
    ['full of zeros', (text) => text.replace(/\n.*\n$/, `\n${'\0'.repeat(20)}\n`)],
    ['empty', () => ''],
    ['of another version', (text) => text.replace('"version":2', '"version":3')],
    ['not ours', (text) => text.replace(/\\"page\\"/g, '\\"pages\\"')],
  ])('begins anew when its file is %s', async (_, damage) => {
    const { start, breakOff, pagesOf } = await openRestaurant();
    const file = await breakOff();
    const before = readFileSync(file, 'utf8');
    expect(damage(before), before).not.toBe(before);
    writeFileSync(file, damage(before));
    expect(await pagesOf(start())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('begins anew when somebody asks for the whole menu: they have just changed it', async () => {
    const { till, start, breakOff } = await openRestaurant();
    await breakOff();
    const before = till.pagesAsked().length;
    expect(await start().sync.syncNow()).toMatchObject({ items: PAGES * 3 });
    expect(till.pagesAsked().slice(before)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('never shows the part that it has', async () => {
    const { till, start } = await openRestaurant();
    const { sync, items } = start();
    await sync.syncNow();
    const seen = new Set<number | undefined>();
    till.interfere = () => {
      seen.add(items());
      return undefined;
    };
    await sync.syncNow();
    expect([...seen]).toEqual([PAGES * 3]);
  });
});
