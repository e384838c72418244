import type { MenuIndex } from './menu';
import { computedTotal } from './online-order';
import type { Order } from './order';

/** Whether `auto_process_orders` may accept an order, or why a person must. */
export type AutoAcceptance = { readonly accept: true } | { readonly accept: false; readonly because: string };

export interface AcceptanceContext {
  readonly automatic: boolean;
  readonly open: boolean;
  readonly menu: MenuIndex | undefined;
}

/** An order is taken without a person only if nothing about it needs one. It rings all the same. */
export function autoAcceptance(order: Order, context: AcceptanceContext): AutoAcceptance {
  const no = (because: string): AutoAcceptance => ({ accept: false, because });
  if (!context.automatic) return no('staff accept orders here');
  if (order.status !== 'new') return no('it is answered');
  if (!context.open) return no('the store is closed');
  if (context.menu === undefined) return no('the menu is not known yet');
  const { menu } = context;
  const unmapped = order.document.lines.find((line) => menu.variant(line) === undefined);
  if (unmapped !== undefined) return no(`“${unmapped.name}” is not on the till's menu`);
  if (computedTotal(order.document) !== order.document.total) return no('the total does not add up');
  return { accept: true };
}
