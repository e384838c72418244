import { roundTo } from './rounding';
import {
  type CurrencyRounding,
  chargedTaxes,
  type LineTaxes,
  lineTaxes,
  type OdooTax,
  type RoundingMethod,
} from './taxes';

export interface TaxedLine {
  readonly taxIds: readonly number[];
  readonly priceUnit: number;
  readonly quantity: number;
  /** Percent. */
  readonly discount: number;
}

/** As an order's line carries them: `price_subtotal` and `price_subtotal_incl`. */
export interface LineAmounts {
  readonly subtotal: number;
  readonly subtotalIncl: number;
}

/** In major units, on the currency's grid. */
export interface OrderAmounts {
  readonly lines: readonly LineAmounts[];
  /** `amount_total`. Rounded globally it may be a coin off the sum of the lines. */
  readonly total: number;
  /** `amount_tax`. */
  readonly tax: number;
}

interface RawLine extends LineTaxes {
  readonly isRefund: boolean;
  /** Nothing comes on top of its price. */
  readonly isPriceTotal: boolean;
}

type Round = (amount: number) => number;

/** The first whose till keeps an order of prices with tax at the sum of those prices. */
const KEEPS_PRICES = 19;

/**
 * What the till's screen makes of an order's lines. Rounded per line, the total is the sum of the lines. Rounded
 * globally, each tax is rounded once over all lines, and so is what remains; the lines are rounded each for itself.
 * The rules are those of Odoo 19 and of 18.0 since 2025, whose own code agrees in the cent; earlier builds of 18.0
 * differ by a coin when rounding globally, and more where taxes stand on one another. Before 19 the screen rounds a
 * price to the decimals of Odoo’s “Product Price” first, which is left to the caller.
 * @param taxes with the children of groups; one that is missing counts as none
 * @param major of the server's version: how 19 rounds globally is another way than before
 */
export function orderAmounts(
  lines: readonly TaxedLine[],
  taxes: ReadonlyMap<number, OdooTax>,
  { rounding }: CurrencyRounding,
  method: RoundingMethod,
  major = KEEPS_PRICES,
): OrderAmounts {
  const round: Round = (amount) => roundTo(amount, rounding);
  const perLine = method === 'round_per_line';
  const raw = lines.map((line) => rawLine(line, taxes, perLine ? round : exactly));
  if (perLine) return lineByLine(raw, round);
  return major >= KEEPS_PRICES ? globally(raw, round) : globallyBefore19(raw, round, major);
}

const exactly: Round = (amount) => amount;

function rawLine(
  { taxIds, priceUnit, quantity, discount }: TaxedLine,
  all: ReadonlyMap<number, OdooTax>,
  round: Round,
): RawLine {
  const taxes = chargedTaxes(taxIds, all);
  return {
    ...lineTaxes(priceUnit * (1 - discount / 100), quantity, taxes, round),
    isRefund: quantity * priceUnit < 0,
    isPriceTotal: taxes.every(({ priceInclude }) => priceInclude),
  };
}

function lineByLine(raw: readonly RawLine[], round: Round): OrderAmounts {
  const lines = raw.map((line) => ({
    subtotal: round(line.excluded),
    subtotalIncl: round(line.excluded + taxOf(line)),
  }));
  const total = round(sum(lines, ({ subtotalIncl }) => subtotalIncl));
  return { lines, total, tax: round(total - sum(lines, ({ subtotal }) => subtotal)) };
}

/** Sales and refunds each for themselves. */
function globally(raw: readonly RawLine[], round: Round): OrderAmounts {
  const lines = raw.map((line) => {
    const subtotal = round(line.excluded);
    return { subtotal, subtotalIncl: round(subtotal + sum(line.taxes, ({ amount }) => round(amount))) };
  });
  const parts = [raw.filter(({ isRefund }) => !isRefund), raw.filter(({ isRefund }) => isRefund)].map(
    (part) => {
      const tax = roundedTaxes(part, round);
      const excluded = sum(part, (line) => line.excluded);
      // Where prices contain all tax the total is rounded, and what remains is the rest.
      const isPriceTotal = part.every((line) => line.isPriceTotal);
      return { tax, total: isPriceTotal ? round(excluded + sum(part, taxOf)) : round(excluded) + tax };
    },
  );
  return { lines, total: round(sum(parts, ({ total }) => total)), tax: round(sum(parts, ({ tax }) => tax)) };
}

/** 17, of which only the code was read, adds up what its lines show before tax; 18 rounds their sum. */
function globallyBefore19(raw: readonly RawLine[], round: Round, major: number): OrderAmounts {
  const lines = raw.map((line) => ({
    subtotal: round(line.excluded),
    subtotalIncl: round(line.excluded + taxOf(line)),
  }));
  const net = major < 18 ? sum(lines, ({ subtotal }) => subtotal) : sum(raw, ({ excluded }) => excluded);
  const tax = roundedTaxes(raw, round);
  return { lines, total: round(round(net) + tax), tax: round(tax) };
}

function roundedTaxes(lines: readonly RawLine[], round: Round): number {
  const sums = new Map<number, number>();
  for (const { id, amount } of lines.flatMap(({ taxes }) => taxes)) {
    sums.set(id, (sums.get(id) ?? 0) + amount);
  }
  return sum([...sums.values()], round);
}

function taxOf({ taxes }: LineTaxes): number {
  return sum(taxes, ({ amount }) => amount);
}

function sum<T>(values: readonly T[], amount: (value: T) => number): number {
  return values.reduce((total, value) => total + amount(value), 0);
}
