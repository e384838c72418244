import type { Category, Modifier } from '../../core/menu';
import { toMinor } from '../../core/money';
import { COMBO, COMBO_ITEM } from './combo-book';
import type { LinkCaller } from './link';
import {
  attributeLineSchema,
  attributeSchema,
  attributeValueSchema,
  categoryRowSchema,
  comboItemSchema,
  comboRowSchema,
  productNameSchema,
} from './menu-rows';
import { fieldsOf } from './schemas';

export const ATTRIBUTE = 'attribute:';

/** What is chosen with dishes, from tables that are small beside the dishes: read whole each time. */
export interface MenuTables {
  readonly categories: readonly Category[];
  /** The categories with all below them that a register sells; `null` for all. */
  readonly sold: ReadonlySet<number> | null;
  readonly modifiers: readonly Modifier[];
  /** The attribute lines with which an order says what was chosen; the others make variants. */
  readonly chosenLines: ReadonlySet<number>;
  /** What each attribute value is called. */
  readonly valueNames: ReadonlyMap<number, string>;
  /** The dishes that may be chosen in each combo. */
  readonly comboTemplates: ReadonlyMap<number, readonly number[]>;
  /** The attribute lines of each dish with which an order says what was chosen. */
  readonly linesOf: ReadonlyMap<number, readonly number[]>;
}

/**
 * @param limit the categories that the register is limited to; `null` for none
 * @throws {PosUnreachable}
 */
export async function readMenuTables(
  link: LinkCaller,
  decimals: number,
  limit: readonly number[] | null,
): Promise<MenuTables> {
  const [categories, lines, attributes, values, combos, comboItems] = await Promise.all([
    link.searchRead('pos.category', all(fieldsOf(categoryRowSchema), 'sequence, id'), categoryRowSchema),
    link.searchRead(
      'product.template.attribute.line',
      all(fieldsOf(attributeLineSchema)),
      attributeLineSchema,
    ),
    link.searchRead('product.attribute', all(fieldsOf(attributeSchema)), attributeSchema),
    link.searchRead(
      'product.template.attribute.value',
      { ...all(fieldsOf(attributeValueSchema)), domain: [['ptav_active', '=', true]] },
      attributeValueSchema,
    ),
    link.searchRead('product.combo', all(fieldsOf(comboRowSchema)), comboRowSchema),
    link.searchRead('product.combo.item', all(fieldsOf(comboItemSchema)), comboItemSchema),
  ]);
  const productIds = [...new Set(comboItems.flatMap(({ product_id: product }) => product || []))].filter(
    (id): id is number => typeof id === 'number',
  );
  const products = await link.searchRead(
    'product.product',
    { ...all(fieldsOf(productNameSchema)), domain: [['id', 'in', productIds]] },
    productNameSchema,
  );
  const product = new Map(products.map((row) => [row.id, row]));
  const attribute = new Map(attributes.map((row) => [row.id, row]));
  const valueRow = new Map(values.map((row) => [row.id, row]));
  const chosen = lines.filter(
    ({ attribute_id: id }) => attribute.get(id ?? 0)?.create_variant === 'no_variant',
  );
  const attributeModifiers = chosen.map(
    (line): Modifier => ({
      id: `${ATTRIBUTE}${line.id}`,
      name: attribute.get(line.attribute_id ?? 0)?.name ?? '',
      options: line.product_template_value_ids.flatMap((id) => {
        const value = valueRow.get(id);
        if (value === undefined) return [];
        return [{ id: String(id), name: value.name, price: toMinor(value.price_extra, decimals) }];
      }),
    }),
  );
  const itemsOf = (comboId: number) => comboItems.filter(({ combo_id: id }) => id === comboId);
  const productOf = ({ product_id: link }: (typeof comboItems)[number]) =>
    link === false ? undefined : product.get(link[0]);
  const comboModifiers = combos.map(
    ({ id, name }): Modifier => ({
      id: `${COMBO}${id}`,
      name,
      options: itemsOf(id).flatMap((item) => {
        const dish = productOf(item);
        if (dish === undefined) return [];
        const price = toMinor(item.extra_price, decimals);
        return [{ id: `${COMBO_ITEM}${item.id}`, name: dish.name, price }];
      }),
    }),
  );
  const linesOf = new Map<number, number[]>();
  for (const { id, product_tmpl_id: template } of chosen) {
    linesOf.set(template ?? 0, [...(linesOf.get(template ?? 0) ?? []), id]);
  }
  return {
    categories: categories.map(({ id, name }) => ({ id: String(id), name })),
    sold: limit === null ? null : withChildren(limit, categories),
    modifiers: [...attributeModifiers, ...comboModifiers],
    chosenLines: new Set(chosen.map(({ id }) => id)),
    valueNames: new Map(values.map(({ id, name }) => [id, name])),
    comboTemplates: new Map(
      combos.map(({ id }) => [id, itemsOf(id).flatMap((item) => productOf(item)?.product_tmpl_id ?? [])]),
    ),
    linesOf,
  };
}

function all(fields: readonly string[], order = 'id') {
  return { domain: [], fields, order } as const;
}

/** A register's categories name only themselves; what it sells is what stands below them as well. */
function withChildren(
  limit: readonly number[],
  categories: readonly { readonly id: number; readonly parent_id: number | null }[],
): ReadonlySet<number> {
  const sold = new Set(limit);
  // Once more for each level; a circle adds nothing and ends it.
  for (let before = -1; before !== sold.size; ) {
    before = sold.size;
    for (const { id, parent_id: parent } of categories) if (parent !== null && sold.has(parent)) sold.add(id);
  }
  return sold;
}
