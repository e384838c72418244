import { type AcceptanceContext, autoAcceptance } from '../core/acceptance';
import type { Log } from '../core/log';
import type { Order } from '../core/order';
import type { Desk } from './desk';
import type { Journal } from './journal/journal';

export interface AutomaticAcceptanceOptions {
  readonly journal: Journal;
  readonly desk: Desk;
  /** As it was when the order arrived: one that came while the store was closed waits for a person for ever. */
  readonly context: (order: Order) => AcceptanceContext;
  readonly log: Log;
}

/** `auto_process_orders`: takes each new order that needs nobody. */
export class AutomaticAcceptance {
  readonly #options: AutomaticAcceptanceOptions;

  constructor(options: AutomaticAcceptanceOptions) {
    this.#options = options;
    options.journal.onChange((changes) => {
      for (const { order, events } of changes) {
        if (events.some(({ type }) => type === 'received' || type === 'updated')) this.#consider(order);
      }
    });
  }

  /**
   * Looks again at what nobody has seen: the app may have died between keeping an order and accepting it, and the
   * menu may have been read only now.
   */
  reconsider(): void {
    for (const order of this.#options.journal.active()) {
      if (!order.seen) this.#consider(order);
    }
  }

  #consider(order: Order): void {
    const { desk, context, log } = this.#options;
    const decision = autoAcceptance(order, context(order));
    if (!decision.accept) return;
    const answer = desk.acceptWithDefault(order.key);
    const status = answer.ok ? 'success' : 'refused';
    log.info('order_accepted_automatically', { order_id: order.key.id, status });
  }
}
