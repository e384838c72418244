import type { MenuIndex, MenuItem, Modifier } from '../../core/menu';
import { formatMoney, toMajor } from '../../core/money';
import type { OnlineOrder, OrderLine } from '../../core/online-order';
import type { Ms, Trouble } from '../../core/order';
import { shorten } from './receipt-note';

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

/** An order's lines, each found in the till's menu. */
export interface MappedLine {
  readonly line: OrderLine;
  readonly item: MenuItem;
  readonly variantId: string;
  /** One entry per piece: a modifier taken twice is there twice. */
  readonly options: readonly { readonly id: string; readonly price: number }[];
}

export type MappedLines =
  | { readonly ok: true; readonly lines: readonly MappedLine[] }
  | { readonly ok: false; readonly trouble: Trouble };

/**
 * Finds every line and every modifier in the menu. All or nothing: a sale without one of its lines would be too
 * small and nobody would notice. What is sold out goes through, for the kitchen may have found another.
 */
export function mapLines(order: OnlineOrder, menu: MenuIndex): MappedLines {
  const modifiers = new Map(menu.menu.modifiers.map((modifier) => [modifier.id, modifier]));
  const missing: string[] = [];
  const lines = order.lines.flatMap((line): MappedLine[] => {
    const found = menu.variant(line);
    if (found === undefined) {
      missing.push(line.name);
      return [];
    }
    const offered = found.item.modifierIds.flatMap((id) => modifiers.get(id) ?? []);
    const options = line.modifiers.flatMap((wanted) => {
      const option = findOption(wanted, offered);
      if (option === undefined) missing.push(`${wanted.name} (${line.name})`);
      return option === undefined ? [] : Array(wanted.quantity).fill({ id: option.id, price: wanted.price });
    });
    return [{ line, item: found.item, variantId: found.variant.id, options }];
  });
  if (missing.length === 0) return { ok: true, lines };
  const names = [...new Set(missing)].join(', ');
  return { ok: false, trouble: { code: 'not_in_menu', words: `Not in the till’s menu: ${names}.` } };
}

/** By name among the item's own options; of two with one name, the one with the order's price. */
function findOption(wanted: OrderLine['modifiers'][number], offered: readonly Modifier[]) {
  const name = wanted.name.trim().toLowerCase();
  const named = offered
    .flatMap((modifier) => modifier.options)
    .filter((option) => option.name.trim().toLowerCase() === name);
  return named.find((option) => option.price === wanted.price) ?? named[0];
}

/**
 * The parts of an order that have no place in a receipt yet. Leaving them out would book a wrong total, so that
 * the order is refused by name of what stands in the way. `null` when there is none.
 */
export function unbookable(
  order: OnlineOrder,
  lines: readonly MappedLine[],
  menu: MenuIndex,
): Trouble | null {
  const money = (amount: number) => formatMoney(amount, order.currency);
  const fee = order.delivery?.fee ?? 0;
  const added = new Set(menu.menu.taxes.filter((tax) => tax.kind === 'added').map((tax) => tax.id));
  const isTaxed = lines.some(({ item }) => item.taxIds.some((id) => added.has(id)));
  const parts = [
    order.discount > 0 ? `the discount (${money(order.discount)})` : null,
    fee > 0 ? `the delivery fee (${money(fee)})` : null,
    order.tip > 0 ? `the tip (${money(order.tip)})` : null,
    !order.tax_included && order.tax > 0 && !isTaxed ? `the tax (${money(order.tax)})` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const words = `The till cannot book ${parts.join(' and ')}. Enter this order in the till by hand.`;
  return { code: 'not_bookable', words };
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
      ...(line.note === '' ? {} : { line_note: shorten(line.note, LONGEST_NOTE) }),
      // Sent even when empty: whether Loyverse adds the item's taxes by itself is not known.
      line_taxes: item.taxIds.filter((id) => terms.taxIds.has(id)).map((id) => ({ id })),
      line_modifiers: options.map(({ id, price }) => ({
        modifier_option_id: id,
        price: toMajor(price, terms.decimals),
      })),
    })),
    payments: [{ payment_type_id: terms.paymentTypeId, paid_at: soldAt }],
  };
}
