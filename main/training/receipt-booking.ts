import { toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { Tax, Variant } from './account-rows';
import type { Receipt, ReceiptLine, ReceiptModifier, ReceiptTax } from './receipt';
import type { ReceiptRequest } from './receipt-request';
import { invalidValue, missing, notFound } from './refusal';
import { stableId } from './stable-id';

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

type RequestLine = ReceiptRequest['line_items'][number];

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
    bookLine(line, { account, terms, storeId: store_id, index }),
  );
  const total = lines.reduce((sum, line) => sum + line.total, 0);
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
    total_tax: major(lines.flatMap((line) => line.taxes).reduce((sum, { amount }) => sum + amount, 0)),
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
    total_taxes: totalTaxes(
      lines.flatMap((line) => line.taxes),
      major,
    ),
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

interface TaxShare {
  readonly tax: Tax;
  /** Minor units. */
  readonly amount: number;
}

interface BookedLine {
  readonly row: ReceiptLine;
  readonly total: number;
  readonly taxes: readonly TaxShare[];
}

interface LineContext {
  readonly account: Account;
  readonly terms: BookingTerms;
  readonly storeId: string;
  readonly index: number;
}

function bookLine(line: RequestLine, context: LineContext): BookedLine {
  const { account, terms, storeId, index } = context;
  const major = (cents: number) => toMajor(cents, account.decimals);
  const field = `object.line_items[${index}]`;
  const found = account.variant(line.variant_id);
  if (found === undefined) throw notFound(line.variant_id, `${field}.variant_id`);
  const { item, variant } = found;
  const price = line.price ?? storePrice(variant, storeId);
  if (price === null) throw missing(`${field}.price`);

  const modifiers = bookModifiers(line, item.modifier_ids, context);
  const unit = toMinor(price, account.decimals);
  const extras = modifiers.reduce((sum, modifier) => sum + toMinor(modifier.price, account.decimals), 0);
  const gross = Math.round(line.quantity * (unit + extras));
  const taxes = taxShares(lineTaxes(line, item.tax_ids, context), gross);
  const added = taxes.filter(({ tax }) => tax.type === 'ADDED');
  const total = added.reduce((sum, { amount }) => sum + amount, gross);
  const cost = line.cost ?? variant.cost;
  return {
    total,
    taxes,
    row: {
      id: stableId(`receipt ${terms.number} line ${index}`),
      item_id: item.id,
      variant_id: variant.variant_id,
      item_name: item.item_name,
      variant_name: variantName(variant),
      sku: variant.sku,
      quantity: line.quantity,
      price: major(unit),
      gross_total_money: major(gross),
      total_money: major(total),
      cost,
      cost_total: major(Math.round(line.quantity * toMinor(cost, account.decimals))),
      line_note: line.line_note ?? null,
      line_taxes: taxes.map((share) => taxRow(share, major)),
      total_discount: 0,
      line_discounts: [],
      line_modifiers: modifiers,
    },
  };
}

/** The store's own price if it has a fixed one, else the item's; `null` when it is typed at the till. */
function storePrice(variant: Variant, storeId: string): number | null {
  const here = variant.stores.find((store) => store.store_id === storeId);
  return here?.pricing_type === 'FIXED' ? here.price : variant.default_price;
}

function variantName(variant: Variant): string | null {
  const values = [variant.option1_value, variant.option2_value, variant.option3_value].filter(Boolean);
  return values.length === 0 ? null : values.join(' / ');
}

function bookModifiers(
  line: RequestLine,
  offered: readonly string[],
  { account, terms, index }: LineContext,
): ReceiptModifier[] {
  return (line.line_modifiers ?? []).map((wanted, place) => {
    const field = `object.line_items[${index}].line_modifiers[${place}].modifier_option_id`;
    const found = account.option(wanted.modifier_option_id);
    if (found === undefined) throw notFound(wanted.modifier_option_id, field);
    const { modifier, option } = found;
    if (terms.strict && !offered.includes(modifier.id)) {
      throw invalidValue(`The item does not offer '${option.name}'`, field);
    }
    const price = toMinor(wanted.price ?? option.price, account.decimals);
    return {
      id: modifier.id,
      modifier_option_id: option.id,
      name: modifier.name,
      option: option.name,
      price: toMajor(price, account.decimals),
      money_amount: toMajor(Math.round(line.quantity * price), account.decimals),
    };
  });
}

function lineTaxes(line: RequestLine, ownTaxes: readonly string[], context: LineContext): Tax[] {
  const { account, terms, storeId, index } = context;
  const automatic = terms.autoTax ? ownTaxes.map((id) => ({ id })) : [];
  return (line.line_taxes ?? automatic).map(({ id }, place) => {
    const field = `object.line_items[${index}].line_taxes[${place}].id`;
    const tax = account.tax(id);
    if (tax === undefined) throw notFound(id, field);
    if (!tax.stores.includes(storeId)) throw invalidValue('The store does not charge this tax', field);
    return tax;
  });
}

/** An included tax is the part rate/(100 + rate) of the price; an added one comes on top of it. */
function taxShares(taxes: readonly Tax[], gross: number): TaxShare[] {
  const included = taxes.filter(({ type }) => type === 'INCLUDED').reduce((sum, { rate }) => sum + rate, 0);
  return taxes.map((tax) => ({
    tax,
    amount: Math.round((gross * tax.rate) / (tax.type === 'INCLUDED' ? 100 + included : 100)),
  }));
}

function taxRow({ tax, amount }: TaxShare, major: (cents: number) => number): ReceiptTax {
  return { id: tax.id, type: tax.type, name: tax.name, rate: tax.rate, money_amount: major(amount) };
}

function totalTaxes(shares: readonly TaxShare[], major: (cents: number) => number): ReceiptTax[] {
  const sums = new Map<Tax, number>();
  for (const { tax, amount } of shares) sums.set(tax, (sums.get(tax) ?? 0) + amount);
  return [...sums].map(([tax, amount]) => taxRow({ tax, amount }, major));
}
