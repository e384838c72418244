import { type AcceptanceContext, autoAcceptance } from '../core/acceptance';
import type { Log } from '../core/log';
import type { Desk } from './desk';
import type { Journal } from './journal/journal';

export interface AutomaticAcceptanceOptions {
  readonly journal: Journal;
  readonly desk: Desk;
  readonly context: () => AcceptanceContext;
  readonly log: Log;
}

/** `auto_process_orders`: takes each new order that needs nobody. Returns how to stop. */
export function acceptAutomatically({ journal, desk, context, log }: AutomaticAcceptanceOptions): () => void {
  return journal.onChange((changes) => {
    for (const { order, events } of changes) {
      if (!events.some(({ type }) => type === 'received' || type === 'updated')) continue;
      const decision = autoAcceptance(order, context());
      if (!decision.accept) continue;
      const answer = desk.acceptWithDefault(order.key);
      log.info('order_accepted_automatically', {
        order_id: order.key.id,
        status: answer.ok ? 'success' : 'refused',
      });
    }
  });
}
