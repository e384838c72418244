import { z } from 'zod';
import type { MenuChange, MenuCursor, MenuPlace } from '../../core/menu';
import type { Ms } from '../../core/order';
import type { MenuReadGoing } from '../provider';
import {
  changedTemplates,
  changesSince,
  digest,
  type MenuPosition,
  OVERLAP_MS,
  readCursor,
  writeCursor,
} from './menu-changes';
import { mapTaxes } from './menu-mapping';
import { type PageOptions, type ReadTerms, readPage, readTemplates } from './menu-pages';
import { readMenuPrices, readRules } from './menu-prices';
import { readMenuTables } from './menu-tables';
import type { Register, RegisterBook } from './register';

export interface MenuReadOptions extends PageOptions {
  readonly book: RegisterBook;
  readonly decimals: number;
  readonly now: () => Ms;
}

/** Changed dishes from which reading all is as quick. */
const MANY = 2_000;

/**
 * Reads the menu of a register: all of it in pages by id, or what changed since a cursor. When nothing changed that
 * takes two requests, and one more where the register has a price list; rows that were deleted for good are seen at the
 * next full read.
 */
export async function* readOdooMenu(
  options: MenuReadOptions,
  since?: MenuCursor,
  going: MenuReadGoing = {},
): AsyncGenerator<MenuChange> {
  const position = readCursor(since);
  if (position === undefined) yield* readAll(options, going);
  else yield* readChanges(options, position, going);
}

const placeSchema = z.object({ readAt: z.number(), seen: z.array(z.number()), after: z.number() });
type Place = z.output<typeof placeSchema>;

async function* readAll(options: MenuReadOptions, going: MenuReadGoing): AsyncGenerator<MenuChange> {
  const { link, book } = options;
  const place = readPlace(going.place);
  if (going.place !== undefined && place === undefined) yield { kind: 'restart' };
  if (place === undefined) book.forget();
  const register = await book.read();
  const readAt = place?.readAt ?? serverTime(options);
  const seen = place?.seen ?? (await changedTemplates(link, readAt - OVERLAP_MS));
  const { terms, cursor } = await readTerms(options, register, going, { readAt, seen });
  yield* smallParts(terms);

  let after = place?.after ?? 0;
  let next = readPage(options, terms, after, going);
  for (;;) {
    const page = await next;
    const isLast = page.lastId === null;
    // The next page is on its way while the variants of this one are, and while it is mapped.
    if (page.lastId !== null) next = readPage(options, terms, page.lastId, going);
    // Its failure is met where it is awaited.
    next.catch(() => undefined);
    yield { kind: 'items', items: await page.items() };
    if (isLast) break;
    after = page.lastId ?? after;
    yield { kind: 'checkpoint', place: JSON.stringify({ readAt, seen, after } satisfies Place) as MenuPlace };
  }
  yield { kind: 'end', cursor };
}

async function* readChanges(
  options: MenuReadOptions,
  position: MenuPosition,
  going: MenuReadGoing,
): AsyncGenerator<MenuChange> {
  const { link, book } = options;
  const register = await book.read();
  const [{ changed, window }, rules] = await Promise.all([
    changesSince(link, position),
    readRules(link, register),
  ]);
  // Nothing later than what those answers could see.
  const readAt = serverTime(options);
  const isSame = digest([soldBy(register), rules]) === position.terms;
  const isDue = position.nextPrices !== null && position.nextPrices <= options.now();
  if (!isSame || isDue || changed.length > MANY) {
    // Other prices, or another part of the menu, may be all of it.
    yield { kind: 'restart' };
    yield* replaceAll(options, going);
    return;
  }
  if (changed.length === 0) {
    yield { kind: 'end', cursor: writeCursor({ ...position, readAt, seen: [...window] }) };
    return;
  }
  // A tax may be what has changed, and sales are computed with it.
  book.forget();
  const { terms, cursor } = await readTerms(options, await book.read(), going, { readAt, seen: window });
  yield* smallParts(terms);
  const { rows, items } = await readTemplates(options, terms, [['id', 'in', changed]], going);
  const found = await items();
  const there = new Set(found.map(({ id }) => id));
  yield { kind: 'items', items: found };
  const gone = [...new Set([...changed, ...rows])].map(String).filter((id) => !there.has(id));
  if (gone.length > 0) yield { kind: 'removed', itemIds: gone };
  yield { kind: 'end', cursor };
}

/** All of the menu in place of the one that a read of changes began with. */
async function* replaceAll(options: MenuReadOptions, going: MenuReadGoing): AsyncGenerator<MenuChange> {
  yield* readAll(options, { ...going, place: undefined });
}

function readPlace(place: MenuPlace | undefined): Place | undefined {
  if (place === undefined) return undefined;
  try {
    const parsed = placeSchema.safeParse(JSON.parse(place));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Another version's, or damaged: the read begins anew.
    return undefined;
  }
}

/** By the server's clock, since its rows are dated by it. */
function serverTime({ link, now }: MenuReadOptions): Ms {
  return link.serverTime ?? now();
}

function soldBy({ row }: Register): unknown {
  const { company_id: company, limit_categories: isLimited, use_pricelist: hasList } = row;
  const categories = isLimited ? row.iface_available_categ_ids : null;
  return [company?.id ?? null, categories, hasList ? row.pricelist_id : null];
}

async function readTerms(
  { link, decimals, now }: MenuReadOptions,
  register: Register,
  { soldOut = [] }: MenuReadGoing,
  { readAt, seen }: { readonly readAt: Ms; readonly seen: readonly number[] },
): Promise<{ readonly terms: ReadTerms; readonly cursor: MenuCursor }> {
  const { row } = register;
  const limit = row.limit_categories ? row.iface_available_categ_ids : null;
  const [tables, prices] = await Promise.all([
    readMenuTables(link, decimals, limit),
    readMenuPrices(link, register, now()),
  ]);
  return {
    terms: { register, tables, decimals, price: prices.price, soldOut: new Set(soldOut) },
    cursor: writeCursor({
      readAt,
      seen: [...seen],
      terms: digest([soldBy(register), prices.rules ?? []]),
      nextPrices: prices.nextChange,
    }),
  };
}

function* smallParts({ tables, register }: ReadTerms): Generator<MenuChange> {
  yield { kind: 'categories', categories: tables.categories };
  yield { kind: 'modifiers', modifiers: tables.modifiers };
  yield { kind: 'taxes', taxes: mapTaxes(register.taxes) };
}
