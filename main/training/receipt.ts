import type { Discount } from './account-rows';

/** What Loyverse calls a receipt whose maker did not say: the token's name. */
export const DEFAULT_SOURCE = 'Training token';

/** A sale or a refund as Loyverse prints it: money in major units, nulls where an API sale has nothing to say. */
export interface Receipt {
  readonly receipt_number: string;
  readonly note: string | null;
  readonly receipt_type: 'SALE' | 'REFUND';
  /** The number of the sale that is given back. */
  readonly refund_for: string | null;
  readonly order: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly source: string;
  readonly receipt_date: string;
  readonly cancelled_at: string | null;
  readonly total_money: number;
  readonly total_tax: number;
  readonly points_earned: number;
  readonly points_deducted: number;
  readonly points_balance: number;
  readonly customer_id: string | null;
  readonly total_discount: number;
  readonly employee_id: string | null;
  readonly store_id: string;
  readonly pos_device_id: string | null;
  /** A name: "Dine in". */
  readonly dining_option: string | null;
  readonly total_discounts: readonly ReceiptDiscount[];
  readonly total_taxes: readonly ReceiptTax[];
  readonly tip: number;
  readonly surcharge: number;
  readonly line_items: readonly ReceiptLine[];
  readonly payments: readonly [ReceiptPayment, ...ReceiptPayment[]];
}

export interface ReceiptTax {
  readonly id: string;
  readonly type: 'INCLUDED' | 'ADDED';
  readonly name: string;
  readonly rate: number;
  readonly money_amount: number;
}

export interface ReceiptDiscount {
  readonly id: string;
  readonly type: Discount['type'];
  readonly name: string;
  /** Only of those that are a percentage. */
  readonly percentage?: number;
  readonly money_amount: number;
}

export interface ReceiptLine {
  readonly id: string;
  readonly item_id: string;
  readonly variant_id: string;
  readonly item_name: string;
  readonly variant_name: string | null;
  readonly sku: string;
  readonly quantity: number;
  readonly price: number;
  readonly gross_total_money: number;
  readonly total_money: number;
  readonly cost: number;
  readonly cost_total: number;
  readonly line_note: string | null;
  readonly line_taxes: readonly ReceiptTax[];
  readonly total_discount: number;
  readonly line_discounts: readonly ReceiptDiscount[];
  readonly line_modifiers: readonly ReceiptModifier[];
}

export interface ReceiptModifier {
  readonly id: string;
  readonly modifier_option_id: string;
  /** The modifier's name; the choice is `option`. */
  readonly name: string;
  readonly option: string;
  readonly price: number;
  readonly money_amount: number;
}

export interface ReceiptPayment {
  readonly payment_type_id: string;
  readonly name: string;
  readonly type: string;
  readonly money_amount: number;
  readonly paid_at: string;
  readonly payment_details: null;
}
