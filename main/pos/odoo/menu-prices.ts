import type { Ms } from '../../core/order';
import type { LinkCaller } from './link';
import {
  accountCategorySchema,
  type PriceRuleRow,
  priceRuleSchema,
  type TemplateRow,
  type VariantRow,
} from './menu-rows';
import { listPrice, nextPriceChange, type PriceLists, type PriceRule } from './money/price-list';
import type { Register } from './register';
import { fieldsOf } from './schemas';

/** What dishes cost at a register. */
export interface MenuPrices {
  readonly price: (template: TemplateRow, variant: VariantRow) => number | null;
  /** Stands for all rules: another text, other prices. */
  readonly rules: unknown;
  readonly nextChange: Ms | null;
}

/** A register without a price list sells at the dishes' own prices. @throws {PosUnreachable} */
export async function readMenuPrices(link: LinkCaller, register: Register, at: Ms): Promise<MenuPrices> {
  const listId = priceListOf(register);
  if (listId === null) return { price: (_, variant) => variant.lst_price, rules: null, nextChange: null };
  const rows = await readRules(link, register);
  const [categories, lists] = [
    await link.searchRead(
      'product.category',
      { domain: [], fields: fieldsOf(accountCategorySchema), order: 'id' },
      accountCategorySchema,
    ),
    listsOf(rows),
  ];
  const parents = new Map(categories.map(({ id, parent_id: parent }) => [id, parent]));
  return {
    price: (template, variant) =>
      listPrice(
        {
          variantId: variant.id,
          templateId: template.id,
          categoryIds: above(template.categ_id, parents),
          listPrice: variant.lst_price,
        },
        listId,
        lists,
        at,
      ),
    rules: rows,
    nextChange: nextPriceChange(lists, at),
  };
}

/** The rules of all lists of the company: one list may stand on another. @throws {PosUnreachable} */
export async function readRules(link: LinkCaller, register: Register): Promise<PriceRuleRow[]> {
  if (priceListOf(register) === null) return [];
  return link.searchRead(
    'product.pricelist.item',
    {
      domain: [['company_id', 'in', [false, register.company.id]]],
      fields: await link.known('product.pricelist.item', fieldsOf(priceRuleSchema)),
      order: 'id',
      load: '',
    },
    priceRuleSchema,
  );
}

function priceListOf({ row }: Register): number | null {
  return row.use_pricelist ? row.pricelist_id : null;
}

function above(category: number | null, parents: ReadonlyMap<number, number | null>): number[] {
  const found: number[] = [];
  for (let id = category; id !== null && !found.includes(id); id = parents.get(id) ?? null) found.push(id);
  return found;
}

function listsOf(rows: readonly PriceRuleRow[]): PriceLists {
  const lists = new Map<number, PriceRule[]>();
  for (const row of rows) {
    const id = row.pricelist_id ?? 0;
    lists.set(id, [...(lists.get(id) ?? []), ruleOf(row)]);
  }
  return lists;
}

function ruleOf(row: PriceRuleRow): PriceRule {
  return {
    id: row.id,
    appliesTo: target(row),
    minQuantity: row.min_quantity,
    from: time(row.date_start),
    until: time(row.date_end),
    price: computation(row),
    base:
      row.base === 'pricelist' && row.base_pricelist_id !== null
        ? { list: row.base_pricelist_id }
        : row.base === 'standard_price'
          ? 'standard_price'
          : 'list_price',
  };
}

function target(row: PriceRuleRow): PriceRule['appliesTo'] {
  switch (row.applied_on) {
    case '0_product_variant':
      return { kind: 'variant', id: row.product_id ?? 0 };
    case '1_product':
      return { kind: 'template', id: row.product_tmpl_id ?? 0 };
    case '2_product_category':
      return { kind: 'category', id: row.categ_id ?? 0 };
    default:
      return { kind: 'all' };
  }
}

function computation(row: PriceRuleRow): PriceRule['price'] {
  switch (row.compute_price) {
    case 'fixed':
      return { kind: 'fixed', amount: row.fixed_price };
    case 'percentage':
      return { kind: 'percentage', off: row.percent_price };
    default:
      return {
        kind: 'formula',
        discount: row.price_discount,
        surcharge: row.price_surcharge,
        round: row.price_round,
        minMargin: row.price_min_margin,
        maxMargin: row.price_max_margin,
      };
  }
}

function time(value: string | null): Ms | null {
  return value === null ? null : Date.parse(`${value.replace(' ', 'T')}Z`);
}
