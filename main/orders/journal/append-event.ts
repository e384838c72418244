import type { Order, OrderKey } from '../../core/order';
import type { OrderEvent } from '../../core/order-events';
import type { Journal } from './journal';

/**
 * Appends the one event that `decide` makes of the order as it is inside the transaction, or none.
 * @returns the new state, or `undefined` if nothing was appended.
 * @throws {JournalUnavailable}
 */
export function appendEvent(
  journal: Pick<Journal, 'append'>,
  key: OrderKey,
  decide: (current: Order) => OrderEvent | undefined,
): Order | undefined {
  return journal.append(key, (current) => {
    const decided = decide(current);
    return decided === undefined ? [] : [decided];
  });
}
