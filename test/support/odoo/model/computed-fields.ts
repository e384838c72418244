import { idIn, idsIn, numberIn, type Row, textIn } from './row';
import type { OdooState } from './state';

type Compute = (state: OdooState, row: Row) => unknown;

/** A variant keeps these itself; every other field is its template's. */
const OWN_OF_VARIANT: ReadonlySet<string> = new Set([
  'id',
  'active',
  'barcode',
  'combination_indices',
  'create_date',
  'create_uid',
  'default_code',
  'display_name',
  'lst_price',
  'price_extra',
  'product_template_attribute_value_ids',
  'product_template_variant_value_ids',
  'product_tmpl_id',
  'standard_price',
  'write_date',
  'write_uid',
]);

/** What Odoo works out instead of storing it, as far as anybody asks. */
const COMPUTED: Readonly<Record<string, Readonly<Record<string, Compute>>>> = {
  'product.template': {
    default_code: (state, row) => only(state, row, 'default_code'),
    barcode: (state, row) => only(state, row, 'barcode'),
    currency_id: (state) => idIn(state.find('res.company', 1), 'currency_id') ?? false,
    product_variant_id: (state, row) => variantsOf(state, row)[0]?.id ?? false,
    product_variant_count: (state, row) => variantsOf(state, row).length,
    display_name: (state, row) => withReference(only(state, row, 'default_code'), textIn(row, 'name')),
  },
  'product.product': {
    lst_price: (state, row) =>
      numberIn(state.find('product.template', idIn(row, 'product_tmpl_id')), 'list_price') +
      extraOf(state, row),
    price_extra: extraOf,
    display_name: (state, row) => {
      const name = textIn(state.find('product.template', idIn(row, 'product_tmpl_id')), 'name');
      const chosen = idsIn(row, 'product_template_variant_value_ids').map((id) =>
        state.nameOf('product.template.attribute.value', id),
      );
      return withReference(row.default_code, chosen.length === 0 ? name : `${name} (${chosen.join(', ')})`);
    },
  },
  'product.template.attribute.value': {
    name: (state, row) =>
      textIn(state.find('product.attribute.value', idIn(row, 'product_attribute_value_id')), 'name'),
    display_name: (state, row) =>
      textIn(state.find('product.attribute.value', idIn(row, 'product_attribute_value_id')), 'name'),
    is_custom: (state, row) =>
      state.find('product.attribute.value', idIn(row, 'product_attribute_value_id'))?.is_custom ?? false,
  },
  'product.template.attribute.line': {
    display_name: (state, row) => textIn(state.find('product.attribute', idIn(row, 'attribute_id')), 'name'),
  },
  'product.attribute.value': {
    display_name: (state, row) =>
      `${textIn(state.find('product.attribute', idIn(row, 'attribute_id')), 'name')}: ${textIn(row, 'name')}`,
  },
  'product.combo': {
    base_price: (state, row) => {
      const prices = state.db
        .where('product.combo.item', 'combo_id', row.id)
        .map((item) => variantPrice(state, item));
      return prices.length === 0 ? 0 : Math.min(...prices);
    },
  },
  'product.combo.item': { lst_price: variantPrice },
  'account.tax': {
    price_include: (state, row) => {
      const company = state.find('res.company', idIn(row, 'company_id'));
      const own = textIn(row, 'price_include_override');
      return (own === '' ? textIn(company, 'account_price_include') : own) === 'tax_included';
    },
  },
  'pos.config': {
    currency_id: (state, row) =>
      idIn(state.find('res.company', idIn(row, 'company_id')), 'currency_id') ?? false,
    current_session_id: (state, row) => openSessionOf(state, row.id)?.id ?? false,
    current_session_state: (state, row) => openSessionOf(state, row.id)?.state ?? false,
    has_active_session: (state, row) => openSessionOf(state, row.id) !== undefined,
    number_of_rescue_session: (state, row) =>
      state.db
        .where('pos.session', 'config_id', row.id)
        .filter(({ rescue, state: at }) => rescue === true && at !== 'closed').length,
  },
  'pos.session': {
    payment_method_ids: (state, row) =>
      idsIn(state.find('pos.config', idIn(row, 'config_id')), 'payment_method_ids'),
    currency_id: (state, row) =>
      idIn(state.find('res.company', idIn(row, 'company_id')), 'currency_id') ?? false,
  },
  'pos.order': {
    currency_id: (state, row) =>
      idIn(state.find('res.company', idIn(row, 'company_id')), 'currency_id') ?? false,
    currency_rate: () => 1,
    country_code: () => 'US',
    available_payment_method_ids: (state, row) =>
      idsIn(state.find('pos.config', idIn(row, 'config_id')), 'payment_method_ids'),
    refund_orders_count: (state, row) => new Set(refundsOf(state, row).map(({ order_id: id }) => id)).size,
    refunded_order_id: (state, row) => {
      const [line] = state.db
        .where('pos.order.line', 'order_id', row.id)
        .flatMap((own) => state.find('pos.order.line', idIn(own, 'refunded_orderline_id')) ?? []);
      return idIn(line, 'order_id') ?? false;
    },
    has_refundable_lines: (state, row) =>
      state.db
        .where('pos.order.line', 'order_id', row.id)
        .some((line) => numberIn(line, 'qty') > refundedOf(state, line)),
    is_refund: (state, row) =>
      state.db
        .where('pos.order.line', 'order_id', row.id)
        .some((line) => idIn(line, 'refunded_orderline_id') !== null),
  },
  'pos.order.line': {
    refunded_qty: refundedOf,
    company_id: (state, row) => idIn(state.find('pos.order', idIn(row, 'order_id')), 'company_id') ?? false,
    display_name: (_, row) => textIn(row, 'full_product_name'),
  },
  'pos.payment': {
    currency_id: (state, row) =>
      idIn(state.find('res.company', idIn(row, 'company_id')), 'currency_id') ?? false,
    currency_rate: () => 1,
    session_id: (state, row) =>
      idIn(state.find('pos.order', idIn(row, 'pos_order_id')), 'session_id') ?? false,
  },
  'restaurant.table': {
    display_name: (state, row) =>
      `${textIn(state.find('restaurant.floor', idIn(row, 'floor_id')), 'name')}, ${numberIn(row, 'table_number')}`,
  },
};

/** @returns `undefined` when the field is a stored one */
export function computedField(state: OdooState, model: string, row: Row, name: string): unknown {
  const compute = COMPUTED[model]?.[name];
  if (compute !== undefined) return compute(state, row);
  if (name === 'display_name') return textIn(row, 'name') || `${model},${row.id}`;
  if (model !== 'product.product' || OWN_OF_VARIANT.has(name)) return undefined;
  const template = state.find('product.template', idIn(row, 'product_tmpl_id'));
  return template === undefined ? undefined : state.value('product.template', template, name);
}

/** The session that takes orders, or is being opened or closed. Left-over rescue sessions are none. */
export function openSessionOf(state: OdooState, registerId: number): Row | undefined {
  return state.db
    .where('pos.session', 'config_id', registerId)
    .find(({ rescue, state: at }) => rescue !== true && at !== 'closed');
}

function variantsOf(state: OdooState, template: Row): readonly Row[] {
  return state.db
    .where('product.product', 'product_tmpl_id', template.id)
    .filter(({ active }) => active !== false);
}

/** A template shows what its variant has, when it has one only. */
function only(state: OdooState, template: Row, field: string): unknown {
  const [variant, another] = variantsOf(state, template);
  return variant === undefined || another !== undefined ? false : (variant[field] ?? false);
}

function withReference(reference: unknown, name: string): string {
  return typeof reference === 'string' && reference !== '' ? `[${reference}] ${name}` : name;
}

function extraOf(state: OdooState, variant: Row): number {
  return idsIn(variant, 'product_template_variant_value_ids').reduce(
    (sum, id) => sum + numberIn(state.find('product.template.attribute.value', id), 'price_extra'),
    0,
  );
}

function variantPrice(state: OdooState, item: Row): number {
  const variant = state.find('product.product', idIn(item, 'product_id'));
  const price = variant === undefined ? 0 : state.value('product.product', variant, 'lst_price');
  return typeof price === 'number' ? price : 0;
}

function refundedOf(state: OdooState, line: Row): number {
  const taken = state.db.where('pos.order.line', 'refunded_orderline_id', line.id);
  return -taken
    .filter((refund) => state.find('pos.order', idIn(refund, 'order_id'))?.state !== 'cancel')
    .reduce((sum, refund) => sum + numberIn(refund, 'qty'), 0);
}

function refundsOf(state: OdooState, order: Row): readonly Row[] {
  return state.db
    .where('pos.order.line', 'order_id', order.id)
    .flatMap((line) => state.db.where('pos.order.line', 'refunded_orderline_id', line.id));
}
