import type { MenuItem, MenuVariant, Tax } from '../../core/menu';
import { toMinor } from '../../core/money';
import { COMBO } from './combo-book';
import type { TemplateRow, VariantRow } from './menu-rows';
import { ATTRIBUTE, type MenuTables } from './menu-tables';
import { pictureAddress } from './pictures';
import type { Register } from './register';
import type { TaxRow } from './register-rows';

/** What decides whether and how a dish is on a register's menu. */
export interface MenuTerms {
  readonly register: Register;
  readonly tables: MenuTables;
  readonly decimals: number;
  /** What one piece of a variant costs here, in major units; `null` where nobody can tell. */
  readonly price: (template: TemplateRow, variant: VariantRow) => number | null;
  /** Dishes that have a picture. */
  readonly pictured: ReadonlySet<number>;
  /** Dishes that were taken off sale from here: they stay on the menu. */
  readonly soldOut: ReadonlySet<string>;
}

/** A dish as the register sells it; `undefined` for one that it does not sell. */
export function mapTemplate(
  template: TemplateRow,
  variants: readonly VariantRow[],
  terms: MenuTerms,
): MenuItem | undefined {
  const { register, tables, soldOut } = terms;
  const id = String(template.id);
  const isHidden = !template.available_in_pos;
  if (!template.active || !template.sale_ok || variants.length === 0) return undefined;
  if (isHidden && !soldOut.has(id)) return undefined;
  if (template.company_id !== null && template.company_id !== register.row.company_id?.id) return undefined;
  const { sold } = tables;
  if (sold !== null && !template.pos_categ_ids.some((category) => sold.has(category))) return undefined;
  const [categoryId] = template.pos_categ_ids;
  const category = tables.categories.find((row) => row.id === String(categoryId));
  return {
    id,
    name: template.name,
    category: category?.name ?? '',
    categoryId: categoryId === undefined ? null : String(categoryId),
    variants: variants.map((variant) => mapVariant(template, variant, terms, !isHidden)),
    modifierIds: modifierIds(template, tables),
    // A product lists the taxes of all companies.
    taxIds: template.taxes_id.filter((tax) => register.taxes.has(tax)).map(String),
    imageUrl: terms.pictured.has(template.id) ? pictureAddress(template.id, template.write_date) : null,
  };
}

function mapVariant(
  template: TemplateRow,
  variant: VariantRow,
  { decimals, price, tables }: MenuTerms,
  available: boolean,
): MenuVariant {
  const amount = price(template, variant);
  const names = variant.product_template_variant_value_ids.flatMap((id) => tables.valueNames.get(id) ?? []);
  return {
    id: String(variant.id),
    sku: variant.default_code ?? '',
    label: names.join(', '),
    price: amount === null ? null : toMinor(amount, decimals),
    available,
  };
}

/** A combo's dishes bring their own choices with them. */
function modifierIds(template: TemplateRow, tables: MenuTables): string[] {
  const own = template.attribute_line_ids.filter((line) => tables.chosenLines.has(line));
  const ofDishes = template.combo_ids
    .flatMap((combo) => tables.comboTemplates.get(combo) ?? [])
    .flatMap((dish) => tables.linesOf.get(dish) ?? []);
  return [
    ...template.combo_ids.map((combo) => `${COMBO}${combo}`),
    ...[...new Set([...own, ...ofDishes])].map((line) => `${ATTRIBUTE}${line}`),
  ];
}

/** The company's taxes. A fixed one has no rate; a group has that of all in it. */
export function mapTaxes(taxes: ReadonlyMap<number, TaxRow>): Tax[] {
  return [...taxes.values()].map((tax) => ({
    id: String(tax.id),
    name: tax.name,
    kind: isIncluded(tax, taxes) ? 'included' : 'added',
    rate: rateOf(tax, taxes),
  }));
}

function childrenOf(tax: TaxRow, taxes: ReadonlyMap<number, TaxRow>): TaxRow[] {
  return tax.children_tax_ids.flatMap((id) => taxes.get(id) ?? []);
}

function isIncluded(tax: TaxRow, taxes: ReadonlyMap<number, TaxRow>): boolean {
  if (tax.amount_type !== 'group') return tax.price_include;
  const children = childrenOf(tax, taxes);
  return children.length > 0 && children.every((child) => child.price_include);
}

function rateOf(tax: TaxRow, taxes: ReadonlyMap<number, TaxRow>): number {
  switch (tax.amount_type) {
    case 'percent':
    case 'division':
      return tax.amount;
    case 'group':
      return childrenOf(tax, taxes).reduce((sum, child) => sum + rateOf(child, new Map()), 0);
    default:
      return 0;
  }
}
