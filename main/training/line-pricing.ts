import { type Minor, toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { Item, Tax, Variant } from './account-rows';
import type { ReceiptModifier } from './receipt';
import type { ReceiptRequest } from './receipt-request';
import { invalidValue, missing, notFound } from './refusal';

type RequestLine = ReceiptRequest['line_items'][number];

/** A line with all that it refers to. */
export interface PricedLine {
  readonly line: RequestLine;
  readonly item: Item;
  readonly variant: Variant;
  readonly modifiers: readonly ReceiptModifier[];
  /** Of one, without modifiers. */
  readonly unit: Minor;
  /** Of all, with modifiers, before discounts and added taxes. */
  readonly gross: Minor;
  readonly taxes: readonly Tax[];
}

export interface PricingContext {
  readonly account: Account;
  readonly storeId: string;
  /** Refuses a modifier that the item does not offer. */
  readonly strict: boolean;
  /** Whether the item's taxes apply to a line that says nothing about taxes. */
  readonly autoTax: boolean;
}

/** @throws {Refusal} naming the first field of the line that is at fault */
export function priceLine(line: RequestLine, index: number, context: PricingContext): PricedLine {
  const { account, storeId } = context;
  const field = `object.line_items[${index}]`;
  const found = account.variant(line.variant_id);
  if (found === undefined) throw notFound(line.variant_id, `${field}.variant_id`);
  const { item, variant } = found;
  const price = line.price ?? storePrice(variant, storeId);
  if (price === null) throw missing(`${field}.price`);
  const modifiers = lineModifiers(line, item.modifier_ids, field, context);
  const unit = toMinor(price, account.decimals);
  const extras = modifiers.reduce((sum, modifier) => sum + toMinor(modifier.price, account.decimals), 0);
  const gross = Math.round(line.quantity * (unit + extras));
  return {
    line,
    item,
    variant,
    modifiers,
    unit,
    gross,
    taxes: lineTaxes(line, item.tax_ids, field, context),
  };
}

/** The store's own price if it has a fixed one, else the item's; `null` when it is typed at the till. */
function storePrice(variant: Variant, storeId: string): number | null {
  const here = variant.stores.find((store) => store.store_id === storeId);
  return here?.pricing_type === 'FIXED' ? here.price : variant.default_price;
}

function lineModifiers(
  line: RequestLine,
  offered: readonly string[],
  lineField: string,
  { account, strict }: PricingContext,
): ReceiptModifier[] {
  return (line.line_modifiers ?? []).map((wanted, place) => {
    const field = `${lineField}.line_modifiers[${place}].modifier_option_id`;
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

function lineTaxes(
  line: RequestLine,
  ownTaxes: readonly string[],
  lineField: string,
  { account, autoTax, storeId }: PricingContext,
): Tax[] {
  const live = (id: string) => {
    const tax = account.taxes.get(id);
    return tax?.deleted_at === null ? tax : undefined;
  };
  const applies = (id: string) => autoTax && live(id)?.stores.includes(storeId);
  const automatic = ownTaxes.filter(applies).map((id) => ({ id }));
  return (line.line_taxes ?? automatic).map(({ id }, place) => {
    const field = `${lineField}.line_taxes[${place}].id`;
    const tax = live(id);
    if (tax === undefined) throw notFound(id, field);
    if (!tax.stores.includes(storeId)) throw invalidValue('The store does not charge this tax', field);
    return tax;
  });
}
