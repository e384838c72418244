import type { Ms } from '../../../core/order';
import { roundTo } from './rounding';

/** One rule of a price list (`product.pricelist.item`). */
export interface PriceRule {
  readonly id: number;
  readonly appliesTo:
    | { readonly kind: 'variant'; readonly id: number }
    | { readonly kind: 'template'; readonly id: number }
    | { readonly kind: 'category'; readonly id: number }
    | { readonly kind: 'all' };
  readonly minQuantity: number;
  /** From and until when it counts, both inclusive; `null` for always. */
  readonly from: Ms | null;
  readonly until: Ms | null;
  readonly price:
    | { readonly kind: 'fixed'; readonly amount: number }
    /** Percent off; less than nothing makes it dearer. */
    | { readonly kind: 'percentage'; readonly off: number }
    /** Zero stands for “none” in each of these. */
    | {
        readonly kind: 'formula';
        /** Percent. */
        readonly discount: number;
        /** After rounding, so that prices may end in .99. */
        readonly surcharge: number;
        /** To a multiple of this. */
        readonly round: number;
        readonly minMargin: number;
        readonly maxMargin: number;
      };
  /** `list_price`, another price list, or the cost, which a till's user may not read. */
  readonly base: 'list_price' | 'standard_price' | { readonly list: number };
}

export type PriceLists = ReadonlyMap<number, readonly PriceRule[]>;

export interface ListedProduct {
  readonly variantId: number;
  readonly templateId: number;
  /** Its accounting category first, then all above it, from near to far. */
  readonly categoryIds: readonly number[];
  /** With the extras of its own attributes. */
  readonly listPrice: number;
}

/** Lists that stand on one another: more than anybody makes, fewer than a circle. */
const DEEPEST = 8;

/**
 * What one piece costs by a price list, in major units and not rounded, as Odoo's till computes it (its rules come from
 * `product.pricelist.item` ordered by `applied_on, min_quantity desc, categ_id desc, id desc`; the first that fits
 * decides): a variant's rules go before those of a dish, a category and all; then the higher minimum quantity; then the
 * nearer category; then the newer rule.
 * @returns `null` where the price stands on the cost
 */
export function listPrice(
  product: ListedProduct,
  listId: number,
  lists: PriceLists,
  at: Ms,
  quantity = 1,
  depth = 0,
): number | null {
  const [rule] = (lists.get(listId) ?? [])
    .filter((candidate) => fits(candidate, product, at, quantity))
    .sort((one, other) => bySpecificity(one, other, product));
  if (rule === undefined || depth > DEEPEST) return product.listPrice;
  if (rule.price.kind === 'fixed') return rule.price.amount;
  const base = basePrice(product, rule, lists, at, quantity, depth);
  if (base === null) return null;
  if (rule.price.kind === 'percentage') return base - base * (rule.price.off / 100);
  const { discount, surcharge, round, minMargin, maxMargin } = rule.price;
  const discounted = base - base * (discount / 100);
  const rounded = (round === 0 ? discounted : roundTo(discounted, round)) + surcharge;
  const least = minMargin === 0 ? rounded : Math.max(rounded, base + minMargin);
  return maxMargin === 0 ? least : Math.min(least, base + maxMargin);
}

/** When a price may change by itself next; `null` when no rule begins or ends any more. */
export function nextPriceChange(lists: PriceLists, at: Ms): Ms | null {
  // At its last moment a rule still counts.
  const times = [...lists.values()]
    .flat()
    .flatMap(({ from, until }) => [from ?? 0, until === null ? 0 : until + 1]);
  const later = times.filter((time) => time > at);
  return later.length === 0 ? null : Math.min(...later);
}

function basePrice(
  product: ListedProduct,
  { base }: PriceRule,
  lists: PriceLists,
  at: Ms,
  quantity: number,
  depth: number,
): number | null {
  if (base === 'list_price') return product.listPrice;
  if (base === 'standard_price') return null;
  return listPrice(product, base.list, lists, at, quantity, depth + 1);
}

function fits(rule: PriceRule, product: ListedProduct, at: Ms, quantity: number): boolean {
  if (quantity < rule.minQuantity) return false;
  if (rule.from !== null && at < rule.from) return false;
  if (rule.until !== null && at > rule.until) return false;
  const { appliesTo } = rule;
  switch (appliesTo.kind) {
    case 'variant':
      return appliesTo.id === product.variantId;
    case 'template':
      return appliesTo.id === product.templateId;
    case 'category':
      return product.categoryIds.includes(appliesTo.id);
    case 'all':
      return true;
  }
}

const PLACES = { variant: 0, template: 1, category: 2, all: 3 } as const;

function bySpecificity(one: PriceRule, other: PriceRule, product: ListedProduct): number {
  return (
    PLACES[one.appliesTo.kind] - PLACES[other.appliesTo.kind] ||
    other.minQuantity - one.minQuantity ||
    distance(one, product) - distance(other, product) ||
    other.id - one.id
  );
}

/** How far above the product a rule's category is. */
function distance({ appliesTo }: PriceRule, { categoryIds }: ListedProduct): number {
  return appliesTo.kind === 'category' ? categoryIds.indexOf(appliesTo.id) : 0;
}
