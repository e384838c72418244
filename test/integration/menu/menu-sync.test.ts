import { describe, expect, it, onTestFinished } from 'vitest';
import type { MenuChange, MenuCursor, MenuItem } from '../../../main/core/menu';
import { MenuStore } from '../../../main/menu/menu-store';
import { MenuSync, type MenuSyncOptions, type MenuSyncState } from '../../../main/menu/menu-sync';
import { PosUnreachable } from '../../../main/pos/provider';
import { memoryLog } from '../../support/loyverse/fixtures';
import { tempFolder } from '../../support/temp-folder';

const NOON = Date.parse('2026-11-22T12:00:00-04:00');
const CURSOR = 'cursor-1' as MenuCursor;

function item(id: string, name = id): MenuItem {
  return {
    id,
    name,
    category: '',
    categoryId: null,
    variants: [],
    modifierIds: [],
    taxIds: [],
    imageUrl: null,
  };
}

function items(...ids: string[]): MenuChange {
  return { kind: 'items', items: ids.map((id) => item(id)) };
}

const END: MenuChange = { kind: 'end', cursor: CURSOR };
const away = new PosUnreachable({ code: 'no_connection', words: 'Loyverse cannot be reached.' });

/** A till whose next reads are given one after the other; the last one is repeated. */
function setUp(reads: readonly (() => AsyncGenerator<MenuChange>)[], changes: Partial<MenuSyncOptions> = {}) {
  const log = memoryLog();
  const folder = tempFolder();
  const store = new MenuStore({ folder, log });
  const asked: (MenuCursor | undefined)[] = [];
  const provider = {
    name: 'loyverse',
    readMenu: (since?: MenuCursor) => {
      const read = reads[Math.min(asked.length, reads.length - 1)];
      asked.push(since);
      if (read === undefined) throw new Error('No read was given.');
      return read();
    },
  };
  const clock = { now: NOON };
  const sync = new MenuSync({
    provider,
    store,
    log,
    now: () => clock.now,
    timezone: 'America/Port_of_Spain',
    source: 'ariapita',
    intervalMs: 5,
    retryMs: 1,
    ...changes,
  });
  onTestFinished(() => sync.stop());
  const menu = () => store.current('loyverse')?.index.menu.items.map(({ name }) => name);
  return { sync, store, folder, asked, clock, menu, log };
}

async function* pages(...changes: MenuChange[]): AsyncGenerator<MenuChange> {
  yield* changes;
}

async function* failingAfter(...changes: MenuChange[]): AsyncGenerator<MenuChange> {
  yield* changes;
  throw away;
}

function next(sync: MenuSync, count = 1): Promise<MenuSyncState> {
  return new Promise((resolve) => {
    let left = count;
    const stop = sync.onChange((state) => {
      left -= 1;
      if (left > 0) return;
      stop();
      resolve(state);
    });
  });
}

describe('the menu in use', () => {
  it('is read in full at start, then by its changes', async () => {
    const { sync, asked, menu } = setUp([
      () => pages(items('a', 'b', 'c'), END),
      () =>
        pages(
          { kind: 'items', items: [item('b', 'B')] },
          { kind: 'removed', itemIds: ['a'] },
          { kind: 'end', cursor: 'cursor-2' as MenuCursor },
        ),
      () => pages(END),
    ]);
    sync.start();
    expect(await next(sync)).toEqual({ syncedAt: NOON, items: 3, trouble: null });
    expect(await next(sync, 2)).toMatchObject({ items: 2, trouble: null });
    expect(menu()).toEqual(['B', 'c']);
    expect(asked).toEqual([undefined, CURSOR, 'cursor-2']);
  });

  it('is never half of one: a read that breaks off changes nothing', async () => {
    const { sync, menu } = setUp([
      () => pages(items('a', 'b'), END),
      () => failingAfter({ kind: 'removed', itemIds: ['a'] }, items('c')),
      () => pages(items('c')),
    ]);
    await sync.syncNow();
    expect(await sync.syncNow()).toEqual({ syncedAt: NOON, items: 2, trouble: away.trouble });
    expect(menu()).toEqual(['a', 'b']);
    expect(await sync.syncNow()).toMatchObject({ items: 2, trouble: { code: 'menu_unreadable' } });
    expect(menu()).toEqual(['a', 'b']);
  });

  it('is not lost to an empty answer', async () => {
    const { sync, menu } = setUp([() => pages(items('a'), END), () => pages(END)]);
    await sync.syncNow();
    expect(await sync.syncNow()).toMatchObject({ items: 1, trouble: { code: 'menu_empty' } });
    expect(menu()).toEqual(['a']);
  });

  it('may be empty from the beginning', async () => {
    const { sync } = setUp([() => pages(END)]);
    expect(await sync.syncNow()).toEqual({ syncedAt: NOON, items: 0, trouble: null });
  });

  it('is rewritten only when something changed', async () => {
    const { sync, store, clock } = setUp([() => pages(items('a'), END), () => pages(items('a'), END)]);
    let announced = 0;
    store.onChange(() => {
      announced += 1;
    });
    sync.start();
    await next(sync);
    clock.now += 60_000;
    expect(await next(sync)).toMatchObject({ syncedAt: NOON + 60_000 });
    expect(announced).toBe(1);
  });
});

describe('after a failure', () => {
  it('the next read comes by itself, and the trouble is gone with it', async () => {
    const { sync, asked } = setUp([() => failingAfter(), () => failingAfter(), () => pages(items('a'), END)]);
    sync.start();
    expect(await next(sync, 2)).toEqual({ syncedAt: null, items: 0, trouble: away.trouble });
    expect(await next(sync)).toEqual({ syncedAt: NOON, items: 1, trouble: null });
    expect(asked).toEqual([undefined, undefined, undefined]);
  });

  it('the log has the reason', async () => {
    const { sync, log } = setUp([() => failingAfter()]);
    await sync.syncNow();
    expect(log.lines.join()).toContain('"event":"menu_sync_failed"');
    expect(log.lines.join()).toContain('no_connection');
  });
});

describe('reads', () => {
  it('are full again once a night has passed', async () => {
    const { sync, asked, clock } = setUp([() => pages(items('a'), END)]);
    sync.start();
    await next(sync, 2);
    clock.now += 24 * 3_600_000;
    await next(sync, 2);
    expect(asked.slice(0, 2)).toEqual([undefined, CURSOR]);
    expect(asked.slice(2)).toContain(undefined);
  });

  it('never overlap: asking twice at once is one read', async () => {
    let open = 0;
    let most = 0;
    const { sync, asked } = setUp([
      async function* () {
        open += 1;
        most = Math.max(most, open);
        await new Promise(setImmediate);
        yield items('a');
        yield END;
        open -= 1;
      },
    ]);
    await Promise.all([sync.syncNow(), sync.syncNow(), sync.syncNow()]);
    expect(asked).toEqual([undefined]);
    expect(most).toBe(1);
  });

  it('by hand are full, even when one of changes is under way', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { sync, asked } = setUp([
      () => pages(items('a'), END),
      async function* () {
        await held;
        yield END;
      },
      () => pages(items('a', 'b'), END),
    ]);
    sync.start();
    await next(sync);
    await expect.poll(() => asked.length).toBe(2);
    const byHand = sync.syncNow();
    release();
    expect(await byHand).toMatchObject({ items: 2 });
    expect(asked.slice(0, 3)).toEqual([undefined, CURSOR, undefined]);
  });

  it('that the till asks for come after the one under way, and are one however often it asks', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { sync, asked, menu } = setUp(
      [
        () => pages(items('a'), END),
        async function* () {
          await held;
          yield END;
        },
        () => pages(items('b'), END),
      ],
      { intervalMs: 60_000 },
    );
    await sync.syncNow();
    const first = sync.catchUp();
    await expect.poll(() => asked.length).toBe(2);
    const flood = Array.from({ length: 50 }, () => sync.catchUp());
    release();
    await Promise.all([first, ...flood]);
    expect(asked).toEqual([undefined, CURSOR, CURSOR]);
    expect(menu()).toEqual(['a', 'b']);
  });

  it('are on disk once a stop is done', async () => {
    const { sync, folder } = setUp([() => pages(items('a', 'b'), END)]);
    await sync.syncNow();
    await sync.stop();
    const again = new MenuStore({ folder, log: memoryLog() });
    expect((await again.load({ till: 'loyverse', source: 'ariapita' }))?.menu.items).toHaveLength(2);
  });

  it('end with a stop, and what comes after it is dropped', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { sync, asked, menu } = setUp([
      async function* () {
        yield items('a');
        await held;
        yield END;
      },
    ]);
    sync.start();
    await expect.poll(() => asked.length).toBe(1);
    const dropped = next(sync);
    sync.stop();
    release();
    await dropped;
    expect(menu()).toBeUndefined();
    sync.start();
    await next(sync);
    expect(menu()).toEqual(['a']);
  });
});
