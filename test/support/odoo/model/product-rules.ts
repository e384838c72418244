import { userError } from './fault';
import type { Call } from './records';
import { idIn, idsIn, type Micros, type Row } from './row';
import { storedValues } from './values';

interface Stamp {
  readonly write_date: Micros;
  readonly write_uid: number;
}

/** Fields that a product with one variant shows as its own. */
const OF_THE_VARIANT = ['barcode', 'default_code'];

/**
 * Writes a template or a variant. A template's change moves `write_date` of its variants too; a variant's own ones
 * (archived, barcode, reference) move only the variant's (contract section 3).
 */
export function writeProduct(
  call: Call,
  model: string,
  row: Row,
  values: Readonly<Record<string, unknown>>,
  stamp: Stamp,
): void {
  const { state } = call;
  if (model === 'product.template') {
    state.db.update(row, { ...storedValues(call, model, values, row), ...stamp });
    const variants = state.db.where('product.product', 'product_tmpl_id', row.id);
    const [only, another] = variants;
    const own = picked(values, OF_THE_VARIANT);
    const archived = 'active' in values ? { active: values.active } : {};
    for (const variant of variants) {
      const shared = variant === only && another === undefined ? own : {};
      state.db.update(variant, { ...shared, ...archived, ...stamp });
    }
    return;
  }
  const own = picked(values, [...OF_THE_VARIANT, 'active', 'standard_price']);
  const { lst_price: price, ...others } = Object.fromEntries(
    Object.entries(values).filter(([name]) => !(name in own)),
  );
  state.db.update(row, { ...storedValues(call, model, own, row), ...stamp });
  const shared = { ...others, ...(price === undefined ? {} : { list_price: price }) };
  const template = state.find('product.template', idIn(row, 'product_tmpl_id'));
  if (Object.keys(shared).length > 0 && template !== undefined) {
    writeProduct(call, 'product.template', template, shared, stamp);
  }
}

function picked(
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

/** A template gets its variants, an attribute's line the values of its template. */
export function afterCreate(call: Call, model: string, row: Row, at: Micros): void {
  const { state } = call;
  const made = { active: true, create_date: at, write_date: at };
  if (model === 'product.template') {
    const defaults = {
      type: 'consu',
      sale_ok: true,
      self_order_available: true,
      uom_id: 1,
      taxes_id: [],
      pos_categ_ids: [],
      list_price: 1,
    };
    const missing = Object.entries(defaults).filter(([name]) => !(name in row));
    state.db.update(row, Object.fromEntries(missing));
    const own = picked(row, OF_THE_VARIANT);
    state.db.insert('product.product', { product_tmpl_id: row.id, ...own, ...made });
  }
  if (model !== 'product.template.attribute.line') return;
  const templateId = idIn(row, 'product_tmpl_id');
  const attribute = state.find('product.attribute', idIn(row, 'attribute_id'));
  const chosen = idsIn(row, 'value_ids').map((value) =>
    state.db.insert('product.template.attribute.value', {
      attribute_line_id: row.id,
      attribute_id: attribute?.id,
      product_tmpl_id: templateId,
      product_attribute_value_id: value,
      price_extra: state.find('product.attribute.value', value)?.default_extra_price ?? 0,
      ptav_active: true,
      ...made,
    }),
  );
  state.db.update(row, { product_template_value_ids: chosen.map(({ id }) => id) });
  if (attribute?.create_variant === 'no_variant') return;
  // One variant for each combination: those that are there take the first value, copies the others.
  const variants = [...state.db.where('product.product', 'product_tmpl_id', templateId)];
  chosen.forEach(({ id }, place) => {
    for (const variant of variants) {
      const all = [...idsIn(variant, 'product_template_variant_value_ids'), id];
      const isFirst = place === chosen.length - 1;
      const values = { product_template_variant_value_ids: all, product_template_attribute_value_ids: all };
      if (isFirst) state.db.update(variant, { ...values, write_date: at });
      else state.db.insert('product.product', { product_tmpl_id: templateId, ...values, ...made });
    }
  });
}

/** Products stay while any register is open. */
export function beforeUnlink({ state }: Call, model: string): void {
  if (model !== 'product.template' && model !== 'product.product') return;
  if (!state.db.table('pos.session').some(({ state: at }) => at !== 'closed')) return;
  throw userError('To delete a product, make sure all point of sale sessions are closed.');
}
