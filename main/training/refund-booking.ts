import { type Minor, toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import { DEFAULT_SOURCE, type Receipt, type ReceiptLine } from './receipt';
import { paymentRow } from './receipt-booking';
import type { RefundRequest } from './receipt-request';
import { invalidValue, notFound } from './refusal';
import { stableId } from './stable-id';

export interface RefundTerms {
  readonly number: string;
  /** As it will be printed. */
  readonly createdAt: string;
  /** Of each line of the sale, how much of it was given back before. */
  readonly refunded: ReadonlyMap<string, number>;
  /** What only a refund that was made at a till has. */
  readonly till?: { readonly deviceId: string; readonly diningOption: string | null };
}

/** Kinds of payment that no card company has a say in. */
const NOT_INTEGRATED = ['CASH', 'NONINTEGRATEDCARD', 'CHECK', 'OTHER'];

/**
 * Gives lines of a sale back, with positive sums. Assumed: a part of a line is worth its part of the line's money, and
 * the last part what the others left over, so that all refunds of a sale together are the sale to the cent; what was
 * given back in full, was voided or is a refund itself cannot be given back; lines get new ids.
 * @throws {Refusal} naming the first field that is at fault; nothing has been written then
 */
export function bookRefund(
  sale: Receipt,
  request: RefundRequest,
  account: Account,
  terms: RefundTerms,
): Receipt {
  const storeId = request.store_id ?? sale.store_id;
  if (account.stores.get(storeId) === undefined) throw notFound(storeId, 'object.store_id');
  const { employee_id } = request;
  if (employee_id && !account.employees.get(employee_id)) throw notFound(employee_id, 'object.employee_id');
  refuseSale(sale);
  const { decimals } = account;
  const given = new Map(terms.refunded);
  const lines = request.line_items.map((wanted, index) => {
    const field = `object.line_items[${index}]`;
    const line = sale.line_items.find(({ id }) => id === wanted.id);
    if (line === undefined) throw notFound(wanted.id, `${field}.id`);
    const before = given.get(line.id) ?? 0;
    // Quantities by weight are binary fractions; a thousandth of a gramme is nobody's refund.
    if (before + wanted.quantity > line.quantity + 1e-6) {
      throw invalidValue('More than is left of the line', `${field}.quantity`);
    }
    given.set(line.id, before + wanted.quantity);
    const id = stableId(`receipt ${terms.number} line ${index}`);
    return partOf({ ...line, id }, before, before + wanted.quantity, decimals);
  });
  const total = sumOf(lines, decimals, ({ total_money }) => total_money);
  const receiptDate = request.receipt_date ?? terms.createdAt;
  const [payment] = sale.payments;
  const paymentType = account.paymentTypes.get(payment.payment_type_id);
  if (paymentType === undefined) throw notFound(payment.payment_type_id);
  return {
    ...sale,
    receipt_number: terms.number,
    note: null,
    receipt_type: 'REFUND',
    refund_for: sale.receipt_number,
    order: null,
    created_at: terms.createdAt,
    updated_at: terms.createdAt,
    source: request.source ?? DEFAULT_SOURCE,
    receipt_date: receiptDate,
    total_money: total,
    total_tax: sumOf(lines, decimals, (line) => sumOf(line.line_taxes, decimals, amountOf)),
    total_discount: sumOf(lines, decimals, ({ total_discount }) => total_discount),
    employee_id: employee_id ?? null,
    store_id: storeId,
    pos_device_id: terms.till?.deviceId ?? null,
    dining_option: terms.till?.diningOption ?? null,
    total_discounts: totals(lines, ({ line_discounts }) => line_discounts, decimals),
    total_taxes: totals(lines, ({ line_taxes }) => line_taxes, decimals),
    line_items: lines,
    payments: [paymentRow(paymentType, total, receiptDate)],
  };
}

function refuseSale(sale: Receipt): void {
  const refuse = (details: string) => invalidValue(details, 'receipt_number');
  if (sale.receipt_type === 'REFUND') throw refuse('A refund cannot be given back');
  if (sale.cancelled_at !== null) throw refuse('The receipt is cancelled');
  if (sale.payments.length > 1) throw refuse('The receipt has more than one payment');
  if (!NOT_INTEGRATED.includes(sale.payments[0].type)) throw refuse('The payment type is integrated');
}

/** The part of a line between two quantities of it. */
function partOf(line: ReceiptLine, from: number, to: number, decimals: number): ReceiptLine {
  const part = (money: number) => {
    const upTo = (quantity: number) =>
      Math.round((toMinor(money, decimals) * Math.min(quantity, line.quantity)) / line.quantity);
    return toMajor(upTo(to) - upTo(from), decimals);
  };
  const shrink = <T extends { readonly money_amount: number }>(row: T): T => ({
    ...row,
    money_amount: part(row.money_amount),
  });
  return {
    ...line,
    quantity: to - from,
    gross_total_money: part(line.gross_total_money),
    total_money: part(line.total_money),
    cost_total: part(line.cost_total),
    total_discount: part(line.total_discount),
    line_taxes: line.line_taxes.map(shrink),
    line_discounts: line.line_discounts.map(shrink),
    line_modifiers: line.line_modifiers.map(shrink),
  };
}

function totals<T extends { readonly id: string; readonly money_amount: number }>(
  lines: readonly ReceiptLine[],
  rowsOf: (line: ReceiptLine) => readonly T[],
  decimals: number,
): T[] {
  const byId = new Map<string, T>();
  for (const row of lines.flatMap(rowsOf)) {
    const before = byId.get(row.id);
    const money_amount = before === undefined ? row.money_amount : sumOf([before, row], decimals, amountOf);
    byId.set(row.id, { ...row, money_amount });
  }
  return [...byId.values()];
}

function amountOf({ money_amount }: { readonly money_amount: number }): number {
  return money_amount;
}

/** In whole coins, so that no binary dust gathers. */
function sumOf<T>(rows: readonly T[], decimals: number, money: (row: T) => number): number {
  const sum: Minor = rows.reduce((total, row) => total + toMinor(money(row), decimals), 0);
  return toMajor(sum, decimals);
}
