import { DateTime } from 'luxon';
import {
  computedTotal,
  lineTotal,
  type OnlineOrder,
  type OrderLine,
  parseOnlineOrder,
} from '../../core/online-order';
import { shorten } from '../printable-text';
import { toCents } from './amounts';
import { readNote } from './receipt-poll-note';
import { remainingSale, revisionOf } from './receipt-poll-refunds';
import type { PolledLine, PolledReceipt } from './receipt-poll-rows';

export interface DocumentTerms {
  readonly currency: string;
  readonly decimals: number;
  readonly timezone: string;
  readonly tables: readonly string[];
}

/** The document's own limits; what is longer is cut with an ellipsis. */
const MOST_LINES = 500;
const MOST_QUANTITY = 9_999;
const MOST_MODIFIERS = 100;

/**
 * A receipt of the till as an order to cook. Its total is the till’s: what its parts do not explain is a line or a
 * discount of its own, so that somebody sees it.
 * @param refunds all that there are of this sale
 * @returns what is wrong with it when it cannot be one, for the log
 */
export function orderDocument(
  sale: PolledReceipt,
  refunds: readonly PolledReceipt[],
  terms: DocumentTerms,
): OnlineOrder | { readonly because: string } {
  const { sale: rest, gone } = remainingSale(sale, refunds);
  const cents = (amount: number | null | undefined): number => toCents(amount ?? 0, terms.decimals);
  const note = sale.note?.trim() ?? '';
  const words = readNote(note, sale.dining_option ?? '', sale.order ?? '', terms.tables);
  const number = sale.order?.trim() || sale.receipt_number;

  const document = {
    id: sale.receipt_number,
    number: shorten(number, 40),
    placed_at: placedAt(sale, terms.timezone),
    currency: terms.currency,
    service: words.service,
    table: words.service === 'dine_in' ? words.table : null,
    customer: {
      name: shorten(words.name?.trim() || sale.source?.trim() || 'Till', 200),
      phone: shorten(words.phone, 40),
      note: shorten(noteShown(sale, note), 5_000),
    },
    delivery:
      words.service === 'delivery'
        ? { address: shorten(words.address ?? 'No address on the receipt.', 1_000), fee: 0 }
        : null,
    ...amounts(rest, cents),
    payment: { status: 'paid', method: shorten(paymentNames(sale), 60) },
    status: gone === null ? 'placed' : 'cancelled',
    cancel_reason: gone,
    revision: revisionOf(sale, refunds),
  };
  const parsed = parseOnlineOrder(document, { currency: terms.currency, tables: terms.tables });
  if (parsed.ok) return parsed.order;
  return { because: parsed.problems.map(({ path, problem }) => path || problem).join(', ') };
}

type Cents = (amount: number | null | undefined) => number;

/** The part of a document that must add up. */
function amounts(sale: PolledReceipt, cents: Cents) {
  const total = cents(sale.total_money);
  const dishes = limited(sale.line_items.map((row) => orderLine(row, cents)));
  const taxOf = (type: string): number =>
    Math.max(
      0,
      sum(sale.total_taxes.filter((tax) => tax.type === type).map((tax) => cents(tax.money_amount))),
    );
  const added = taxOf('ADDED');
  const tax = { tax: added > 0 ? added : taxOf('INCLUDED'), tax_included: added === 0 };
  const discount = Math.max(0, cents(sale.total_discount));
  const tips = Math.max(0, cents(sale.tip));
  const surcharges = Math.max(0, cents(sale.surcharge));

  // Whether a receipt's total holds its tip and its surcharge is not known: what makes it add up is believed.
  const open = total - computedTotal({ ...tax, lines: dishes, discount, tip: 0, delivery: null });
  const [tip, surcharge] =
    [[tips, surcharges] as const, [tips, 0] as const, [0, surcharges] as const, [0, 0] as const].find(
      ([some, other]) => some + other === open,
    ) ?? ([tips, surcharges] as const);
  const missing = open - tip - surcharge;
  const lines = [
    ...dishes,
    ...(surcharge > 0 ? [extraLine('Surcharge', surcharge)] : []),
    ...(missing > 0 ? [extraLine('Not listed on the receipt', missing)] : []),
  ];
  return {
    ...tax,
    lines: lines.length > 0 ? lines : [extraLine('Nothing on the receipt', 0)],
    tip,
    discount: discount + Math.max(0, -missing),
    total,
  };
}

function orderLine(row: PolledLine, cents: Cents): OrderLine {
  const price = cents(row.price);
  const options = row.line_modifiers.slice(0, MOST_MODIFIERS).map(({ name, option, price: extra }) => ({
    name: shorten(option?.trim() || name?.trim() || 'Extra', 200),
    price: cents(extra),
    quantity: 1,
  }));
  const each = price + options.reduce((sum, option) => sum + option.price, 0);
  const gross =
    row.gross_total_money == null ? Math.round(row.quantity * each) : cents(row.gross_total_money);
  const countable = Number.isInteger(row.quantity) && row.quantity >= 1 && row.quantity <= MOST_QUANTITY;
  const name = [row.item_name?.trim() || 'Dish', row.variant_name?.trim()].filter(Boolean).join(', ');
  const known = {
    variant_id: shortOrNull(row.variant_id),
    sku: shortOrNull(row.sku),
    note: shorten(row.line_note?.trim() ?? '', 5_000),
  };
  const isPlain = price >= 0 && options.every((option) => option.price >= 0);
  if (countable && isPlain && row.quantity * each === gross) {
    return {
      ...known,
      name: shorten(name, 300),
      quantity: row.quantity,
      unit_price: price,
      modifiers: options,
    };
  }
  // Sold by weight, or with a price that was rounded for the whole line: one line with the line's own money.
  const times = row.quantity === 1 ? '' : `${Number(row.quantity.toFixed(3))} × `;
  return {
    ...known,
    name: shorten(`${times}${name}`, 300),
    quantity: 1,
    unit_price: Math.max(0, gross),
    modifiers: options.map((option) => ({ ...option, price: 0 })),
  };
}

/** No document is longer than its schema allows: what is too much is one line with the money of all of it. */
function limited(lines: readonly OrderLine[]): OrderLine[] {
  const room = MOST_LINES - 2;
  if (lines.length <= room) return [...lines];
  const more = lines.slice(room - 1);
  const money = sum(more.map(lineTotal));
  return [...lines.slice(0, room - 1), extraLine(`${more.length} more lines: look at the receipt`, money)];
}

function extraLine(name: string, price: number): OrderLine {
  return { variant_id: null, sku: null, name, quantity: 1, unit_price: price, modifiers: [], note: '' };
}

/** What was guessed from the note may be wrong: whoever packs the order sees the words themselves. */
function noteShown(sale: PolledReceipt, note: string): string {
  const option = sale.dining_option?.trim() ?? '';
  return [option, note].filter((part) => part !== '').join(' | ');
}

function placedAt({ receipt_date, created_at }: PolledReceipt, timezone: string): string | null {
  const dates = [receipt_date, created_at].map((text) => DateTime.fromISO(text ?? '', { zone: timezone }));
  return dates.find((date) => date.isValid)?.toISO() ?? null;
}

function paymentNames({ payments }: PolledReceipt): string {
  const names = payments.map(({ name }) => name?.trim() ?? '').filter((name) => name !== '');
  return names.length === 0 ? 'till' : [...new Set(names)].join(' + ');
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

function shortOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined || text === '' || text.length > 128 ? null : text;
}
