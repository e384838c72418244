/**
 * The rows of a Loyverse account as its REST API 1.0 prints them: field names, order and nulls as seen in live
 * answers. Money is in major units, times are UTC with a resolution of one second.
 */

interface Stamped {
  readonly created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

interface Merchant {
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

export interface Tax extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly type: 'INCLUDED' | 'ADDED';
  /** Percent. */
  readonly rate: number;
  readonly stores: readonly string[];
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

interface VariantInStore {
  readonly store_id: string;
  pricing_type: 'FIXED' | 'VARIABLE';
  price: number | null;
  available_for_sale: boolean;
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
  default_pricing_type: 'FIXED' | 'VARIABLE';
  default_price: number | null;
  readonly stores: readonly VariantInStore[];
}

export interface Item extends Stamped {
  readonly id: string;
  readonly handle: string;
  readonly reference_id: string | null;
  item_name: string;
  readonly description: string | null;
  readonly track_stock: boolean;
  readonly sold_by_weight: boolean;
  readonly is_composite: boolean;
  readonly use_production: boolean;
  readonly category_id: string | null;
  readonly components: readonly [];
  readonly primary_supplier_id: string | null;
  readonly tax_ids: readonly string[];
  readonly modifier_ids: readonly string[];
  readonly form: string;
  readonly color: string;
  readonly image_url: string | null;
  readonly option1_name: string | null;
  readonly option2_name: string | null;
  readonly option3_name: string | null;
  readonly variants: readonly Variant[];
}

/** Everything in an account that a sale can refer to. */
export interface AccountRows {
  readonly merchant: Merchant;
  readonly stores: readonly Store[];
  readonly employees: readonly Employee[];
  readonly paymentTypes: readonly PaymentType[];
  readonly taxes: readonly Tax[];
  readonly categories: readonly Category[];
  readonly modifiers: readonly Modifier[];
  readonly items: readonly Item[];
}
