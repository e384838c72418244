import type { PolledLine, PolledReceipt } from './receipt-poll-rows';

/** A sale less what was given back of it. */
export interface RemainingSale {
  /** With its amounts and lines as far as they still stand; the whole sale when nothing of it stands. */
  readonly sale: PolledReceipt;
  /** The sentence that says so when all of it was given back, or it was voided. */
  readonly gone: string | null;
}

/** Half a cent: sums of binary fractions are never quite what they should be. */
const NOTHING = 0.005;
const NO_QUANTITY = 0.0005;

/** Grows with each thing that happens to a sale after it was made. */
export function revisionOf(sale: PolledReceipt, refunds: readonly PolledReceipt[]): number {
  return [sale, ...refunds].filter(({ cancelled_at }) => cancelled_at).length + refunds.length;
}

/**
 * Takes the refunds off a sale. Loyverse books a refund as a receipt of its own with positive amounts; whether its
 * lines keep the sale's line ids is not known, so they are found by id or else by what they sell.
 */
export function remainingSale(sale: PolledReceipt, all: readonly PolledReceipt[]): RemainingSale {
  const refunds = all.filter(({ cancelled_at }) => !cancelled_at);
  if (sale.cancelled_at) return { sale, gone: 'Voided in the till.' };
  const rest = refunds.reduce(takeOff, sale);
  const nothingLeft = rest.total_money < NOTHING && sale.total_money >= NOTHING;
  if (refunds.length > 0 && (nothingLeft || rest.line_items.length === 0)) {
    const numbers = refunds.map((refund) => refund.receipt_number).join(', ');
    return { sale, gone: `Given back in the till, receipt ${numbers}.` };
  }
  return { sale: rest, gone: null };
}

function takeOff(sale: PolledReceipt, refund: PolledReceipt): PolledReceipt {
  const less = (all: number | null | undefined, given: number | null | undefined): number =>
    Math.max(0, (all ?? 0) - (given ?? 0));
  return {
    ...sale,
    total_money: less(sale.total_money, refund.total_money),
    total_discount: less(sale.total_discount, refund.total_discount),
    tip: less(sale.tip, refund.tip),
    surcharge: less(sale.surcharge, refund.surcharge),
    total_taxes: sale.total_taxes.map((tax) => {
      const given = refund.total_taxes.filter(({ id }) => id === tax.id);
      return { ...tax, money_amount: less(tax.money_amount, given[0]?.money_amount) };
    }),
    line_items: refund.line_items.reduce(withoutLine, sale.line_items),
  };
}

function withoutLine(lines: PolledLine[], given: PolledLine): PolledLine[] {
  const index = indexOf(lines, given);
  const line = lines[index];
  if (line === undefined) return lines;
  const quantity = line.quantity - Math.abs(given.quantity);
  const rest =
    quantity <= NO_QUANTITY ? [] : [{ ...line, quantity, gross_total_money: grossOf(line, quantity) }];
  return [...lines.slice(0, index), ...rest, ...lines.slice(index + 1)];
}

function indexOf(lines: readonly PolledLine[], given: PolledLine): number {
  const byId = lines.findIndex(({ id }) => id && id === given.id);
  if (byId >= 0) return byId;
  const same = (line: PolledLine): boolean =>
    (line.variant_id ?? line.item_name) === (given.variant_id ?? given.item_name);
  const alike = (line: PolledLine): boolean => same(line) && optionsOf(line) === optionsOf(given);
  const exact = lines.findIndex(alike);
  return exact >= 0 ? exact : lines.findIndex(same);
}

function optionsOf({ line_modifiers }: PolledLine): string {
  return line_modifiers
    .map(({ option }) => option ?? '')
    .sort()
    .join('\n');
}

function grossOf(line: PolledLine, quantity: number): number | null {
  const gross = line.gross_total_money ?? null;
  return gross === null || line.quantity === 0 ? null : (gross / line.quantity) * quantity;
}
