import { type Minor, toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { Tax } from './account-rows';
import { type DiscountShare, discountRow } from './discounts';
import type { PricedLine } from './line-pricing';
import type { ReceiptLine, ReceiptTax } from './receipt';
import { stableId } from './stable-id';

export interface TaxShare {
  readonly tax: Tax;
  readonly amount: Minor;
}

interface BookedLine {
  readonly row: ReceiptLine;
  readonly total: Minor;
  readonly taxes: readonly TaxShare[];
  readonly discounts: readonly DiscountShare[];
}

/** A line of the receipt: taxes are of what the discounts leave. */
export function bookLine(
  { line, item, variant, modifiers, unit, gross, taxes: charged }: PricedLine,
  discounts: readonly DiscountShare[],
  { account, id }: { readonly account: Account; readonly id: string },
): BookedLine {
  const major = (cents: Minor) => toMajor(cents, account.decimals);
  const discount = discounts.reduce((sum, { amount }) => sum + amount, 0);
  const taxes = taxShares(charged, gross - discount);
  const added = taxes.filter(({ tax }) => tax.type === 'ADDED');
  const total = added.reduce((sum, { amount }) => sum + amount, gross - discount);
  const cost = line.cost ?? variant.cost;
  const names = [variant.option1_value, variant.option2_value, variant.option3_value].filter(Boolean);
  return {
    total,
    taxes,
    discounts,
    row: {
      id: stableId(id),
      item_id: item.id,
      variant_id: variant.variant_id,
      item_name: item.item_name,
      variant_name: names.length === 0 ? null : names.join(' / '),
      sku: variant.sku,
      quantity: line.quantity,
      price: major(unit),
      gross_total_money: major(gross),
      total_money: major(total),
      cost,
      cost_total: major(Math.round(line.quantity * toMinor(cost, account.decimals))),
      line_note: line.line_note ?? null,
      line_taxes: taxes.map((share) => taxRow(share, account.decimals)),
      total_discount: major(discount),
      line_discounts: discounts.map((share) => discountRow(share, account.decimals)),
      line_modifiers: modifiers,
    },
  };
}

/** An included tax is the part rate/(100 + rate) of the price; an added one comes on top of it. */
function taxShares(taxes: readonly Tax[], net: Minor): TaxShare[] {
  const included = taxes.filter(({ type }) => type === 'INCLUDED').reduce((sum, { rate }) => sum + rate, 0);
  return taxes.map((tax) => ({
    tax,
    amount: Math.round((net * tax.rate) / (tax.type === 'INCLUDED' ? 100 + included : 100)),
  }));
}

export function taxRow({ tax, amount }: TaxShare, decimals: number): ReceiptTax {
  const { id, type, name, rate } = tax;
  return { id, type, name, rate, money_amount: toMajor(amount, decimals) };
}
