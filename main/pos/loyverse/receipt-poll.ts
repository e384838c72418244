import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import type { OrderCursor, OrderPage, PosOrder } from '../provider';
import type { LoyverseClient } from './client';
import { SOURCE } from './receipt';
import { readPlace, writePlace } from './receipt-poll-cursor';
import { type DocumentTerms, orderDocument } from './receipt-poll-document';
import { byAge, readReceipt, readReceipts, type UnreadableRow } from './receipt-poll-list';
import type { PolledReceipt } from './receipt-poll-rows';
import type { SearchClock } from './server-clock';

export interface ReceiptPollOptions extends DocumentTerms {
  readonly client: LoyverseClient;
  readonly storeId: string;
  /** The names of the ordering sites, exactly as receipts have them in `source`. */
  readonly sources: readonly string[];
  readonly log: Log;
  readonly logName: string;
  readonly now: () => Ms;
  readonly clock: () => Promise<SearchClock>;
}

const MINUTE: Ms = 60_000;
const HOUR = 60 * MINUTE;
/** Without a cursor: what came before belongs to a service that is over. */
const FIRST_LOOK = 4 * HOUR;
/**
 * How far each poll looks back behind the last one. Timestamps are whole seconds and may be given before the row can
 * be read; how long before is not known.
 */
const OVERLAP = 5 * MINUTE;
/** Without a paid add-on the list ends 31 days ago; a day less, for the border moves on while we ask. */
const HISTORY = 30 * 24 * HOUR;
const MOST_TOLD = 1_000;

/**
 * Orders that an ordering site rang up in Loyverse: receipts whose `source` is in the till's list. Filters that
 * Loyverse does not know it ignores, so each row is judged here again.
 * @returns the port's `pollOrders`; all that there is comes in one page
 */
export function createReceiptPoll(options: ReceiptPollOptions): (cursor?: OrderCursor) => Promise<OrderPage> {
  const wanted: ReadonlySet<string> = new Set(options.sources.filter((source) => source !== SOURCE));
  const tell = createTeller(options);

  const toOrder = (sale: PolledReceipt, refunds: readonly PolledReceipt[]): PosOrder[] => {
    const document = orderDocument(sale, refunds, options);
    const number = sale.receipt_number;
    // What was given back in part counts as what is left of it; a voided receipt keeps its total.
    if (!('because' in document)) return [{ document, sale: { number, total: document.total } }];
    tell({ number, source: sale.source ?? '', because: document.because });
    return [];
  };

  /** With those that were given back only now, however long ago they were made. */
  const changedSales = async (fresh: readonly PolledReceipt[]): Promise<readonly PolledReceipt[]> => {
    const sales = new Map(fresh.filter(isSale).map((sale) => [sale.receipt_number, sale]));
    for (const number of fresh.filter(isRefund).flatMap((refund) => refund.refund_for ?? [])) {
      const sale = sales.get(number) ?? (await readReceipt(options, number));
      if (sale !== undefined) sales.set(number, sale);
    }
    const ours = [...sales.values()].filter(
      (sale) => isSale(sale) && wanted.has(sale.source ?? '') && sale.store_id === options.storeId,
    );
    return ours.sort(byAge);
  };

  return async (cursor) => {
    if (wanted.size === 0)
      return { orders: [], cursor: writePlace({ at: options.now(), seen: [] }), more: false };
    const { offset, back } = await options.clock();
    const theirNow = options.now() + offset;
    const place = readPlace(cursor);
    const from = Math.max(
      place === null ? theirNow - back - FIRST_LOOK : place.at - OVERLAP,
      theirNow - HISTORY,
    );
    const { receipts, unreadable, serverTime } = await readReceipts(options, 'updated_at_min', from);
    for (const row of unreadable) if (wanted.has(row.source)) tell(row);

    const seen = new Set(place?.seen);
    const changed = await changedSales(receipts.filter((row) => !seen.has(mark(row))));
    const [oldest] = changed;
    // A refund is younger than its sale: for those of this poll's time the refunds are among its rows.
    const since = Date.parse(oldest?.created_at ?? '') - MINUTE;
    const all = since < from ? (await readReceipts(options, 'created_at_min', since)).receipts : receipts;
    const orders = changed.flatMap((sale) => toOrder(sale, refundsOf(sale, all)));

    // By Loyverse's own clock, and from before the list was read.
    const at = serverTime ?? theirNow - back;
    const next = receipts.filter((row) => updatedAt(row) >= at - OVERLAP).map(mark);
    return { orders, cursor: writePlace({ at, seen: next }), more: false };
  };
}

/** Says each unreadable receipt once: it comes again with every poll that looks back so far. */
function createTeller({ log, logName }: Pick<ReceiptPollOptions, 'log' | 'logName'>) {
  const told = new Set<string>();
  return ({ number, because }: UnreadableRow): void => {
    const key = `${number} ${because}`;
    if (told.has(key)) return;
    if (told.size >= MOST_TOLD) told.clear();
    told.add(key);
    log.warn('receipt_unreadable', { provider: logName, receipt: number, because: because.slice(0, 500) });
  };
}

function isSale({ receipt_type }: PolledReceipt): boolean {
  return receipt_type === 'SALE';
}

function isRefund({ receipt_type }: PolledReceipt): boolean {
  return receipt_type === 'REFUND';
}

function refundsOf(sale: PolledReceipt, rows: readonly PolledReceipt[]): readonly PolledReceipt[] {
  return rows.filter((row) => isRefund(row) && row.refund_for === sale.receipt_number);
}

function updatedAt({ updated_at, created_at }: PolledReceipt): Ms {
  return Date.parse(updated_at ?? created_at);
}

/** One state of one receipt. A receipt that is voided in the second in which it was made keeps its `updated_at`. */
function mark({ receipt_number, updated_at, created_at, cancelled_at }: PolledReceipt): string {
  return `${receipt_number}@${updated_at ?? created_at}${cancelled_at ? ' voided' : ''}`;
}
