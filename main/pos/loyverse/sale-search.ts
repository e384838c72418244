import type { ListedSale } from '../../core/day-report';
import type { Log } from '../../core/log';
import type { Ms, Sale } from '../../core/order';
import type { FoundSale, SaleOrder } from '../provider';
import type { RequestUse } from './budget-limits';
import type { LoyverseClient } from './client';
import { readFailure } from './failures';
import { parseRows, readPages } from './lists';
import { SOURCE } from './receipt';
import { type ReceiptRow, receiptSchema } from './schemas';

const HOUR: Ms = 3_600_000;
/** Before the first attempt: both clocks may be wrong, and a day of receipts costs nothing. */
const MARGIN: Ms = 24 * HOUR;
/** Two clocks that are compared all the time, and a receipt on its way. */
const CLOCK_MARGIN: Ms = 60_000;
/** Without a paid add-on Loyverse's list ends 31 days ago and answers 402 beyond; we stay a day inside. */
const HISTORY: Ms = 30 * 24 * HOUR;

export interface SearchWindow {
  /** `created_at_min`, by Loyverse's clock. */
  readonly from: Ms;
  /** `false` when the attempt lies before everything that the list still holds. */
  readonly reachesAttempt: boolean;
}

/**
 * The part of the receipt list where the sale must be, if it was made.
 * @param offset how far Loyverse's clock is ahead of ours
 */
export function searchWindow(firstAttemptAt: Ms, now: Ms, offset: Ms): SearchWindow {
  const theirNow = now + offset;
  // An attempt "in the future" was stamped by a clock that has been put right since.
  const attempt = Math.min(firstAttemptAt + offset, theirNow);
  const oldest = theirNow - HISTORY;
  return { from: Math.max(attempt - MARGIN, oldest), reachesAttempt: attempt >= oldest };
}

/**
 * Our sales among rows that may be anybody's: filters that Loyverse does not know it ignores without a word, and
 * whether it compares whole texts is not stated. Oldest first, each number once.
 */
export function matchingSales(rows: readonly ReceiptRow[], storeId: string, reference: string): ReceiptRow[] {
  return ourSales(rows, storeId).filter((row) => row.order === reference);
}

function ourSales(rows: readonly ReceiptRow[], storeId: string): ReceiptRow[] {
  const ours = rows.filter(
    (row) =>
      row.source === SOURCE && row.store_id === storeId && row.receipt_type === 'SALE' && !row.cancelled_at,
  );
  // A receipt made while we turned the pages moves the others on: one may be on two pages.
  const byNumber = new Map(ours.map((row) => [row.receipt_number, row]));
  // The list begins with the newest, and of one second tells no more than that.
  return [...byNumber.values()]
    .reverse()
    .sort((a, b) => (a.created_at ?? '').localeCompare(b.created_at ?? ''));
}

interface SearchOptions {
  readonly client: LoyverseClient;
  readonly storeId: string;
  readonly log: Log;
  readonly logName: string;
  readonly now: () => Ms;
  readonly toSale: (row: ReceiptRow) => Sale;
}

/**
 * Looks for the sale in the till. `undefined` means that it is not there, never that it could not be looked for.
 * @param offset how far Loyverse's clock is ahead of ours
 * @throws {PosUnreachable} when the search failed, was cut short, or cannot reach back far enough
 */
export async function searchSale(
  { client, storeId, log, logName, now, toSale }: SearchOptions,
  order: SaleOrder,
  offset: Ms,
): Promise<FoundSale | undefined> {
  const window = searchWindow(order.firstAttemptAt, now(), offset);
  const params = {
    store_id: storeId,
    source: SOURCE,
    order: order.reference,
    created_at_min: new Date(window.from).toISOString(),
  };
  const rows = await readRows(client, params, 'search');
  const [first, ...more] = matchingSales(rows, storeId, order.reference);
  if (first !== undefined) {
    if (more.length > 0) {
      const numbers = [first, ...more].map((row) => row.receipt_number).join(', ');
      log.warn('sale_found_twice', { provider: logName, reference: order.reference, receipts: numbers });
    }
    const sale = { ...toSale(first), ...linesOf(first) };
    return more.length === 0 ? sale : { ...sale, doubles: more.map((row) => row.receipt_number) };
  }
  if (!window.reachesAttempt) throw readFailure(TOO_OLD, 'GET /receipts: the attempt is older than the list');
  return undefined;
}

/**
 * All of our sales of this store since a moment of our clock, each order's first one with the others as its doubles.
 * @param offset how far Loyverse's clock is ahead of ours @throws {PosUnreachable}
 */
export async function listSales(
  { client, storeId, now, toSale }: SearchOptions,
  since: Ms,
  offset: Ms,
): Promise<readonly ListedSale[]> {
  const from = Math.max(since, now() - HISTORY) + offset - CLOCK_MARGIN;
  const params = { store_id: storeId, source: SOURCE, created_at_min: new Date(from).toISOString() };
  const byOrder = new Map<string, ReceiptRow[]>();
  for (const row of ourSales(await readRows(client, params, 'orders'), storeId)) {
    const reference = row.order ?? '';
    byOrder.set(reference, [...(byOrder.get(reference) ?? []), row]);
  }
  return [...byOrder].flatMap(([reference, [first, ...more]]) => {
    if (first === undefined) return [];
    const sale = toSale(first);
    const doubles = more.map((row) => row.receipt_number);
    return [{ reference, sale: doubles.length === 0 ? sale : { ...sale, doubles } }];
  });
}

function linesOf({ line_items: lines }: ReceiptRow): Pick<FoundSale, 'lines'> {
  if (lines === null || lines === undefined) return {};
  return { lines: lines.map(({ variant_id: id, quantity }) => ({ variantId: id ?? '', quantity })) };
}

/** A whole list, or none. @throws {PosUnreachable} */
async function readRows(
  client: LoyverseClient,
  params: Readonly<Record<string, string>>,
  use: RequestUse,
): Promise<readonly ReceiptRow[]> {
  const rows: ReceiptRow[] = [];
  for await (const page of readPages(client, { path: '/receipts', params, use }, 'receipts')) {
    const { parsed, unreadable } = parseRows(page.rows, receiptSchema);
    // The one that cannot be read may be the one.
    if (unreadable > 0) throw readFailure(UNREADABLE, 'GET /receipts: a row without the needed fields');
    rows.push(...parsed);
  }
  return rows;
}

const UNREADABLE = { code: 'unreadable', words: 'Loyverse’s list of receipts cannot be read.' };
const TOO_OLD = {
  code: 'history',
  words: 'This order is too old to look up. Find it in Back Office → Receipts.',
};
