import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { indexMenu, type Menu, type MenuCursor } from '../../../main/core/menu';
import { MenuStore } from '../../../main/menu/menu-store';
import { ARIAPITA, memoryLog, recordedMenu } from '../../support/loyverse/fixtures';
import { tempFolder } from '../../support/temp-folder';

const { menu } = recordedMenu(ARIAPITA);
const OWNER = { till: 'loyverse', source: 'ariapita' };
const ELSEWHERE = { ...OWNER, till: '../../etc' };
const CURSOR = '2026-06-18T19:00:00.000Z' as MenuCursor;

/** Many items, in more than one piece of the file. */
function large(count: number): Menu {
  const [model] = menu.items;
  if (model === undefined) throw new Error('The recorded menu is empty.');
  const items = Array.from({ length: count }, (_, index) => ({
    ...model,
    id: `i-${index}`,
    name: `Dish\n${index}`,
  }));
  return { ...menu, items };
}

/** What a read of so many items brings. */
function read(count: number, syncedAt: number) {
  return { index: indexMenu(large(count)), cursor: CURSOR, syncedAt };
}

function storeIn(folder: string) {
  const log = memoryLog();
  return { store: new MenuStore({ folder, log }), log };
}

describe('a stored menu', () => {
  it('comes back after a start, whole', async () => {
    const folder = join(tempFolder(), 'not', 'there', 'yet');
    await storeIn(folder).store.replace(OWNER, read(600, 17));
    const { store } = storeIn(folder);
    const index = await store.load(OWNER);
    expect(index?.menu).toEqual(large(600));
    expect(index?.variant({ variant_id: null, sku: '10001' })?.item.id).toBe('i-0');
    expect(store.current('loyverse')).toMatchObject({ cursor: CURSOR, syncedAt: 17 });
  });

  it('is each till’s own, whatever its key', async () => {
    const folder = tempFolder();
    const { store } = storeIn(folder);
    await store.replace(ELSEWHERE, read(1, 1));
    await store.replace(OWNER, read(2, 2));
    expect(readdirSync(folder).sort()).toEqual(['menu-..%2F..%2Fetc.jsonl', 'menu-loyverse.jsonl']);
    expect((await storeIn(folder).store.load(ELSEWHERE))?.menu.items).toHaveLength(1);
  });

  it('that was never stored is absent, without a word', async () => {
    const { store, log } = storeIn(tempFolder());
    expect(await store.load(OWNER)).toBeUndefined();
    expect(store.current('loyverse')).toBeUndefined();
    expect(log.lines).toEqual([]);
  });

  it.each<[string, (file: string) => void]>([
    ['cut off in the middle', (file) => truncateSync(file, readFileSync(file).length - 40)],
    ['cut off between two pieces', (file) => cutLastLine(file)],
    ['empty', (file) => writeFileSync(file, '')],
    ['not JSON', (file) => writeFileSync(file, '<html>')],
    ['of another version', (file) => editFile(file, '"version":2', '"version":1')],
    ['damaged in a price', (file) => editFile(file, '"price":5500', '"price":"?"')],
  ])('that is %s counts as absent, and the log says so', async (_, damage) => {
    const folder = tempFolder();
    await storeIn(folder).store.replace(OWNER, read(300, 1));
    damage(join(folder, 'menu-loyverse.jsonl'));
    const { store, log } = storeIn(folder);
    expect(await store.load(OWNER)).toBeUndefined();
    expect(log.lines.join()).toContain('menu_file_unreadable');
  });

  it('never takes the place of a newer one', async () => {
    const folder = tempFolder();
    await storeIn(folder).store.replace(OWNER, read(1, 1));
    const { store } = storeIn(folder);
    const loading = store.load(OWNER);
    const replacing = store.replace(OWNER, read(2, 2));
    expect((await loading)?.menu.items).toHaveLength(2);
    await replacing;
  });
});

describe('a new menu', () => {
  it('is there at once and announced, before the disk has it', async () => {
    const { store } = storeIn(tempFolder());
    const seen: number[] = [];
    const stop = store.onChange((key) => seen.push(store.current(key)?.index.menu.items.length ?? -1));
    const written = store.replace(OWNER, read(3, 1));
    expect(store.current('loyverse')?.index.menu.items).toHaveLength(3);
    expect(seen).toEqual([3]);
    await written;
    stop();
    await store.replace(OWNER, read(4, 2));
    expect(seen).toEqual([3]);
  });

  it('is the last one on disk, however many come at once, and leaves nothing beside it', async () => {
    const folder = tempFolder();
    const { store } = storeIn(folder);
    await Promise.all([1, 2, 3, 4].map((count) => store.replace(OWNER, read(count, count))));
    expect(readdirSync(folder)).toEqual(['menu-loyverse.jsonl']);
    expect((await storeIn(folder).store.load(OWNER))?.menu.items).toHaveLength(4);
  });

  it('is used even when the disk does not take it', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'menu-loyverse.jsonl'));
    const { store, log } = storeIn(folder);
    await store.replace(OWNER, read(3, 1));
    expect(store.current('loyverse')?.index.menu.items).toHaveLength(3);
    expect(log.lines.join()).toContain('menu_file_not_written');
    expect(readdirSync(folder)).toEqual(['menu-loyverse.jsonl']);
  });

  it('that is still the same only moves the time', async () => {
    const folder = tempFolder();
    const { store } = storeIn(folder);
    await store.replace(OWNER, read(1, 1));
    const before = readFileSync(join(folder, 'menu-loyverse.jsonl'), 'utf8');
    const seen: string[] = [];
    store.onChange((key) => seen.push(key));
    store.confirm('loyverse', 'later' as MenuCursor, 2);
    expect(store.current('loyverse')).toMatchObject({ cursor: 'later', syncedAt: 2 });
    expect(readFileSync(join(folder, 'menu-loyverse.jsonl'), 'utf8')).toBe(before);
    expect(seen).toEqual([]);
  });
});

function cutLastLine(file: string): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${lines.slice(0, -1).join('\n')}\n`);
}

function editFile(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`The file has no ${from}.`);
  writeFileSync(file, text.replace(from, to));
}
