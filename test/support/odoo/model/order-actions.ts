import { userError } from './fault';
import { finishPaid, pay } from './order-payments';
import { type Call, readRows } from './records';
import { idIn, idsIn, numberIn, type Row } from './row';
import { callWebhooks } from './webhooks';
import { writeRow } from './writes';

/**
 * `action_pos_order_cancel`. On a paid order it answers without an error and changes nothing.
 * @returns the order from mid-2025 on, nothing before
 */
export async function cancelOrders(call: Call, orders: readonly Row[]): Promise<unknown> {
  const { state } = call;
  const drafts = orders.filter(({ state: at }) => at === 'draft');
  for (const order of drafts) writeRow(call, 'pos.order', order, { state: 'cancel' }, state.clock.now());
  await callWebhooks(
    state,
    drafts.map((row) => ({ row, change: 'written' })),
  );
  if (state.version === '18a') return null;
  return { 'pos.order': readRows(call, 'pos.order', drafts, state.answerFields['pos.order'], '') };
}

/** `remove_from_ui`, with self-orders installed: drafts end as cancelled, and no ids are answered. */
export async function removeOrders(call: Call, orders: readonly Row[]): Promise<unknown> {
  const isPaid = orders.some(({ state: at }) => at === 'paid' || at === 'done');
  if (isPaid && call.state.major === 19) {
    throw userError('This order has already been paid. You cannot set it back to draft or edit it.');
  }
  await cancelOrders(call, orders);
  return [];
}

/** As staff do it on the till: the rest is paid with the register's first method. */
export function payAtTill(call: Call, order: Row): void {
  const { state } = call;
  const at = state.clock.now();
  const [methodId] = idsIn(state.find('pos.config', idIn(order, 'config_id')), 'payment_method_ids');
  const total = numberIn(order, 'amount_total');
  state.db.transaction(() => {
    const rest = total - numberIn(order, 'amount_paid');
    pay(call, order, { amount: rest, payment_method_id: methodId }, at);
    writeRow(call, 'pos.order', order, { state: 'paid', amount_paid: total }, at);
    finishPaid(call, order);
  });
}
