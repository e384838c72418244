import { lateArrival } from './late-arrival';
import { unmatchedIn } from './line-match';
import type { MenuIndex } from './menu';
import { computedTotal } from './online-order';
import type { Order } from './order';

/** Whether `auto_process_orders` may accept an order, or why a person must. */
export type AutoAcceptance = { readonly accept: true } | { readonly accept: false; readonly because: string };

export interface AcceptanceContext {
  readonly automatic: boolean;
  /** Both as they were when the order came. */
  readonly open: boolean;
  readonly paused: boolean;
  readonly menu: MenuIndex | undefined;
}

/** An order is taken without a person only if nothing about it needs one. It rings all the same. */
export function autoAcceptance(order: Order, context: AcceptanceContext): AutoAcceptance {
  const no = (because: string): AutoAcceptance => ({ accept: false, because });
  if (!context.automatic) return no('staff accept orders here');
  if (order.status !== 'new') return no('it is answered');
  if (!context.open) return no('the store is closed');
  if (context.paused) return no('the store is paused');
  // The menu is asked whether the till can book it: what was born in the till is booked.
  if (order.injection.status !== 'injected') {
    if (lateArrival(order) !== null) return no('it came too late to be cooked unasked');
    if (context.menu === undefined) return no('the menu is not known yet');
    const [unmatched] = unmatchedIn(order.document, context.menu);
    if (unmatched !== undefined) return no(`“${unmatched.name}” is not on the till's menu`);
    const { menu } = context;
    const soldOut = order.document.lines.find((line) => menu.variant(line)?.variant.available === false);
    if (soldOut !== undefined) return no(`“${soldOut.name}” is sold out`);
  }
  if (computedTotal(order.document) !== order.document.total) return no('the total does not add up');
  return { accept: true };
}
