import { z } from 'zod';
import type { Log } from '../../core/log';
import type { Ms, SaleRefund, Trouble } from '../../core/order';
import { PosOutcomeUnknown, PosRefused, PosUnreachable, type RefundOrder } from '../provider';
import { toCents } from './amounts';
import type { LoyverseClient } from './client';
import { readFailure } from './failures';
import { parseRows, readPages } from './lists';
import { SOURCE } from './receipt';
import { searchWindow } from './sale-search';
import { saleSchema } from './schemas';
import type { SearchClock } from './server-clock';

export interface RefundOptions {
  readonly client: LoyverseClient;
  readonly storeId: string;
  readonly decimals: number;
  readonly log: Log;
  readonly logName: string;
  readonly now: () => Ms;
  readonly clock: () => Promise<SearchClock>;
}

const text = z.string().nullish();

/** The sale as far as a refund needs it: its lines by their ids, and what it was paid with. */
const soldSchema = saleSchema.extend({
  store_id: z.string(),
  order: text,
  source: text,
  created_at: text,
  cancelled_at: text,
  line_items: z.array(z.object({ id: z.string().min(1), quantity: z.number().positive() })).min(1),
  payments: z.array(z.object({ type: text })).nullish(),
});
type Sold = z.output<typeof soldSchema>;

const refundRowSchema = saleSchema.extend({
  receipt_type: z.string(),
  store_id: z.string(),
  refund_for: text,
  cancelled_at: text,
});

/** Payment types that no card company has a say in; the API gives nothing else back (contract, section 5.4). */
const PLAIN_PAYMENTS: ReadonlySet<string> = new Set(['CASH', 'NONINTEGRATEDCARD', 'CHECK', 'OTHER']);

/**
 * Whether a sale was given back, by whomever: a cashier may have done it at the till. A sale that was voided counts as
 * given back, under its own number.
 * @returns `undefined` only after a complete search found nothing
 * @throws {PosRefused} when it cannot be told from here, or only a part of it was given back
 * @throws {PosUnreachable} when the search failed or was cut short
 */
export async function findRefund(
  options: RefundOptions,
  refund: RefundOrder,
): Promise<SaleRefund | undefined> {
  return refundOf(options, refund, await readSold(options, refund));
}

/**
 * Gives all of a sale back, once.
 * @throws {PosRefused} @throws {PosUnreachable} @throws {PosOutcomeUnknown}
 */
export async function refundSale(options: RefundOptions, refund: RefundOrder): Promise<SaleRefund> {
  const { client, storeId, decimals, log, logName } = options;
  const { sale } = refund;
  const sold = await readSold(options, refund);
  if (sold.cancelled_at) return { number: sale.number, total: sale.total };
  const obstacle = notRefundable(sold);
  if (obstacle !== null) throw new PosRefused(obstacle);
  const body = {
    store_id: storeId,
    source: SOURCE,
    line_items: sold.line_items.map(({ id, quantity }) => ({ id, quantity })),
  };
  const path = `${receiptPath(sale.number)}/refund`;
  const answer = await client.post(path, body, saleSchema, 'refund').catch((error: unknown) => {
    throw error instanceof PosOutcomeUnknown ? nobodyKnows(sale.number, error) : error;
  });
  if (answer.kind === 'refused') {
    // Somebody may have been quicker at the till, so that nothing was left to give back.
    const found = await refundOf(options, refund, sold);
    if (found !== undefined) return found;
    const detail = `POST ${path}: HTTP ${answer.status} ${answer.error.code ?? ''}`.trimEnd();
    throw new PosRefused(refused(sale.number), { cause: new Error(detail) });
  }
  const total = toCents(answer.value.total_money, decimals);
  if (total !== sale.total) {
    const fields = { receipt: answer.value.receipt_number, till: total, sale: sale.total };
    log.warn('refund_total_differs', { provider: logName, ...fields });
  }
  return { number: answer.value.receipt_number, total };
}

/** The same question about a sale that was read already. */
async function refundOf(
  { client, storeId, decimals, now, clock }: RefundOptions,
  { sale, soldSince }: RefundOrder,
  sold: Sold,
): Promise<SaleRefund | undefined> {
  if (sold.cancelled_at) return { number: sale.number, total: sale.total };
  const { offset, back } = await clock();
  const createdAt = Date.parse(sold.created_at ?? '');
  // The till's own word is better than what we remember.
  const since = Number.isNaN(createdAt) ? soldSince - back : createdAt - offset;
  const window = searchWindow(since, now(), offset);
  const params = { store_id: storeId, created_at_min: new Date(window.from).toISOString() };
  const refunds: z.output<typeof refundRowSchema>[] = [];
  for await (const page of readPages(client, { path: '/receipts', params, use: 'refund' }, 'receipts')) {
    const { parsed, unreadable } = parseRows(page.rows, refundRowSchema);
    // The one that cannot be read may be the one.
    if (unreadable > 0) throw readFailure(UNREADABLE, 'GET /receipts: a row without the needed fields');
    refunds.push(...parsed.filter((row) => isRefundOf(row, sale.number, storeId)));
  }
  // One that was made while we turned the pages may be on two of them.
  const found = [...new Map(refunds.map((row) => [row.receipt_number, row])).values()];
  const total = found.reduce((sum, row) => sum + toCents(row.total_money, decimals), 0);
  if (found.length > 0 && total >= toCents(sold.total_money, decimals)) {
    return { number: found.map((row) => row.receipt_number).join(' and '), total };
  }
  if (!window.reachesAttempt) throw new PosRefused(tooOld(sale.number));
  if (found.length > 0) throw new PosRefused(partly(sale.number));
  return undefined;
}

async function readSold({ client, storeId }: RefundOptions, { sale, reference }: RefundOrder): Promise<Sold> {
  const sold = await client
    .get({ path: receiptPath(sale.number), use: 'refund' }, soldSchema)
    .catch((error: unknown) => {
      const isUnknown = error instanceof PosUnreachable && error.trouble.code === 'http_404';
      throw isUnknown ? new PosRefused(unknownSale(sale.number), { cause: error }) : error;
    });
  const { store_id, source, order } = sold.value;
  // Numbers belong to the account: whatever has this one now, only our own sale may be given back.
  if (store_id !== storeId || (source === SOURCE && order !== reference)) {
    throw new PosRefused(unknownSale(sale.number));
  }
  return sold.value;
}

function receiptPath(number: string): string {
  return `/receipts/${encodeURIComponent(number)}`;
}

function isRefundOf(row: z.output<typeof refundRowSchema>, number: string, storeId: string): boolean {
  return (
    row.receipt_type === 'REFUND' &&
    row.refund_for === number &&
    row.store_id === storeId &&
    !row.cancelled_at
  );
}

function notRefundable({ receipt_number, payments }: Sold): Trouble | null {
  const [payment, ...more] = payments ?? [];
  if (more.length === 0 && (payment?.type == null || PLAIN_PAYMENTS.has(payment.type))) return null;
  return {
    code: 'not_refundable',
    words: `Loyverse gives receipt ${receipt_number} back at the till only, because of how it was paid. Refund it there.`,
  };
}

function partly(number: string): Trouble {
  const words = `Part of receipt ${number} was given back at the till already. Give the rest back there.`;
  return { code: 'partly_refunded', words };
}

function refused(number: string): Trouble {
  return { code: 'refund_refused', words: `The till did not give receipt ${number} back. Refund it there.` };
}

function unknownSale(number: string): Trouble {
  return {
    code: 'not_found',
    words: `The till does not know receipt ${number} any more. Look for it there.`,
  };
}

const UNREADABLE: Trouble = { code: 'unreadable', words: 'Loyverse’s list of receipts cannot be read.' };

function tooOld(number: string): Trouble {
  return {
    code: 'history',
    words: `Receipt ${number} is too old to look up from here. Refund it in the till.`,
  };
}

/** The request may have been carried out. */
function nobodyKnows(number: string, error: PosOutcomeUnknown): PosOutcomeUnknown {
  const { code } = error.trouble;
  const words = `Nobody knows yet whether receipt ${number} was given back. We ask the till before we try again.`;
  return new PosOutcomeUnknown({ code, words }, { cause: error });
}
