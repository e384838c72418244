import { open, readFile, rename, rm } from 'node:fs/promises';
import type { Menu, MenuCursor, MenuPlace } from '../core/menu';
import type { Ms } from '../core/order';
import { createTimeSlice } from '../pos/time-slice';
import { MenuDraft } from './menu-draft';
import { type End, type Head, headText, lineText, parseHead, parseLine } from './menu-lines';

/** A whole menu as it was read, with where the next read goes on. */
export interface StoredMenu {
  readonly menu: Menu;
  readonly cursor: MenuCursor;
  readonly syncedAt: Ms;
}

/** Items to a line: written or read in a millisecond or two, and between two lines the app can do other things. */
const CHUNK = 100;

/**
 * Writes the menu so that a crash leaves the old file or the new one, never half of one.
 * @throws when the disk does not take it; the old file is then still there.
 */
export async function writeMenuFile(
  path: string,
  source: string,
  { menu, cursor, syncedAt }: StoredMenu,
): Promise<void> {
  const { items, modifiers, taxes } = menu;
  const beside = `${path}.new`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(headText({ source, beganAt: syncedAt }));
      await file.writeFile(lineText({ kind: 'taxes', taxes }) + lineText({ kind: 'modifiers', modifiers }));
      for (let from = 0; from < items.length; from += CHUNK) {
        await file.writeFile(lineText({ kind: 'items', items: items.slice(from, from + CHUNK) }));
      }
      await file.writeFile(lineText({ kind: 'end', cursor, syncedAt, items: items.length }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** A read that was cut off, as far as it is on disk. */
interface StoredDraft {
  readonly draft: MenuDraft;
  readonly place: MenuPlace;
  readonly beganAt: Ms;
  /** Bytes up to the end of the last whole line: what comes after it was cut off in the writing. */
  readonly length: number;
}

export type MenuFile =
  | { readonly kind: 'read'; readonly stored: StoredMenu }
  | { readonly kind: 'draft'; readonly stored: StoredDraft }
  | { readonly kind: 'absent' }
  /** Damaged, cut off before its first checkpoint, another till's, or of another version. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a menu back, or half of one. Whatever is wrong with the file is an answer: the till has the menu, too. */
export async function readMenuFile(path: string, source: string): Promise<MenuFile> {
  try {
    const bytes = await readFile(path);
    const length = bytes.lastIndexOf('\n') + 1;
    const [first = '', ...rest] = bytes.toString('utf8', 0, Math.max(0, length - 1)).split('\n');
    const head = parseHead(first);
    return head.source === source ? await replay(head, rest, length) : unreadable('another till’s');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'absent' };
    return unreadable(error instanceof Error ? error.name : 'unknown');
  }
}

/** @throws when a line is none. */
async function replay({ beganAt }: Head, lines: readonly string[], length: number): Promise<MenuFile> {
  const draft = new MenuDraft();
  const otherWork = createTimeSlice();
  let place: MenuPlace | undefined;
  for (const text of lines) {
    const line = parseLine(text);
    if (line.kind === 'end') return wholeMenu(draft, line);
    if (line.kind === 'checkpoint') place = line.place;
    draft.apply(line);
    await otherWork();
  }
  if (place === undefined) return unreadable('no end');
  return { kind: 'draft', stored: { draft, place, beganAt, length } };
}

function wholeMenu(draft: MenuDraft, { cursor, syncedAt, items }: End): MenuFile {
  const menu = draft.finish();
  if (menu.items.length !== items) return unreadable(`${menu.items.length} of ${items} items`);
  return { kind: 'read', stored: { menu, cursor, syncedAt } };
}

function unreadable(why: string): MenuFile {
  return { kind: 'unreadable', why };
}
