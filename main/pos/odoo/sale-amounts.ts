import { formatMoney, type Minor, toMajor, toMinor } from '../../core/money';
import type { OnlineOrder } from '../../core/online-order';
import type { Trouble } from '../../core/order';
import { discountShares } from '../discount-shares';
import { type OrderAmounts, orderAmounts, type TaxedLine } from './money/order-amounts';
import type { CurrencyRounding, OdooTax, RoundingMethod } from './money/taxes';
import type { WantedLine } from './sale-lines';

/** How the register's company counts. */
export interface Counting {
  /** Those that a line may have; others are left out. */
  readonly taxes: ReadonlyMap<number, OdooTax>;
  readonly currency: CurrencyRounding;
  readonly method: RoundingMethod;
  readonly decimals: number;
}

/** A line with its money as Odoo writes it, in major units. */
export interface PricedLine {
  readonly wanted: WantedLine;
  readonly taxIds: readonly number[];
  readonly priceUnit: number;
  /** Percent. */
  readonly discount: number;
  readonly subtotal: number;
  readonly subtotalIncl: number;
}

export interface PricedOrder {
  readonly lines: readonly PricedLine[];
  readonly total: number;
  readonly tax: number;
}

export type Priced =
  | { readonly ok: true; readonly order: PricedOrder }
  | { readonly ok: false; readonly trouble: Trouble };

/** Corrections of a coin that a total may need: each is a whole new computation. */
const MOST_CORRECTIONS = 4;

/**
 * Prices at which the till computes, by its own rules, exactly what the customer was told (contract section 6: the
 * server believes any amount, the till's screen computes it anew from prices and taxes). An order's discount becomes the
 * same percentage on each line, which is the only kind that Odoo has.
 * @param lines with the taxes that count for them
 */
export function priceOrder(
  document: OnlineOrder,
  lines: readonly { readonly wanted: WantedLine; readonly taxIds: readonly number[] }[],
  counting: Counting,
): Priced {
  const shares = discountShares(
    lines.map(({ wanted }) => wanted.gross),
    document.discount,
  );
  let targets: readonly Minor[] = lines.map(({ wanted }, index) => wanted.gross - (shares[index] ?? 0));
  let best = priced(document, lines, targets, counting);
  for (let tries = 0; tries < MOST_CORRECTIONS; tries += 1) {
    const off = document.total - toMinor(best.total, counting.decimals);
    if (off === 0) return { ok: true, order: best };
    // More than a coin for each line is not rounding: the till charges other taxes than the website.
    if (Math.abs(off) > lines.length) break;
    targets = shifted(targets, off);
    best = priced(document, lines, targets, counting);
  }
  return { ok: false, trouble: taxTrouble(document, best, counting) };
}

/** The dearest line takes what is missing or over. */
function shifted(targets: readonly Minor[], off: Minor): Minor[] {
  const dearest = targets.indexOf(Math.max(...targets));
  return targets.map((target, index) => (index === dearest ? Math.max(0, target + off) : target));
}

function priced(
  document: OnlineOrder,
  lines: readonly { readonly wanted: WantedLine; readonly taxIds: readonly number[] }[],
  targets: readonly Minor[],
  counting: Counting,
): PricedOrder {
  const taxed = lines.map(({ wanted, taxIds }, index) =>
    taxedLine(wanted, taxIds, targets[index] ?? 0, document.tax_included, counting),
  );
  const amounts = amountsOf(taxed, counting);
  return {
    lines: lines.map(({ wanted, taxIds }, index) => ({
      wanted,
      taxIds,
      priceUnit: taxed[index]?.priceUnit ?? 0,
      discount: taxed[index]?.discount ?? 0,
      subtotal: amounts.lines[index]?.subtotal ?? 0,
      subtotalIncl: amounts.lines[index]?.subtotalIncl ?? 0,
    })),
    total: amounts.total,
    tax: amounts.tax,
  };
}

/** So fine that rounding does not show: for finding a price, not for amounts. */
const UNROUNDED: CurrencyRounding = { rounding: 1e-9 };

/**
 * A line whose amount is the target. Every kind of tax makes the amount a straight line over the price, so that two
 * points on it tell all others.
 */
function taxedLine(
  { quantity, gross }: WantedLine,
  taxIds: readonly number[],
  target: Minor,
  isTaxIncluded: boolean,
  counting: Counting,
): TaxedLine {
  const discount = gross > target && gross > 0 ? ((gross - target) / gross) * 100 : 0;
  const line = (priceUnit: number): TaxedLine => ({ taxIds, priceUnit, quantity, discount });
  const wanted = toMajor(target, counting.decimals);
  const amountAt = (priceUnit: number, currency = UNROUNDED): number => {
    const [amounts] = amountsOf([line(priceUnit)], { ...counting, currency, method: 'round_per_line' }).lines;
    return (isTaxIncluded ? amounts?.subtotalIncl : amounts?.subtotal) ?? 0;
  };
  // Far from zero, where a rounded share of it weighs little.
  const far = Math.max(1_000, wanted);
  const atZero = amountAt(0);
  const slope = (amountAt(far) - atZero) / far;
  if (target === 0 || slope === 0) return line(0);
  const exact = (wanted - atZero) / slope;
  const coin = counting.currency.rounding / slope;
  const tries = [exact, ...NUDGES.map((nudge) => exact + nudge * coin)];
  const found = tries.find((price) => same(amountAt(price, counting.currency), wanted, counting));
  return line(found ?? exact);
}

/** Taxes that are rounded one by one may need a hair more or less, in coins. */
const NUDGES: readonly number[] = [0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8];

function same(one: number, other: number, { decimals }: Counting): boolean {
  return toMinor(one, decimals) === toMinor(other, decimals);
}

function amountsOf(lines: readonly TaxedLine[], { taxes, currency, method }: Counting): OrderAmounts {
  return orderAmounts(lines, taxes, currency, method);
}

function taxTrouble(document: OnlineOrder, { total }: PricedOrder, { decimals }: Counting): Trouble {
  const theirs = formatMoney(toMinor(total, decimals), document.currency);
  const ours = formatMoney(document.total, document.currency);
  return {
    code: 'tax_differs',
    words:
      `With the till’s taxes this order comes to ${theirs}, the website charged ${ours}. ` +
      'Enter it in the till by hand; a manager compares the taxes.',
  };
}
