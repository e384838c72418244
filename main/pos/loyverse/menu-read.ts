import type { Log } from '../../core/log';
import type { MenuChange, MenuCursor, MenuItem } from '../../core/menu';
import type { Ms } from '../../core/order';
import type { LoyverseClient } from './client';
import { parseRows, readList, readPages } from './lists';
import { mapItem, mapModifiers, mapTaxes, type StoreView } from './menu-mapping';
import { categorySchema, itemSchema, modifierSchema, taxSchema } from './schemas';

interface MenuReadOptions {
  readonly client: LoyverseClient;
  readonly storeId: string;
  readonly decimals: number;
  readonly log: Log;
  readonly logName: string;
}

/** Items stamped a little before the last read began may have become visible after it. */
const OVERLAP_MS = 120_000;

/**
 * Reads the menu: taxes, modifiers and categories in full each time (nothing tells that they changed), then the
 * items, all or since the cursor. A renamed category reaches unchanged items only with a full read.
 *
 * The cursor is the server's own clock when the read began, so that a wrong clock here loses nothing; from a
 * server that does not tell its time, the newest change seen.
 * @throws {PosUnreachable} when any page fails; what came before is then not a whole menu.
 */
export async function* readLoyverseMenu(
  options: MenuReadOptions,
  since?: MenuCursor,
): AsyncGenerator<MenuChange> {
  const { client, storeId, decimals } = options;
  const list = (path: string, key: string) => readList(client, { path, background: true }, key);
  const [taxes, modifiers, categories] = await Promise.all([
    list('/taxes', 'taxes'),
    list('/modifiers', 'modifiers'),
    list('/categories', 'categories'),
  ]);
  const read = rowReader(options);
  const names = read('categories', categories.rows, categorySchema).map((row) => [row.id, row.name] as const);
  const view: StoreView = { storeId, decimals, categories: new Map(names) };
  yield { kind: 'taxes', taxes: mapTaxes(read('taxes', taxes.rows, taxSchema), storeId) };
  yield {
    kind: 'modifiers',
    modifiers: mapModifiers(read('modifiers', modifiers.rows, modifierSchema), view),
  };

  let newest = since === undefined ? Number.NaN : Date.parse(since);
  const query = { path: '/items', params: itemFilter(since), background: true };
  for await (const page of readPages(client, query, 'items')) {
    const items: MenuItem[] = [];
    const removed: string[] = [];
    for (const row of read('items', page.rows, itemSchema)) {
      const item = mapItem(row, view);
      if (item === null) removed.push(row.id);
      else items.push(item);
      newest = later(newest, Date.parse(row.updated_at ?? ''));
    }
    if (items.length > 0) yield { kind: 'items', items };
    if (removed.length > 0) yield { kind: 'removed', itemIds: removed };
  }
  const began = [taxes, modifiers, categories].flatMap((answer) => answer.serverTime ?? []);
  yield { kind: 'end', cursor: cursorAt(began.length > 0 ? Math.min(...began) : newest) };
}

function itemFilter(since: MenuCursor | undefined): Record<string, string> {
  if (since === undefined) return {};
  const from = Date.parse(since) - OVERLAP_MS;
  // An empty cursor: the last read saw no time at all. Everything again, and what is gone with it.
  if (Number.isNaN(from)) return { show_deleted: 'true' };
  // Exactly this form: Loyverse refuses offsets and microseconds.
  return { updated_at_min: new Date(from).toISOString(), show_deleted: 'true' };
}

function later(one: Ms, other: Ms): Ms {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : Math.max(one, other);
}

function cursorAt(time: Ms): MenuCursor {
  return (Number.isNaN(time) ? '' : new Date(time).toISOString()) as MenuCursor;
}

/** One damaged row must not cost the whole menu: it is left out, and the log says how many were. */
function rowReader({ log, logName }: MenuReadOptions) {
  return <T>(list: string, rows: readonly unknown[], schema: Parameters<typeof parseRows<T>>[1]): T[] => {
    const { parsed, unreadable } = parseRows(rows, schema);
    if (unreadable > 0) log.warn('menu_rows_unreadable', { provider: logName, list, rows: unreadable });
    return parsed;
  };
}
