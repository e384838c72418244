import { toMajor } from '../core/money';
import type { Ms } from '../core/order';
import type { Account } from './account';
import type { ReceiptRequest } from './receipt-request';
import { timestamp } from './timestamp';

export interface RungUpLine {
  readonly sku: string;
  readonly quantity?: number;
  /** Cents; by default the price in the store. */
  readonly price?: number;
  readonly note?: string;
  /** Names of options that the item offers: "Extra wasabi". */
  readonly modifiers?: readonly string[];
}

/** A sale as a cashier or an ordering site makes it. */
export interface RungUpSale {
  readonly lines: readonly RungUpLine[];
  /** By default "point of sale", as the till writes; an ordering site writes its own name. */
  readonly source?: string;
  /** By default the first store. */
  readonly storeId?: string;
  readonly order?: string;
  readonly note?: string;
  /** By default "Dine in"; `null` for none. */
  readonly diningOption?: string | null;
  /** A payment type's name; by default "Cash". */
  readonly paidBy?: string;
  readonly customerId?: string;
  /** Of the sale; by default now. A till that was offline sends it later. */
  readonly soldAt?: Ms;
}

export const POINT_OF_SALE = 'point of sale';

/** @throws when the account has no such dish, option or payment type */
export function ringUpRequest(sale: RungUpSale, account: Account): ReceiptRequest {
  const storeId = sale.storeId ?? account.storeIds[0] ?? '';
  const paidBy = sale.paidBy ?? 'Cash';
  const paymentType = account.paymentTypes.all().find(({ name }) => name === paidBy);
  if (paymentType === undefined) throw new Error(`The account has no payment type ${paidBy}.`);
  const cashier = account.employees.all().find(({ stores }) => stores.includes(storeId));
  return {
    store_id: storeId,
    source: sale.source ?? POINT_OF_SALE,
    order: sale.order,
    note: sale.note,
    customer_id: sale.customerId,
    employee_id: cashier?.id,
    receipt_date: sale.soldAt === undefined ? undefined : timestamp(sale.soldAt),
    line_items: sale.lines.map((line) => ringUpLine(line, account)),
    payments: [{ payment_type_id: paymentType.id }],
  };
}

function ringUpLine(line: RungUpLine, account: Account): ReceiptRequest['line_items'][number] {
  const found = account.variantBySku(line.sku);
  if (found === undefined) throw new Error(`The training menu has no ${line.sku}.`);
  const offered = found.item.modifier_ids.flatMap((id) => account.modifiers.get(id)?.modifier_options ?? []);
  return {
    variant_id: found.variant.variant_id,
    quantity: line.quantity ?? 1,
    price: line.price === undefined ? undefined : toMajor(line.price, account.decimals),
    line_note: line.note,
    line_modifiers: line.modifiers?.map((wanted) => {
      const option = offered.find(({ name }) => name === wanted);
      if (option === undefined) throw new Error(`${found.item.item_name} is not offered with ${wanted}.`);
      return { modifier_option_id: option.id };
    }),
  };
}
