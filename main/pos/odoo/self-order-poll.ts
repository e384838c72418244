import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { type NewsPace, type OrderCursor, type OrderPage, type PosOrder, PosUnreachable } from '../provider';
import type { OdooLink } from './link';
import type { RegisterBook } from './register';
import { chargeOf } from './self-order-charge';
import { readPlace, type SelfOrderPlace, writePlace } from './self-order-cursor';
import { type SelfOrderTerms, selfOrderDocument } from './self-order-document';
import { withoutDoubles } from './self-order-doubles';
import { odooTime, readLines, readNames, readSelfOrders, type SelfOrderSource } from './self-order-read';
import type { SelfOrderLine, SelfOrderRow } from './self-order-rows';

export interface SelfOrderPollOptions extends SelfOrderTerms {
  readonly link: OdooLink;
  readonly book: Pick<RegisterBook, 'read' | 'forget'>;
  readonly log: Log;
  readonly logName: string;
  readonly now: () => Ms;
}

/**
 * Odoo counts no requests. Its webhooks come seven times and more for one order, before 19 all of them before the order
 * can be read (contract, section 8): one read soon, and one a few seconds after the last call.
 */
export const ODOO_NEWS_PACE: NewsPace = { pollMs: 12_000, readsAfterMs: [1_000, 6_000] };

const HOUR: Ms = 60 * 60_000;
/** Without a cursor: what came before belongs to a service that is over. */
const FIRST_LOOK = 4 * HOUR;
/**
 * How far each poll looks back behind the newest row: a row is dated when its transaction began, and can be read only
 * once that has ended (contract, section 3).
 */
const OVERLAP: Ms = 5 * 60_000;
const PAGE = 80;
const MOST_TOLD = 1_000;

/**
 * Orders that guests make at a QR code or a kiosk of Odoo: read again by `write_date`, since Odoo has no list of what
 * is new. 18 and 19 compare times differently, but `>=` with an overlap misses nothing in either.
 * @returns the port's `pollOrders`; what has not changed since the last look may come again
 */
export function createSelfOrderPoll(
  options: SelfOrderPollOptions,
): (cursor?: OrderCursor) => Promise<OrderPage> {
  const tell = createTeller(options);
  return async (cursor) => {
    try {
      return await readPage(options, readPlace(cursor, options.now()), tell);
    } catch (error) {
      // A server that was upgraded meanwhile, or that lost a module, has other fields: they are asked for anew.
      if (error instanceof PosUnreachable && VOID.has(error.trouble.code)) {
        options.link.forget();
        options.book.forget();
      }
      throw error;
    }
  };
}

/** What a server says to calls that fit another version or other modules. */
const VOID: ReadonlySet<string> = new Set(['server', 'refused', 'not_odoo', 'database', 'unreadable']);

type Tell = (what: string, id: string, because: string) => void;

async function readPage(
  options: SelfOrderPollOptions,
  known: SelfOrderPlace | null,
  tell: Tell,
): Promise<OrderPage> {
  const now = options.now();
  const { since, at, walk } = known ?? { since: now - FIRST_LOOK, at: now - FIRST_LOOK, walk: null };
  const register = await options.book.read();
  const source: SelfOrderSource = { link: options.link, register, onUnreadable: tell };

  const made = ['create_date', '>=', odooTime(since)];
  const changed = ['write_date', '>=', odooTime(at - OVERLAP)];
  const behind = walk === null ? [] : [['id', '>', walk.after]];
  const page = await readSelfOrders(source, [made, changed, ...behind], PAGE);
  const orders = await ordersOf(source, page.rows, options, tell);

  // A clock that was ahead on the server for a while must not make us pass over what it dates rightly again.
  const newest = Math.max(walk?.top ?? at, ...page.rows.map(({ write_date }) => write_date));
  const place: SelfOrderPlace = page.isFull
    ? { since, at, walk: { after: page.lastId, top: newest, begunAt: walk?.begunAt ?? now } }
    : { since, at: Math.max(at, Math.min(newest, now)), walk: null };
  return { orders, cursor: writePlace(place), more: page.isFull };
}

async function ordersOf(
  source: SelfOrderSource,
  found: readonly SelfOrderRow[],
  terms: SelfOrderTerms,
  tell: Tell,
): Promise<PosOrder[]> {
  const single = await withoutDoubles(source, found);
  const { rows, lines } = await settledLines(
    source,
    single.map(({ row }) => row),
  );
  const names = await readNames(source, rows, [...lines.values()].flat());
  return single.flatMap(({ row: { id }, doubles }) => {
    const row = rows.find((settled) => settled.id === id);
    const own = lines.get(id) ?? [];
    if (row === undefined || isNoOrder(row, own)) return [];
    const charge = chargeOf(row, own, source.register);
    const order = { row, charge, names, presets: source.register.presets, doubles };
    const made = selfOrderDocument(order, terms);
    if (!('because' in made)) return [made];
    tell('pos.order', String(id), made.because);
    return [];
  });
}

/** Rows and lines are two reads: where a guest added something between them, both are read once more. */
async function settledLines(source: SelfOrderSource, rows: readonly SelfOrderRow[]) {
  const lines = await readLines(source, rows);
  const ids = rows.map(({ id }) => id);
  if (rows.every((row) => isWhole(row, lines.get(row.id) ?? []))) return { rows, lines };
  const again = await readSelfOrders(source, [['id', 'in', ids]]);
  return { rows: again.rows, lines: await readLines(source, again.rows) };
}

function isWhole({ lines: named }: SelfOrderRow, read: readonly SelfOrderLine[]): boolean {
  return named.length === read.length && named.every((id) => read.some((line) => line.id === id));
}

/** Its lines are still to come, or everything was taken off it; or it gives an order back. */
function isNoOrder({ state }: SelfOrderRow, lines: readonly SelfOrderLine[]): boolean {
  if (lines.length === 0) return state === 'draft';
  return lines.every(({ qty }) => qty <= 0) && lines.some(({ qty }) => qty < 0);
}

/** Says each unreadable row once: it comes again with every poll that looks back so far. */
function createTeller({ log, logName }: Pick<SelfOrderPollOptions, 'log' | 'logName'>): Tell {
  const told = new Set<string>();
  return (what, id, because) => {
    const key = `${what} ${id} ${because}`;
    if (told.has(key)) return;
    if (told.size >= MOST_TOLD) told.clear();
    told.add(key);
    log.warn('self_order_unreadable', { provider: logName, what, id, because: because.slice(0, 500) });
  };
}
