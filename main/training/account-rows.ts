/**
 * The rows of a Loyverse account as its REST API 1.0 prints them: field names, order and nulls as seen in live
 * answers. Money is in major units, times are UTC with a resolution of one second. A row is never changed, only
 * replaced, so that its text needs to be made once.
 */

interface Stamped {
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
}

export interface Merchant {
  readonly id: string;
  readonly business_name: string;
  readonly email: string;
  readonly country: string;
  readonly currency: { readonly code: string; readonly decimal_places: number };
  readonly created_at: string;
}

export interface Store extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly region: string;
  readonly postal_code: string | null;
  readonly country_code: string;
  readonly phone_number: string;
  readonly description: string | null;
}

export interface Employee extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone_number: string | null;
  readonly stores: readonly string[];
  readonly is_owner: boolean;
}

export interface PaymentType extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly stores: readonly string[];
}

/** A till. */
export interface PosDevice {
  readonly id: string;
  readonly name: string;
  readonly store_id: string;
  readonly activated: boolean;
  readonly deleted_at: string | null;
}

export interface Tax extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly type: 'INCLUDED' | 'ADDED';
  /** Percent. */
  readonly rate: number;
  readonly stores: readonly string[];
}

export const DISCOUNT_TYPES = [
  'FIXED_PERCENT',
  'FIXED_AMOUNT',
  'VARIABLE_PERCENT',
  'VARIABLE_AMOUNT',
  'DISCOUNT_BY_POINTS',
] as const;

/** Only the amount field of the type is there. */
export interface Discount extends Stamped {
  readonly id: string;
  readonly type: (typeof DISCOUNT_TYPES)[number];
  readonly name: string;
  readonly discount_percent?: number;
  readonly discount_amount?: number;
  readonly stores: readonly string[];
  readonly restricted_access: boolean;
}

/** Has no `updated_at`: a renamed category cannot be filtered for. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly created_at: string;
  readonly deleted_at: string | null;
}

export interface ModifierOption extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly position: number;
}

export interface Modifier extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly stores: readonly string[];
  readonly modifier_options: readonly ModifierOption[];
}

export type Pricing = 'FIXED' | 'VARIABLE';

export interface VariantInStore {
  readonly store_id: string;
  readonly pricing_type: Pricing;
  readonly price: number | null;
  readonly available_for_sale: boolean;
  readonly optimal_stock: number | null;
  readonly low_stock: number | null;
}

export interface Variant extends Stamped {
  readonly variant_id: string;
  readonly item_id: string;
  readonly sku: string;
  readonly reference_variant_id: string | null;
  readonly option1_value: string | null;
  readonly option2_value: string | null;
  readonly option3_value: string | null;
  readonly barcode: string | null;
  readonly cost: number;
  readonly purchase_cost: number | null;
  readonly default_pricing_type: Pricing;
  readonly default_price: number | null;
  readonly stores: readonly VariantInStore[];
}

export interface Component {
  readonly variant_id: string;
  readonly quantity: number;
}

export interface Item extends Stamped {
  readonly id: string;
  readonly handle: string;
  readonly reference_id: string | null;
  readonly item_name: string;
  readonly description: string | null;
  readonly track_stock: boolean;
  readonly sold_by_weight: boolean;
  readonly is_composite: boolean;
  readonly use_production: boolean;
  readonly category_id: string | null;
  readonly components: readonly Component[];
  readonly primary_supplier_id: string | null;
  readonly tax_ids: readonly string[];
  readonly modifier_ids: readonly string[];
  readonly form: string;
  readonly color: string;
  readonly image_url: string | null;
  readonly option1_name: string | null;
  readonly option2_name: string | null;
  readonly option3_name: string | null;
  /** Those that are not deleted; of a deleted item, those that it had. */
  readonly variants: readonly Variant[];
}

/** How much of a variant is in a store; may be below zero, or a fraction. Has no id. */
export interface InventoryLevel {
  readonly variant_id: string;
  readonly store_id: string;
  readonly in_stock: number;
  readonly updated_at: string;
}

export interface Customer extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone_number: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postal_code: string | null;
  readonly country_code: string | null;
  readonly customer_code: string | null;
  readonly note: string | null;
  readonly first_visit: string | null;
  readonly last_visit: string | null;
  readonly total_visits: number;
  readonly total_spent: number;
  readonly total_points: number;
  readonly permanent_deletion_at: string | null;
}

/** No recorded one was found: these fields are assumed. */
export interface Supplier extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly contact: string | null;
  readonly email: string | null;
  readonly phone_number: string | null;
  readonly note: string | null;
}

/** A closed one; the API lists no others. */
export interface Shift {
  readonly id: string;
  readonly store_id: string;
  readonly pos_device_id: string;
  readonly opened_at: string;
  readonly closed_at: string;
  readonly opened_by_employee: string | null;
  readonly closed_by_employee: string | null;
  readonly starting_cash: number;
  readonly cash_payments: number;
  readonly cash_refunds: number;
  readonly paid_in: number;
  readonly paid_out: number;
  readonly expected_cash: number;
  readonly actual_cash: number;
  readonly gross_sales: number;
  readonly refunds: number;
  readonly discounts: number;
  readonly net_sales: number;
  readonly tip: number;
  readonly surcharge: number;
  readonly taxes: readonly { readonly tax_id: string; readonly money_amount: number }[];
  readonly payments: readonly { readonly payment_type_id: string; readonly money_amount: number }[];
  readonly cash_movements: readonly {
    readonly type: 'PAY_IN' | 'PAY_OUT';
    readonly money_amount: number;
    readonly comment: string | null;
    readonly employee_id: string | null;
    readonly created_at: string;
  }[];
}

/** Everything in an account but its receipts. */
export interface AccountRows {
  readonly merchant: Merchant;
  readonly stores: readonly Store[];
  readonly employees: readonly Employee[];
  readonly paymentTypes: readonly PaymentType[];
  readonly posDevices: readonly PosDevice[];
  readonly taxes: readonly Tax[];
  readonly discounts: readonly Discount[];
  readonly categories: readonly Category[];
  readonly modifiers: readonly Modifier[];
  readonly items: readonly Item[];
  /** Deleted ones of items that are still there. */
  readonly deletedVariants: readonly Variant[];
  readonly inventory: readonly InventoryLevel[];
  readonly customers: readonly Customer[];
  readonly suppliers: readonly Supplier[];
  readonly shifts: readonly Shift[];
}
