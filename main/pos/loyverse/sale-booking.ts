import { isFresh } from '../../core/injection-policy';
import type { Location, Till } from '../../core/location';
import type { Log } from '../../core/log';
import type { FoundVariant, MenuIndex } from '../../core/menu';
import type { Ms, Sale } from '../../core/order';
import { type Charge, chargesOf, chooseFee, type FeeCharge, missingCharges } from '../charges';
import { feeLine, type MappedLine, mapLines } from '../mapped-lines';
import { PosRefused, type SaleOrder } from '../provider';
import type { Catalogue } from './catalogue';
import type { LoyverseClient } from './client';
import { paymentKind } from './payment-types';
import { expectedTotal, receiptBody, type SaleTerms, unbookableTax } from './receipt';
import { receiptNote } from './receipt-note';
import { refusalOf } from './refusal';
import { type ReceiptRow, saleSchema } from './schemas';

export interface BookingOptions {
  readonly client: LoyverseClient;
  readonly catalogue: Catalogue;
  readonly till: Till;
  readonly location: Pick<Location, 'timezone'>;
  readonly decimals: number;
  readonly log: Log;
  readonly logName: string;
  readonly now: () => Ms;
  /** Loyverse's clock minus ours. */
  readonly clockOffset: () => Promise<Ms>;
  readonly toSale: (receipt: Pick<ReceiptRow, 'receipt_number' | 'total_money'>) => Sale;
}

/** What an order becomes, before anything of it is sent. */
interface Plan {
  readonly lines: readonly MappedLine[];
  readonly terms: SaleTerms;
}

/**
 * Books an order: one POST in the good case. All or nothing: what has no place in the till refuses the whole order.
 * @throws {PosRefused} @throws {PosUnreachable} @throws {PosOutcomeUnknown}
 */
export async function bookSale(options: BookingOptions, order: SaleOrder, menu: MenuIndex): Promise<Sale> {
  const { client, catalogue, log, logName } = options;
  let plan = await planSale(options, order, menu);
  const body = receiptBody(plan.lines, plan.terms);
  const use = isFresh(order, options.now()) ? 'sale' : 'backlog';
  let answer = await client.post('/receipts', body, saleSchema, use);
  if (answer.kind === 'refused' && answer.status === 404) {
    // Something that we remember is gone: a payment type, a discount, a tax, a dish. Nothing was written, so that the
    // sale may be sent again if what we know has changed.
    catalogue.forget();
    const taxIds = await catalogue.readTaxIds();
    plan = await planSale(options, order, menu, { taxIds, soldAt: plan.terms.soldAt });
    const current = receiptBody(plan.lines, plan.terms);
    if (JSON.stringify(current) !== JSON.stringify(body)) {
      answer = await client.post('/receipts', current, saleSchema, use);
    }
  }
  if (answer.kind === 'refused')
    throw refusalOf(
      answer.status,
      answer.error,
      plan.lines.map(({ line }) => line.name),
    );
  const sale = options.toSale(answer.value);
  const expected = expectedTotal(plan.lines, menu, plan.terms);
  const { total } = order.document;
  if (sale.total === total && sale.total === expected) return sale;
  const fields = { receipt: sale.number, till: sale.total, order: total, expected };
  log.warn('sale_total_differs', { provider: logName, ...fields });
  return { ...sale, expected };
}

/** @param again what the first attempt said and the second one says, too, or knows better */
async function planSale(
  options: BookingOptions,
  order: SaleOrder,
  menu: MenuIndex,
  again?: Pick<SaleTerms, 'taxIds' | 'soldAt'>,
): Promise<Plan> {
  const { catalogue, till, location, decimals, now } = options;
  const { document } = order;
  const mapped = mapLines(document, menu);
  if (!mapped.ok) throw new PosRefused(mapped.trouble);
  const { fees, discountId } = await planCharges(options, order, menu);
  const lines = [...mapped.lines, ...fees];
  const obstacle = unbookableTax(document, lines, menu);
  if (obstacle !== null) throw new PosRefused(obstacle);
  const terms: SaleTerms = {
    storeId: till.storeId,
    reference: order.reference,
    note: receiptNote(order, location.timezone),
    paymentTypeId: await catalogue.paymentTypeFor(paymentKind(document.payment, order.paidBy)),
    discount: discountId === null ? null : { id: discountId, amount: document.discount },
    employeeId: await catalogue.employeeId(),
    taxIds: again?.taxIds ?? new Set(menu.menu.taxes.map((tax) => tax.id)),
    // Last, since the request before it, if there was one, has told Loyverse's time.
    soldAt: again?.soldAt ?? soldAt(order, now()) + (await options.clockOffset()),
    decimals,
  };
  return { lines, terms };
}

/** Discount, fee and tip, each as what stands for it in the till; all that are missing are named at once. */
async function planCharges(
  { catalogue, till }: BookingOptions,
  { document }: SaleOrder,
  { menu }: MenuIndex,
): Promise<{ readonly fees: readonly MappedLine[]; readonly discountId: string | null }> {
  const amounts = chargesOf(document);
  const missing: Charge[] = [];
  const fees = (['delivery', 'tip'] as const satisfies readonly FeeCharge[])
    .filter((fee) => amounts[fee] > 0)
    .flatMap((fee): MappedLine[] => {
      const found: FoundVariant | undefined = chooseFee(till, menu, fee);
      if (found === undefined) missing.push(fee);
      return found === undefined ? [] : [feeLine(found, amounts[fee])];
    });
  const discountId = amounts.discount > 0 ? await catalogue.discountId() : null;
  if (discountId === undefined) missing.unshift('discount');
  if (missing.length > 0) throw new PosRefused(missingCharges(missing, document));
  return { fees, discountId: discountId ?? null };
}

/**
 * When the customer is to have it, or now if that is still ahead: the day on which it belongs in the reports. What was
 * paid at the counter later than promised was sold then: the drawer has the money since.
 */
function soldAt({ receivedAt, promisedFor, dueAt, paidBy }: SaleOrder, now: Ms): Ms {
  const paidAt = paidBy === null ? null : dueAt;
  return Math.min(now, Math.max(receivedAt, promisedFor ?? receivedAt, paidAt ?? receivedAt));
}
