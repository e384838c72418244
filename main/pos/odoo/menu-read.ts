import { z } from 'zod';
import type { Log } from '../../core/log';
import type { MenuChange, MenuCursor, MenuItem, MenuPlace } from '../../core/menu';
import type { Ms } from '../../core/order';
import type { MenuReadGoing } from '../provider';
import { createTimeSlice } from '../time-slice';
import type { OdooLink } from './link';
import {
  changedTemplates,
  changesSince,
  digest,
  type MenuPosition,
  OVERLAP_MS,
  readCursor,
  writeCursor,
} from './menu-changes';
import { type MenuTerms, mapTaxes, mapTemplate } from './menu-mapping';
import { readMenuPrices, readRules } from './menu-prices';
import { templateSchema, type VariantRow, variantSchema } from './menu-rows';
import { readMenuTables } from './menu-tables';
import type { Register, RegisterBook } from './register';
import { fieldsOf } from './schemas';

export interface MenuReadOptions {
  readonly link: OdooLink;
  readonly book: RegisterBook;
  readonly decimals: number;
  readonly log: Log;
  readonly logName: string;
  readonly now: () => Ms;
}

/** Dishes to a page: the contract's measurements show no gain above it. */
const PAGE = 500;
/** Rows that are mapped in one go: about a millisecond. */
const ROWS = 50;
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
    // The next page is on its way while this one is mapped.
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
): Promise<{ readonly terms: MenuTerms; readonly cursor: MenuCursor }> {
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

function* smallParts({ tables, register }: MenuTerms): Generator<MenuChange> {
  yield { kind: 'categories', categories: tables.categories };
  yield { kind: 'modifiers', modifiers: tables.modifiers };
  yield { kind: 'taxes', taxes: mapTaxes(register.taxes) };
}

interface TemplatePage {
  /** Of all rows, also those that the register does not sell. */
  readonly rows: readonly number[];
  readonly items: () => Promise<MenuItem[]>;
}

async function readPage(
  options: MenuReadOptions,
  terms: MenuTerms,
  after: number,
  going: MenuReadGoing,
): Promise<TemplatePage & { readonly lastId: number | null }> {
  const { register, soldOut } = terms;
  const hidden = [...soldOut].map(Number);
  const inPos =
    hidden.length === 0
      ? [['available_in_pos', '=', true]]
      : ['|', ['available_in_pos', '=', true], ['id', 'in', hidden]];
  const domain = [
    ['id', '>', after],
    ['sale_ok', '=', true],
    ['company_id', 'in', [false, register.company.id]],
    ...inPos,
  ];
  const page = await readTemplates(options, terms, domain, going, PAGE);
  return { ...page, lastId: page.rows.length < PAGE ? null : (page.rows.at(-1) ?? null) };
}

/** @throws {PosUnreachable} */
async function readTemplates(
  { link, log, logName }: MenuReadOptions,
  terms: MenuTerms,
  domain: readonly unknown[],
  { signal }: MenuReadGoing,
  limit?: number,
): Promise<TemplatePage> {
  const waiting = { timeoutMs: link.timeouts.menuMs, signal };
  const rows = await link.searchRead(
    'product.template',
    {
      domain: limit === undefined ? [...domain, ['active', 'in', [true, false]]] : domain,
      fields: await link.known('product.template', fieldsOf(templateSchema)),
      order: 'id',
      load: '',
      ...(limit === undefined ? {} : { limit }),
    },
    z.looseObject({ id: z.number() }),
    waiting,
  );
  const ids = rows.map(({ id }) => id);
  const variants = await link.searchRead(
    'product.product',
    {
      domain: [['product_tmpl_id', 'in', ids]],
      fields: fieldsOf(variantSchema),
      order: 'id',
      load: '',
    },
    z.looseObject({ id: z.number() }),
    waiting,
  );
  return { rows: ids, items: () => mapRows(rows, variants, terms, { log, logName }) };
}

/** In small steps, so that orders and the screen get their turn. A row that cannot be read costs only itself. */
async function mapRows(
  rows: readonly unknown[],
  variantRows: readonly unknown[],
  terms: MenuTerms,
  { log, logName }: Pick<MenuReadOptions, 'log' | 'logName'>,
): Promise<MenuItem[]> {
  const otherWork = createTimeSlice();
  let broken = 0;
  const byTemplate = new Map<number, VariantRow[]>();
  for (const [place, row] of variantRows.entries()) {
    if (place % ROWS === ROWS - 1) await otherWork();
    const variant = variantSchema.safeParse(row);
    if (!variant.success) broken += 1;
    else {
      const id = variant.data.product_tmpl_id ?? 0;
      byTemplate.set(id, [...(byTemplate.get(id) ?? []), variant.data]);
    }
  }
  const items: MenuItem[] = [];
  for (const [place, row] of rows.entries()) {
    if (place % ROWS === ROWS - 1) await otherWork();
    const template = templateSchema.safeParse(row);
    if (!template.success) broken += 1;
    else {
      const item = mapTemplate(template.data, byTemplate.get(template.data.id) ?? [], terms);
      if (item !== undefined) items.push(item);
    }
  }
  if (broken > 0) log.warn('menu_rows_unreadable', { provider: logName, rows: broken });
  return items;
}
