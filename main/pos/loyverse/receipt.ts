import type { MenuIndex } from '../../core/menu';
import { formatMoney, type Minor, toMajor } from '../../core/money';
import type { OnlineOrder } from '../../core/online-order';
import type { Ms, Trouble } from '../../core/order';
import type { MappedLine } from '../mapped-lines';
import { printable, shorten } from '../printable-text';
import { receiptTotal } from './totals';

/** Marks the sales as ours in the till and in searches. Never changes: old sales are found by it. */
export const SOURCE = 'Tillside';

/** How long Loyverse lets a text be is not stated; this much is known to be safe. */
const LONGEST_NOTE = 500;

/** What a receipt needs beside the order. */
export interface SaleTerms {
  readonly storeId: string;
  readonly reference: string;
  readonly note: string;
  readonly paymentTypeId: string;
  /** In minor units. `null` for none. */
  readonly discount: { readonly id: string; readonly amount: Minor } | null;
  /** A Loyverse employee's id; `null` for none. */
  readonly employeeId: string | null;
  /** The taxes that the store charges. */
  readonly taxIds: ReadonlySet<string>;
  /** When the sale was made, by Loyverse's clock. */
  readonly soldAt: Ms;
  readonly decimals: number;
}

/** The body of `POST /receipts`. Amounts in major units. */
export interface ReceiptBody {
  readonly store_id: string;
  readonly order: string;
  readonly source: string;
  readonly receipt_date: string;
  readonly note: string;
  readonly employee_id?: string;
  readonly line_items: readonly ReceiptLine[];
  /** Spread over all lines by the server. */
  readonly total_discounts?: readonly [
    { readonly id: string; readonly scope: 'RECEIPT'; readonly money_amount: number },
  ];
  /** Exactly one. Its amount is left out: Loyverse computes it, and what a wrong one does is not known. */
  readonly payments: readonly [{ readonly payment_type_id: string; readonly paid_at: string }];
}

interface ReceiptLine {
  readonly variant_id: string;
  readonly quantity: number;
  readonly price: number;
  readonly line_note?: string;
  readonly line_taxes: readonly { readonly id: string }[];
  readonly line_modifiers: readonly { readonly modifier_option_id: string; readonly price: number }[];
}

/**
 * A tax that the website put on top although the till adds none to these dishes: left out, the till would book too
 * little, and there is nothing to book it as. `null` when there is no such tax.
 */
export function unbookableTax(
  order: OnlineOrder,
  lines: readonly MappedLine[],
  { menu }: MenuIndex,
): Trouble | null {
  if (order.tax_included || order.tax === 0) return null;
  const added = new Set(menu.taxes.filter((tax) => tax.kind === 'added').map((tax) => tax.id));
  if (lines.some(({ item }) => item.taxIds.some((id) => added.has(id)))) return null;
  const amount = formatMoney(order.tax, order.currency);
  const words = `The till cannot book the tax (${amount}): it adds none to these dishes. Enter this order in the till by hand.`;
  return { code: 'not_bookable', words };
}

/** What the till will make of it, as far as that is known; see {@link receiptTotal}. */
export function expectedTotal(
  lines: readonly MappedLine[],
  { menu }: MenuIndex,
  { taxIds, discount }: Pick<SaleTerms, 'taxIds' | 'discount'>,
): Minor {
  const added = new Map(menu.taxes.filter((tax) => tax.kind === 'added').map(({ id, rate }) => [id, rate]));
  const priced = lines.map(({ line, item, options }) => ({
    quantity: line.quantity,
    each: options.reduce((sum, { price }) => sum + price, line.unit_price),
    addedRates: item.taxIds.filter((id) => taxIds.has(id)).flatMap((id) => added.get(id) ?? []),
  }));
  return receiptTotal(priced, discount?.amount ?? 0);
}

/** The receipt as it is sent. The same input gives the same text, so that two bodies can be compared. */
export function receiptBody(lines: readonly MappedLine[], terms: SaleTerms): ReceiptBody {
  const soldAt = new Date(terms.soldAt).toISOString();
  return {
    store_id: terms.storeId,
    order: terms.reference,
    source: SOURCE,
    receipt_date: soldAt,
    note: shorten(terms.note, LONGEST_NOTE),
    ...(terms.employeeId === null ? {} : { employee_id: terms.employeeId }),
    line_items: lines.map(({ line, item, variantId, options }) => ({
      variant_id: variantId,
      quantity: line.quantity,
      price: toMajor(line.unit_price, terms.decimals),
      ...(line.note === '' ? {} : { line_note: shorten(printable(line.note), LONGEST_NOTE) }),
      // Sent even when empty: whether Loyverse adds the item's taxes by itself is not known.
      line_taxes: item.taxIds.filter((id) => terms.taxIds.has(id)).map((id) => ({ id })),
      line_modifiers: options.map(({ id, price }) => ({
        modifier_option_id: id,
        price: toMajor(price, terms.decimals),
      })),
    })),
    ...(terms.discount === null ? {} : { total_discounts: [discountOf(terms.discount, terms.decimals)] }),
    payments: [{ payment_type_id: terms.paymentTypeId, paid_at: soldAt }],
  };
}

function discountOf({ id, amount }: NonNullable<SaleTerms['discount']>, decimals: number) {
  return { id, scope: 'RECEIPT', money_amount: toMajor(amount, decimals) } as const;
}
