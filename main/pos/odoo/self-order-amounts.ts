import type { Minor } from '../../core/money';
import { computedTotal, lineTotal, type OnlineOrder, type OrderLine } from '../../core/online-order';
import { type Dish, isEven, orderLine } from './self-order-dishes';
import type { SelfOrderLine } from './self-order-rows';

type Amounts = Pick<OnlineOrder, 'lines' | 'discount' | 'tip' | 'tax' | 'tax_included' | 'total'>;

const MOST_LINES = 500;

/**
 * The part of a document that must add up. Its total is the till’s: what the lines do not explain is a line or a
 * discount of its own, so that somebody sees it.
 * @param lines as Odoo has them: they tell whether prices hold their taxes
 */
export function selfOrderAmounts(
  dishes: readonly Dish[],
  lines: readonly SelfOrderLine[],
  { total, tax }: { readonly total: Minor; readonly tax: Minor },
): Amounts {
  const included = priceForm(dishes, lines);
  const money = (dish: Dish): Minor => (included ? dish.gross : dish.net);
  const sold = limited(
    dishes
      .filter((dish) => money(dish) >= 0 && dish.quantity > 0)
      .map((dish) => orderLine(dish, money(dish))),
  );
  // Rewards and discounts are products of their own in Odoo, with a negative price.
  const taken = dishes.filter((dish) => money(dish) < 0).reduce((sum, dish) => sum - money(dish), 0);
  const known = { tip: 0, tax: Math.max(0, tax), tax_included: included };
  const open = total - computedTotal({ ...known, lines: sold, discount: taken, delivery: null });
  // Where taxes are rounded for the order as a whole, they are not quite those of its lines.
  const rounding = !included && Math.abs(open) <= lines.length && known.tax + open >= 0 ? open : 0;
  const missing = open - rounding;
  const all = missing > 0 ? [...sold, extraLine('Not listed on the order', missing)] : sold;
  return {
    ...known,
    tax: known.tax + rounding,
    lines: all.length > 0 ? all : [extraLine('Nothing on the order', 0)],
    discount: taken + Math.max(0, -missing),
    total,
  };
}

/**
 * Whether the document's prices hold their taxes: as they do in the till, unless only the other form gives each dish
 * a price of whole cents.
 */
function priceForm(dishes: readonly Dish[], lines: readonly SelfOrderLine[]): boolean {
  const included = lines.every(
    (line) =>
      Math.abs(line.price_subtotal_incl - listed(line)) <= Math.abs(line.price_subtotal - listed(line)),
  );
  const fits = (form: boolean): boolean => dishes.every((dish) => isEven(dish, form ? dish.gross : dish.net));
  return fits(included) || !fits(!included) ? included : !included;
}

function listed({ price_unit, qty, discount }: SelfOrderLine): number {
  return price_unit * qty * (1 - discount / 100);
}

/** No document is longer than its schema allows: what is too much is one line with the money of all of it. */
function limited(lines: readonly OrderLine[]): OrderLine[] {
  const room = MOST_LINES - 1;
  if (lines.length <= room) return [...lines];
  const more = lines.slice(room - 1);
  const money = more.reduce((sum, line) => sum + lineTotal(line), 0);
  return [...lines.slice(0, room - 1), extraLine(`${more.length} more lines: look into the till`, money)];
}

function extraLine(name: string, price: Minor): OrderLine {
  return { variant_id: null, sku: null, name, quantity: 1, unit_price: price, modifiers: [], note: '' };
}
