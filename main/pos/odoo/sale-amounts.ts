import { formatMoney, type Minor, toMajor, toMinor } from '../../core/money';
import type { OnlineOrder } from '../../core/online-order';
import type { Trouble } from '../../core/order';
import { discountShares } from '../discount-shares';
import { type OrderAmounts, orderAmounts, type TaxedLine } from './money/order-amounts';
import { roundTo } from './money/rounding';
import type { CurrencyRounding, OdooTax, RoundingMethod } from './money/taxes';
import type { WantedLine } from './sale-lines';

/** How the register's company counts. */
export interface Counting {
  /** Those that a line may have; others are left out. */
  readonly taxes: ReadonlyMap<number, OdooTax>;
  readonly currency: CurrencyRounding;
  readonly method: RoundingMethod;
  readonly decimals: number;
  /** The server's version: 19 rounds a whole order in another way than those before. */
  readonly major: number;
  /** Decimals to which a till before 19 rounds a price before it computes with it; `null` for none. */
  readonly priceDecimals: number | null;
}

/** A line with the taxes that are charged here: those of a fiscal position in the place of the product's own. */
export interface LineToPrice {
  readonly wanted: WantedLine;
  readonly taxIds: readonly number[];
}

/** A line with its money as Odoo writes it, in major units. */
export interface PricedLine {
  readonly wanted: WantedLine;
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

/**
 * How much of what is missing a line is made to bear, should all of it be too much: taxes that are rounded one by one
 * may turn one coin into two.
 */
const PORTIONS: readonly number[] = [1, 0.5, 0.25, 0.75, 0.1, 0.9, 1.25, 1.5, -0.25];
/** Lines that are tried, the dearest first. */
const LINES_TRIED = 4;

/**
 * Prices at which the till computes, by its own rules, what the customer was told, or a coin off it where that cannot be (contract section 6: the
 * server believes any amount, the till's screen computes it anew from prices and taxes). An order's discount becomes the
 * same percentage on each line, which is the only kind that Odoo has.
 */
export function priceOrder(document: OnlineOrder, lines: readonly LineToPrice[], counting: Counting): Priced {
  const shares = discountShares(
    lines.map(({ wanted }) => wanted.gross),
    document.discount,
  );
  const targets = lines.map(({ wanted }, index) => wanted.gross - (shares[index] ?? 0));
  const differenceOf = ({ total }: PricedOrder) => document.total - toMinor(total, counting.decimals);
  let best = priced(document, lines, targets, counting);
  const off = differenceOf(best);
  // More than a coin for each line is not rounding: the till charges other taxes than the website.
  if (off !== 0 && Math.abs(off) <= lines.length) {
    for (const corrected of corrections(targets, off)) {
      const order = priced(document, lines, corrected, counting);
      if (Math.abs(differenceOf(order)) < Math.abs(differenceOf(best))) best = order;
      if (differenceOf(best) === 0) break;
    }
  }
  // Where several taxes are rounded one by one there are totals that no price leads to.
  return Math.abs(differenceOf(best)) <= 1
    ? { ok: true, order: best }
    : { ok: false, trouble: taxTrouble(document, best, counting) };
}

/** The targets with what is missing, or a part of it, on one of the dearest lines. */
function* corrections(targets: readonly Minor[], off: Minor): Generator<readonly number[]> {
  const dearest = targets
    .map((_, index) => index)
    .sort((a, b) => (targets[b] ?? 0) - (targets[a] ?? 0))
    .slice(0, LINES_TRIED);
  for (const portion of PORTIONS) {
    for (const place of dearest) {
      yield targets.map((target, index) => (index === place ? Math.max(0, target + off * portion) : target));
    }
  }
}

function priced(
  document: OnlineOrder,
  lines: readonly LineToPrice[],
  targets: readonly number[],
  counting: Counting,
): PricedOrder {
  const taxed = lines.map(({ wanted, taxIds }, index) =>
    taxedLine(wanted, taxIds, targets[index] ?? 0, document.tax_included, counting),
  );
  const amounts = amountsOf(taxed, counting);
  return {
    lines: lines.map(({ wanted }, index) => ({
      wanted,
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
  target: number,
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
  return onPriceGrid(line(found ?? exact), counting);
}

/** The same amount from a price that the till leaves as it is: the next one up, less a hair of a discount. */
function onPriceGrid(line: TaxedLine, { priceDecimals }: Counting): TaxedLine {
  if (priceDecimals === null || line.priceUnit <= 0) return line;
  const step = 10 ** -priceDecimals;
  const priceUnit = roundTo(Math.ceil(line.priceUnit / step - 1e-6) * step, step);
  if (Math.abs(priceUnit - line.priceUnit) < step * 1e-6) return { ...line, priceUnit };
  const discount = (1 - (line.priceUnit * (1 - line.discount / 100)) / priceUnit) * 100;
  return { ...line, priceUnit, discount };
}

/** Taxes that are rounded one by one may need a hair more or less, in coins. */
const NUDGES: readonly number[] = [0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8];

function same(one: number, other: number, { decimals }: Counting): boolean {
  return toMinor(one, decimals) === toMinor(other, decimals);
}

function amountsOf(lines: readonly TaxedLine[], { taxes, currency, method, major }: Counting): OrderAmounts {
  return orderAmounts(lines, taxes, currency, method, major);
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
