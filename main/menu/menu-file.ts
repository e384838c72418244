import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Menu, MenuCursor } from '../core/menu';
import type { Ms } from '../core/order';

/** A whole menu as it was read, with where the next read goes on. */
export interface StoredMenu {
  readonly menu: Menu;
  readonly cursor: MenuCursor;
  readonly syncedAt: Ms;
}

/** Raised when the form changes; an older file is then read anew from the till. */
const VERSION = 1;

const itemSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  variants: z.array(
    z.object({
      id: z.string(),
      sku: z.string(),
      label: z.string(),
      price: z.int().nullable(),
      available: z.boolean(),
    }),
  ),
  modifierIds: z.array(z.string()),
  taxIds: z.array(z.string()),
  imageUrl: z.string().nullable(),
});

const headSchema = z.object({
  version: z.literal(VERSION),
  cursor: z.string(),
  syncedAt: z.number(),
  items: z.int(),
  taxes: z.array(
    z.object({ id: z.string(), name: z.string(), kind: z.enum(['included', 'added']), rate: z.number() }),
  ),
  modifiers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      options: z.array(z.object({ id: z.string(), name: z.string(), price: z.int() })),
    }),
  ),
});

const chunkSchema = z.array(itemSchema);

/**
 * Items to a line. One line is written or read in a few milliseconds, and between two the app can do other things:
 * 5,000 items in one piece would hold up the screen.
 */
const CHUNK = 250;

/**
 * Writes the menu so that a crash leaves the old file or the new one, never half of one.
 * The form: a line of JSON with everything but the items, then lines of items.
 * @throws when the disk does not take it; the old file is then still there.
 */
export async function writeMenuFile(path: string, { menu, cursor, syncedAt }: StoredMenu): Promise<void> {
  const { items, modifiers, taxes } = menu;
  const head: z.input<typeof headSchema> = {
    version: VERSION,
    cursor,
    syncedAt,
    items: items.length,
    taxes: [...taxes],
    modifiers: modifiers.map((modifier) => ({ ...modifier, options: [...modifier.options] })),
  };
  const beside = `${path}.new`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(head)}\n`);
      for (let from = 0; from < items.length; from += CHUNK) {
        await file.writeFile(`${JSON.stringify(items.slice(from, from + CHUNK))}\n`);
      }
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

export type MenuFile =
  | { readonly kind: 'read'; readonly stored: StoredMenu }
  | { readonly kind: 'absent' }
  /** Damaged, cut off, or of another version. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a menu back. Whatever is wrong with the file is an answer: the till has the menu, too. */
export async function readMenuFile(path: string): Promise<MenuFile> {
  try {
    const [first = '', ...rest] = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const {
      version: _,
      cursor,
      syncedAt,
      items: count,
      taxes,
      modifiers,
    } = headSchema.parse(JSON.parse(first));
    const items: z.output<typeof chunkSchema> = [];
    for (const line of rest) {
      items.push(...chunkSchema.parse(JSON.parse(line)));
      await new Promise(setImmediate);
    }
    if (items.length !== count) return { kind: 'unreadable', why: `${items.length} of ${count} items` };
    const menu = { items, taxes, modifiers };
    return { kind: 'read', stored: { menu, cursor: cursor as MenuCursor, syncedAt } };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'absent' };
    return { kind: 'unreadable', why: error instanceof Error ? error.name : 'unknown' };
  }
}
