import { toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { Tax } from './account-rows';
import { bookLine, type TaxShare, taxRow } from './line-booking';
import type { Receipt, ReceiptTax } from './receipt';
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
}

/** What Loyverse calls a sale whose maker did not say: the token's name. */
const DEFAULT_SOURCE = 'Training token';

/**
 * Turns a request into a receipt. Sums are the server's own: from prices, modifiers and taxes, rounded to the
 * currency's decimals for each line.
 * @throws {Refusal} naming the first field that is at fault; nothing has been written then
 */
export function bookReceipt(request: ReceiptRequest, account: Account, terms: BookingTerms): Receipt {
  const { store_id, payments, employee_id, customer_id } = request;
  if (account.store(store_id) === undefined) throw notFound(store_id, 'object.store_id');
  if (employee_id && !account.employee(employee_id)) throw notFound(employee_id, 'object.employee_id');
  if (customer_id) throw notFound(customer_id, 'object.customer_id');
  refuseDiscounts(request);

  const major = (cents: number) => toMajor(cents, account.decimals);
  const lines = request.line_items.map((line, index) =>
    bookLine(line, { ...terms, account, storeId: store_id, index }),
  );
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  const taxes = lines.flatMap((line) => line.taxes);
  const receiptDate = request.receipt_date ?? terms.createdAt;
  const [payment] = payments;
  const paymentType = storePaymentType(account, payment.payment_type_id, store_id);
  const paid = payment.money_amount ?? null;
  if (terms.moneyAmountMismatch === 'refuse' && paid !== null && toMinor(paid, account.decimals) !== total) {
    throw invalidValue('The payment differs from the total', 'object.payments[0].money_amount');
  }
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
    total_tax: major(taxes.reduce((sum, { amount }) => sum + amount, 0)),
    points_earned: 0,
    points_deducted: 0,
    points_balance: 0,
    customer_id: null,
    total_discount: 0,
    employee_id: employee_id ?? null,
    store_id,
    pos_device_id: null,
    dining_option: null,
    total_discounts: [],
    total_taxes: totalTaxes(taxes, major),
    tip: 0,
    surcharge: 0,
    line_items: lines.map((line) => line.row),
    payments: [
      {
        payment_type_id: paymentType.id,
        name: paymentType.name,
        type: paymentType.type,
        money_amount: major(total),
        paid_at: payment.paid_at ?? receiptDate,
        payment_details: null,
      },
    ],
  };
}

/** The training account has no discounts, so that any that is named is unknown. */
function refuseDiscounts({ total_discounts, line_items }: ReceiptRequest): void {
  const [discount] = total_discounts ?? [];
  if (discount) throw notFound(discount.id, 'object.total_discounts[0].id');
  line_items.forEach(({ line_discounts }, index) => {
    const [first] = line_discounts ?? [];
    if (first) throw notFound(first.id, `object.line_items[${index}].line_discounts[0].id`);
  });
}

function storePaymentType(account: Account, id: string, storeId: string) {
  const field = 'object.payments[0].payment_type_id';
  const type = account.paymentType(id);
  if (type === undefined) throw notFound(id, field);
  if (!type.stores.includes(storeId)) throw invalidValue('The store does not have this payment type', field);
  return type;
}

function totalTaxes(shares: readonly TaxShare[], major: (cents: number) => number): ReceiptTax[] {
  const sums = new Map<Tax, number>();
  for (const { tax, amount } of shares) sums.set(tax, (sums.get(tax) ?? 0) + amount);
  return [...sums].map(([tax, amount]) => taxRow({ tax, amount }, major));
}
