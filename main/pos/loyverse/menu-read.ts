import type { Log } from '../../core/log';
import type { Category, MenuChange, MenuCursor, MenuItem } from '../../core/menu';
import type { Ms } from '../../core/order';
import { type MenuReadGoing, PosUnreachable } from '../provider';
import { createTimeSlice } from '../time-slice';
import type { LoyverseClient } from './client';
import { parseRows, readList, readPages } from './lists';
import { mapItem, mapModifiers, mapTaxes, type StoreView } from './menu-mapping';
import { type ReadPlace, readPlace, writePlace } from './menu-place';
import type { Patience } from './patience';
import { categorySchema, itemSchema, modifierSchema, taxSchema } from './schemas';

interface MenuReadOptions {
  readonly client: LoyverseClient;
  readonly storeId: string;
  readonly decimals: number;
  readonly log: Log;
  readonly logName: string;
  readonly patience: Patience;
}

/** Items stamped a little before the last read began may have become visible after it. */
const OVERLAP_MS = 120_000;
/** Rows that are checked and mapped in one go: about a millisecond. */
const ROWS = 25;

/**
 * Reads the menu: taxes, modifiers and categories in full each time (nothing tells that they changed), then the
 * items, all or since the cursor. A page that fails in the middle is asked for again for some minutes; whoever has
 * what came before it can also come back later with the last checkpoint.
 *
 * The cursor is the server's own clock when the read began, so that a wrong clock here loses nothing; from a
 * server that does not tell its time, the newest change seen.
 * @throws {PosUnreachable} when any page fails; what came before is then not a whole menu.
 */
export async function* readLoyverseMenu(
  options: MenuReadOptions,
  since?: MenuCursor,
  { place, signal }: MenuReadGoing = {},
): AsyncGenerator<MenuChange> {
  const { begin, view, began } = await readUnfiltered(options, signal);
  const start: ReadPlace = { page: '', since: since ?? null, began, newest: timeOf(since) };
  let from = place === undefined ? start : (readPlace(place, since) ?? start);
  if (place !== undefined && from === start) yield { kind: 'restart' };
  yield* begin;
  for (let mayRestart = true; ; mayRestart = false) {
    let paged = from.page !== '';
    try {
      for await (const change of readItems(options, view, from, signal)) {
        paged ||= change.kind === 'checkpoint';
        yield change;
      }
      return;
    } catch (error) {
      if (!mayRestart || !paged || !isCursorRefused(error)) throw error;
      options.log.info('menu_read_again', { provider: options.logName });
      yield { kind: 'restart' };
      yield* begin;
      from = start;
    }
  }
}

/** The lists that know no filter by time, side by side. */
async function readUnfiltered(options: MenuReadOptions, signal: AbortSignal | undefined) {
  const { client, storeId, decimals } = options;
  const list = (path: string, key: string) =>
    readList(client, { path, use: 'menu', ...(signal && { signal }) }, key);
  const [taxes, modifiers, categories] = await Promise.all([
    list('/taxes', 'taxes'),
    list('/modifiers', 'modifiers'),
    list('/categories', 'categories'),
  ]);
  const read = rowReader(options);
  const names: Category[] = read('categories', categories.rows, categorySchema);
  const view: StoreView = {
    storeId,
    decimals,
    categories: new Map(names.map(({ id, name }) => [id, name] as const)),
  };
  const begin: MenuChange[] = [
    { kind: 'categories', categories: names },
    { kind: 'taxes', taxes: mapTaxes(read('taxes', taxes.rows, taxSchema), storeId) },
    {
      kind: 'modifiers',
      modifiers: mapModifiers(read('modifiers', modifiers.rows, modifierSchema), view),
    },
  ];
  const times = [taxes, modifiers, categories].flatMap((answer) => answer.serverTime ?? []);
  return { begin, view, began: times.length > 0 ? Math.min(...times) : null };
}

/** The items' pages in small pieces, a checkpoint behind each page, and the end. */
async function* readItems(
  options: MenuReadOptions,
  view: StoreView,
  from: ReadPlace,
  signal: AbortSignal | undefined,
): AsyncGenerator<MenuChange> {
  const { client, log, logName, patience } = options;
  const read = rowReader(options);
  const otherWork = createTimeSlice();
  let { newest } = from;
  const query = {
    path: '/items',
    params: itemFilter(from.since),
    use: 'menu' as const,
    ...(signal && { signal }),
  };
  const pages = readPages(client, query, 'items', {
    from: from.page === '' ? null : from.page,
    patience,
    onWait: ({ ms, code }) => log.info('menu_read_waits', { provider: logName, code, wait_ms: ms }),
  });
  for await (const page of pages) {
    const { rows } = page;
    while (rows.length > 0) {
      const items: MenuItem[] = [];
      const removed: string[] = [];
      for (const item of read('items', rows.splice(0, ROWS), itemSchema)) {
        const mapped = mapItem(item, view);
        if (mapped === null) removed.push(item.id);
        else items.push(mapped);
        newest = later(newest, timeOf(item.updated_at));
      }
      if (items.length > 0) yield { kind: 'items', items };
      if (removed.length > 0) yield { kind: 'removed', itemIds: removed };
      await otherWork();
    }
    if (page.cursor !== null) {
      yield { kind: 'checkpoint', place: writePlace({ ...from, page: page.cursor, newest }) };
    }
  }
  yield { kind: 'end', cursor: cursorAt(from.began ?? newest) };
}

/** Loyverse forgets a cursor, or does not know it: then it refuses the request as a whole. */
function isCursorRefused(error: unknown): boolean {
  return error instanceof PosUnreachable && ['http_400', 'http_404'].includes(error.trouble.code);
}

function itemFilter(since: string | null): Record<string, string> {
  if (since === null) return {};
  const from = timeOf(since);
  // An empty cursor: the last read saw no time at all. Everything again, and what is gone with it.
  if (from === null) return { show_deleted: 'true' };
  // Exactly this form: Loyverse refuses offsets and microseconds.
  return { updated_at_min: new Date(from - OVERLAP_MS).toISOString(), show_deleted: 'true' };
}

function timeOf(text: string | null | undefined): Ms | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}

function later(one: Ms | null, other: Ms | null): Ms | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function cursorAt(time: Ms | null): MenuCursor {
  return (time === null ? '' : new Date(time).toISOString()) as MenuCursor;
}

/** One damaged row must not cost the whole menu: it is left out, and the log says how many were. */
function rowReader({ log, logName }: MenuReadOptions) {
  return <T>(list: string, rows: readonly unknown[], schema: Parameters<typeof parseRows<T>>[1]): T[] => {
    const { parsed, unreadable } = parseRows(rows, schema);
    if (unreadable > 0) log.warn('menu_rows_unreadable', { provider: logName, list, rows: unreadable });
    return parsed;
  };
}
