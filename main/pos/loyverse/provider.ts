import type { Location, Till } from '../../core/location';
import type { Log } from '../../core/log';
import type { MenuIndex } from '../../core/menu';
import { decimalPlaces } from '../../core/money';
import type { Ms, Sale } from '../../core/order';
import { createHttpClient } from '../http';
import { type PosProvider, PosRefused, type SaleOrder } from '../provider';
import { toCents } from './amounts';
import { checkLoyverse } from './check';
import { LoyverseClient, type Timeouts } from './client';
import { parseRows, readList } from './lists';
import { isHere } from './menu-mapping';
import { readLoyverseMenu } from './menu-read';
import { choosePaymentType, paymentKind } from './payment-types';
import { createReadBudget, type ReadBudget } from './read-budget';
import { mapLines, receiptBody, type SaleTerms, unbookable } from './receipt';
import { receiptNote } from './receipt-note';
import { refusalOf } from './refusal';
import { searchSale } from './sale-search';
import { merchantSchema, type PaymentTypeRow, paymentTypeSchema, saleSchema, taxSchema } from './schemas';

export interface LoyverseOptions {
  readonly till: Till;
  readonly location: Pick<Location, 'id' | 'currency' | 'timezone'>;
  /** Reads the access token from the keychain, anew for each request: it may be rotated at any time. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
  /** In milliseconds; by default 10 s for reads and writes, 30 s for a page of the menu. */
  readonly timeouts?: Partial<Timeouts>;
  /** What menu reads may use up; by default 60 requests in 300 s. */
  readonly budget?: ReadBudget;
}

const TIMEOUTS: Timeouts = { readMs: 10_000, writeMs: 10_000, menuMs: 30_000 };
/** Ten times the largest page seen. */
const MAX_ANSWER_BYTES = 20_000_000;

/** Loyverse as a till, by its REST API 1.0. One per till block; safe to use for several orders at a time. */
export function createLoyverseProvider(options: LoyverseOptions): PosProvider {
  const { till, location, log, now } = options;
  const { storeId } = till;
  const logName = till.key.toUpperCase();
  const decimals = decimalPlaces(location.currency);
  const client = new LoyverseClient({
    http: createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES }),
    apiUrl: till.apiUrl,
    secret: options.secret,
    log,
    logName,
    now,
    timeouts: { ...TIMEOUTS, ...options.timeouts },
    budget: options.budget ?? createReadBudget(),
  });

  const toSale = (receipt: { receipt_number: string; total_money: number }): Sale => ({
    number: receipt.receipt_number,
    total: toCents(receipt.total_money, decimals),
  });

  /** Payment types hardly ever change: read once, and again when Loyverse does not know one any more. */
  let known: readonly PaymentTypeRow[] | null = null;
  const readPaymentTypes = async () => {
    const { rows } = await readList(client, { path: '/payment_types' }, 'payment_types');
    known = parseRows(rows, paymentTypeSchema).parsed;
    return known;
  };

  const readTaxIds = async () => {
    const { rows } = await readList(client, { path: '/taxes' }, 'taxes');
    const taxes = parseRows(rows, taxSchema).parsed.filter((tax) => isHere(tax, storeId));
    return taxes.map((tax) => tax.id);
  };

  /** Loyverse's clock minus ours. Asked for when no request has told it yet. */
  const clockOffset = async (): Promise<Ms> => {
    if (client.clockOffset() === null) await client.get({ path: '/merchant/' }, merchantSchema);
    return client.clockOffset() ?? 0;
  };

  const choosePayment = async (order: SaleOrder): Promise<string> => {
    const kind = paymentKind(order.document.payment);
    const before = known === null ? null : choosePaymentType(till, known, kind);
    // Before an order is refused for it: somebody may have just added the type that is missing.
    const choice = before?.ok ? before : choosePaymentType(till, await readPaymentTypes(), kind);
    if (!choice.ok) throw new PosRefused(choice.trouble);
    return choice.id;
  };

  const createSale = async (order: SaleOrder, menu: MenuIndex): Promise<Sale> => {
    const mapped = mapLines(order.document, menu);
    if (!mapped.ok) throw new PosRefused(mapped.trouble);
    const obstacle = unbookable(order.document, mapped.lines, menu);
    if (obstacle !== null) throw new PosRefused(obstacle);

    const terms: SaleTerms = {
      storeId,
      reference: order.reference,
      note: receiptNote(order, location.timezone),
      paymentTypeId: await choosePayment(order),
      employeeId: till.employee,
      taxIds: new Set(menu.menu.taxes.map((tax) => tax.id)),
      soldAt: soldAt(order, now()) + (await clockOffset()),
      decimals,
    };
    const body = receiptBody(mapped.lines, terms);
    let answer = await client.post('/receipts', body, saleSchema);
    if (answer.kind === 'refused' && answer.status === 404) {
      // Something that we remember is gone: a payment type, a tax, a dish. Nothing was written, so that the sale
      // may be sent again if what we know has changed.
      const [taxIds] = await Promise.all([readTaxIds(), readPaymentTypes()]);
      const paymentTypeId = await choosePayment(order);
      const current = receiptBody(mapped.lines, { ...terms, paymentTypeId, taxIds: new Set(taxIds) });
      if (JSON.stringify(current) !== JSON.stringify(body)) {
        answer = await client.post('/receipts', current, saleSchema);
      }
    }
    if (answer.kind === 'refused') throw refusalOf(answer.status, answer.error, order.document);
    const sale = toSale(answer.value);
    const { total } = order.document;
    if (sale.total !== total) {
      log.warn('sale_total_differs', {
        provider: logName,
        receipt: sale.number,
        till: sale.total,
        order: total,
      });
    }
    return sale;
  };

  return {
    name: till.key,
    check: () => checkLoyverse({ client, till, currency: location.currency, now, readPaymentTypes }),
    readMenu: (since) => readLoyverseMenu({ client, storeId, decimals, log, logName }, since),
    findSale: async (order) =>
      searchSale({ client, storeId, log, logName, now, toSale }, order, await clockOffset()),
    createSale,
  };
}

/** When the customer is to have it, or now if that is still ahead: the day on which it belongs in the reports. */
function soldAt({ receivedAt, promisedFor }: SaleOrder, now: Ms): Ms {
  return Math.min(now, Math.max(receivedAt, promisedFor ?? receivedAt));
}
