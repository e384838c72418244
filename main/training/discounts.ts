import { type Minor, toMajor, toMinor } from '../core/money';
import type { Account } from './account';
import type { Discount } from './account-rows';
import { spread } from './discount-spread';
import type { ReceiptDiscount } from './receipt';
import type { ReceiptRequest } from './receipt-request';
import { invalidValue, missing, notFound } from './refusal';

/** What one discount takes off one line. */
export interface DiscountShare {
  readonly discount: Discount;
  /** `null` for an amount of money. */
  readonly percentage: number | null;
  readonly amount: Minor;
}

type Granted = Omit<DiscountShare, 'amount'> & {
  readonly money: Minor;
  readonly scope: 'RECEIPT' | 'LINE_ITEM';
};

/**
 * Takes all discounts of a request off its lines. That a discount has a scope is documented; the rest is assumed:
 * discounts of a line come first, then those of the receipt, each in the order of `total_discounts`, and each is
 * taken off what those before it left. A percentage is rounded for each line. An amount of a line is taken off each
 * line that refers to it; an amount of the receipt is {@link spread} over all lines.
 *
 * @param gross of each line, in minor units
 * @returns the shares of each line
 * @throws {Refusal}
 */
export function takeDiscounts(
  request: ReceiptRequest,
  gross: readonly Minor[],
  account: Account,
): readonly (readonly DiscountShare[])[] {
  const granted = grantDiscounts(request, account);
  const wanted = request.line_items.map((line, index) => lineDiscounts(line, index, granted, account));
  const rest = [...gross];
  const shares = gross.map((): DiscountShare[] => []);
  const take = (discount: Granted, index: number, amount: Minor) => {
    rest[index] = (rest[index] ?? 0) - amount;
    shares[index]?.push({ discount: discount.discount, percentage: discount.percentage, amount });
  };
  wanted.forEach((discounts, index) => {
    for (const discount of discounts) take(discount, index, offLine(discount, rest[index] ?? 0));
  });
  for (const discount of granted.filter(({ scope }) => scope === 'RECEIPT')) {
    const amounts =
      discount.percentage === null
        ? spread(discount.money, rest)
        : rest.map((line) => offLine(discount, line));
    amounts.forEach((amount, index) => {
      take(discount, index, amount);
    });
  }
  return shares;
}

export function discountRow(
  { discount, percentage, amount }: DiscountShare,
  decimals: number,
): ReceiptDiscount {
  const { id, type, name } = discount;
  const money_amount = toMajor(amount, decimals);
  return percentage === null
    ? { id, type, name, money_amount }
    : { id, type, name, percentage, money_amount };
}

function offLine({ percentage, money }: Granted, line: Minor): Minor {
  return percentage === null ? Math.min(money, line) : Math.round((line * percentage) / 100);
}

function grantDiscounts({ total_discounts, store_id }: ReceiptRequest, account: Account): Granted[] {
  return (total_discounts ?? []).map((wanted, index) => {
    const field = `object.total_discounts[${index}]`;
    const discount = storeDiscount(wanted.id, `${field}.id`, store_id, account);
    return { ...terms(discount, wanted, field, account), scope: wanted.scope ?? 'RECEIPT' };
  });
}

function lineDiscounts(
  line: ReceiptRequest['line_items'][number],
  index: number,
  granted: readonly Granted[],
  account: Account,
): Granted[] {
  return (line.line_discounts ?? []).map(({ id }, place) => {
    const field = `object.line_items[${index}].line_discounts[${place}].id`;
    if (account.discounts.get(id)?.deleted_at !== null) throw notFound(id, field);
    const found = granted.find(({ discount, scope }) => discount.id === id && scope === 'LINE_ITEM');
    if (found === undefined) throw invalidValue('Not in total_discounts with the scope LINE_ITEM', field);
    return found;
  });
}

function storeDiscount(id: string, field: string, storeId: string, account: Account): Discount {
  const discount = account.discounts.get(id);
  if (discount === undefined || discount.deleted_at !== null) throw notFound(id, field);
  if (!discount.stores.includes(storeId)) throw invalidValue('The store does not have this discount', field);
  return discount;
}

function terms(
  discount: Discount,
  wanted: NonNullable<ReceiptRequest['total_discounts']>[number],
  field: string,
  account: Account,
): Omit<Granted, 'scope'> {
  const money = (major: number) => ({ discount, percentage: null, money: toMinor(major, account.decimals) });
  switch (discount.type) {
    case 'FIXED_PERCENT':
      return { discount, percentage: discount.discount_percent ?? 0, money: 0 };
    case 'FIXED_AMOUNT':
      return money(discount.discount_amount ?? 0);
    case 'VARIABLE_PERCENT':
      if (wanted.percentage == null) throw missing(`${field}.percentage`);
      return { discount, percentage: wanted.percentage, money: 0 };
    case 'VARIABLE_AMOUNT':
      if (wanted.money_amount == null) throw missing(`${field}.money_amount`);
      return money(wanted.money_amount);
    case 'DISCOUNT_BY_POINTS':
      throw invalidValue('Points cannot be spent through the API', `${field}.id`);
  }
}
