import type { Order, Sale } from '../core/order';
import { appendEvent } from './journal/append-event';
import type { InjectionParts } from './till-parts';

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
