import { type Minor, toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { PaymentType, Tax } from './account-rows';
import { type DiscountShare, discountRow, takeDiscounts } from './discounts';
import { bookLine, type TaxShare, taxRow } from './line-booking';
import { priceLine } from './line-pricing';
import {
  DEFAULT_SOURCE,
  type Receipt,
  type ReceiptDiscount,
  type ReceiptPayment,
  type ReceiptTax,
} from './receipt';
import type { ReceiptRequest } from './receipt-request';
import { invalidValue, notFound } from './refusal';

export interface BookingTerms {
  readonly number: string;
  /** As it will be printed. */
  readonly createdAt: string;
  readonly strict: boolean;
  /** Whether an item's taxes apply to a line that says nothing about taxes. Nobody knows what Loyverse does. */
  readonly autoTax: boolean;
  /** What a payment that differs from the computed total leads to. Nobody knows that either. */
  readonly moneyAmountMismatch: 'ignore' | 'refuse';
  /** What only a sale that was made at a till has. */
  readonly till?: { readonly deviceId: string; readonly diningOption: string | null };
}

/**
 * Turns a request into a receipt. Sums are the server's own: from prices, modifiers, discounts and taxes, rounded to
 * the currency's decimals for each line.
 * @throws {Refusal} naming the first field that is at fault; nothing has been written then
 */
export function bookReceipt(request: ReceiptRequest, account: Account, terms: BookingTerms): Receipt {
  const { store_id: storeId, employee_id, customer_id, payments } = request;
  if (account.stores.get(storeId) === undefined) throw notFound(storeId, 'object.store_id');
  if (employee_id && !account.employees.get(employee_id)) throw notFound(employee_id, 'object.employee_id');
  if (customer_id && account.customers.get(customer_id)?.deleted_at !== null) {
    throw notFound(customer_id, 'object.customer_id');
  }
  const priced = request.line_items.map((line, index) =>
    priceLine(line, index, { ...terms, account, storeId }),
  );
  const gross = priced.map((line) => line.gross);
  const discounts = takeDiscounts(request, gross, account);
  const lines = priced.map((line, index) =>
    bookLine(line, discounts[index] ?? [], { account, id: `receipt ${terms.number} line ${index}` }),
  );
  const total = sum(lines.map((line) => line.total));
  const taxes = lines.flatMap((line) => line.taxes);
  const [payment] = payments;
  const paymentType = storePaymentType(account, payment.payment_type_id, storeId);
  const paid = payment.money_amount ?? null;
  if (terms.moneyAmountMismatch === 'refuse' && paid !== null && toMinor(paid, account.decimals) !== total) {
    throw invalidValue('The payment differs from the total', 'object.payments[0].money_amount');
  }
  const major = (cents: Minor) => toMajor(cents, account.decimals);
  const receiptDate = request.receipt_date ?? terms.createdAt;
  return {
    receipt_number: terms.number,
    note: request.note ?? null,
    receipt_type: 'SALE',
    refund_for: null,
    order: request.order ?? null,
    created_at: terms.createdAt,
    updated_at: terms.createdAt,
    source: request.source ?? DEFAULT_SOURCE,
    receipt_date: receiptDate,
    cancelled_at: null,
    total_money: major(total),
    total_tax: major(sum(taxes.map(({ amount }) => amount))),
    points_earned: 0,
    points_deducted: 0,
    points_balance: 0,
    customer_id: customer_id ?? null,
    total_discount: major(sum(lines.flatMap((line) => line.discounts.map(({ amount }) => amount)))),
    employee_id: employee_id ?? null,
    store_id: storeId,
    pos_device_id: terms.till?.deviceId ?? null,
    dining_option: terms.till?.diningOption ?? null,
    total_discounts: totalDiscounts(
      lines.flatMap((line) => line.discounts),
      account.decimals,
    ),
    total_taxes: totalTaxes(taxes, account.decimals),
    tip: 0,
    surcharge: 0,
    line_items: lines.map((line) => line.row),
    payments: [paymentRow(paymentType, major(total), payment.paid_at ?? receiptDate)],
  };
}

export function paymentRow(type: PaymentType, money_amount: number, paid_at: string): ReceiptPayment {
  const { id, name } = type;
  return {
    payment_type_id: id,
    name,
    type: type.type,
    money_amount,
    paid_at,
    payment_details: null,
  };
}

function storePaymentType(account: Account, id: string, storeId: string): PaymentType {
  const field = 'object.payments[0].payment_type_id';
  const type = account.paymentTypes.get(id);
  if (type === undefined || type.deleted_at !== null) throw notFound(id, field);
  if (!type.stores.includes(storeId)) throw invalidValue('The store does not have this payment type', field);
  return type;
}

function totalTaxes(shares: readonly TaxShare[], decimals: number): ReceiptTax[] {
  const sums = new Map<Tax, Minor>();
  for (const { tax, amount } of shares) sums.set(tax, (sums.get(tax) ?? 0) + amount);
  return [...sums].map(([tax, amount]) => taxRow({ tax, amount }, decimals));
}

function totalDiscounts(shares: readonly DiscountShare[], decimals: number): ReceiptDiscount[] {
  const sums = new Map<string, DiscountShare>();
  for (const share of shares) {
    const before = sums.get(share.discount.id)?.amount ?? 0;
    sums.set(share.discount.id, { ...share, amount: before + share.amount });
  }
  return [...sums.values()].map((share) => discountRow(share, decimals));
}

function sum(amounts: readonly Minor[]): Minor {
  return amounts.reduce((total, amount) => total + amount, 0);
}
