import type { Order, Sale } from '../core/order';
import { hasSameDishes } from '../core/sale-agreement';
import type { FoundSale } from '../pos/provider';
import { appendEvent } from './journal/append-event';
import type { InjectionParts } from './till-parts';

/** A sale that was looked for: it counts as the order's only with the order's dishes; anything else is for a person. */
export function settleFound(parts: InjectionParts, order: Order, till: string, found: FoundSale): void {
  const { lines, ...sale } = found;
  const menu = parts.bench.find(till)?.menu();
  const isOther = lines !== undefined && menu !== undefined && !hasSameDishes(order.document, lines, menu);
  if (isOther) {
    parts.log.error('sale_has_other_dishes', {
      order_id: order.key.id,
      provider: till,
      receipt: sale.number,
    });
  }
  settleSale(parts, order, till, isOther ? { ...sale, otherDishes: true } : sale, true);
}

/** The till has the sale: written down, counted and logged. @param found it was there already */
export function settleSale(
  { journal, log, onOutcome }: InjectionParts,
  order: Order,
  till: string,
  sale: Sale,
  found: boolean,
): void {
  appendEvent(journal, order.key, () => ({ type: 'injected', provider: till, sale, found }));
  onOutcome?.(till, found ? 'found' : 'injected');
  log.info('order_injected', {
    order_id: order.key.id,
    provider: till,
    receipt: sale.number,
    found,
    status: 'success',
  });
}
