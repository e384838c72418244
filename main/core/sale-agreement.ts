import type { MenuIndex } from './menu';
import type { OnlineOrder } from './online-order';

/** A line of a sale as the till has it: a combo counts as one, whatever it is made of. */
export interface SoldLine {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * Whether a sale that bears an order's reference is made of its dishes. What stands for a delivery fee and a tip may be
 * there besides. Dishes that the menu does not know any more are counted, not compared.
 */
export function hasSameDishes(order: OnlineOrder, sold: readonly SoldLine[], menu: MenuIndex): boolean {
  const left = new Map<string, number>();
  for (const { variantId, quantity } of sold) left.set(variantId, (left.get(variantId) ?? 0) + quantity);
  let unknown = 0;
  for (const line of order.lines) {
    const id = menu.variant(line)?.variant.id;
    if (id === undefined) unknown += line.quantity;
    else left.set(id, (left.get(id) ?? 0) - line.quantity);
  }
  const fees = [order.delivery?.fee ?? 0, order.tip].filter((amount) => amount > 0).length;
  const rest = [...left.values()];
  const surplus = rest.reduce((sum, quantity) => sum + quantity, 0) - unknown;
  return rest.every((quantity) => quantity >= 0) && surplus >= 0 && surplus <= fees;
}
