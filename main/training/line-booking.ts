import { toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { Tax, Variant } from './account-rows';
import type { ReceiptLine, ReceiptModifier, ReceiptTax } from './receipt';
import type { ReceiptRequest } from './receipt-request';
import { invalidValue, missing, notFound } from './refusal';
import { stableId } from './stable-id';

type RequestLine = ReceiptRequest['line_items'][number];

export interface TaxShare {
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
  readonly storeId: string;
  /** The receipt's number. */
  readonly number: string;
  /** The line's place in the request. */
  readonly index: number;
  /** Refuses a modifier that the item does not offer. */
  readonly strict: boolean;
  readonly autoTax: boolean;
}

/** @throws {Refusal} naming the first field of the line that is at fault */
export function bookLine(line: RequestLine, context: LineContext): BookedLine {
  const { account, storeId, number, index } = context;
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
      id: stableId(`receipt ${number} line ${index}`),
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
  { account, strict, index }: LineContext,
): ReceiptModifier[] {
  return (line.line_modifiers ?? []).map((wanted, place) => {
    const field = `object.line_items[${index}].line_modifiers[${place}].modifier_option_id`;
    const found = account.option(wanted.modifier_option_id);
    if (found === undefined) throw notFound(wanted.modifier_option_id, field);
    const { modifier, option } = found;
    if (strict && !offered.includes(modifier.id)) {
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
  const { account, autoTax, storeId, index } = context;
  const applies = (id: string) => autoTax && account.tax(id)?.stores.includes(storeId);
  const automatic = ownTaxes.filter(applies).map((id) => ({ id }));
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

export function taxRow({ tax, amount }: TaxShare, major: (cents: number) => number): ReceiptTax {
  return { id: tax.id, type: tax.type, name: tax.name, rate: tax.rate, money_amount: major(amount) };
}
