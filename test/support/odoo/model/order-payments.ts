import { userError, validationError } from './fault';
import { paidName } from './order-numbers';
import type { Call } from './records';
import { idIn, idsIn, isRecord, type Micros, numberIn, type Row, timeText } from './row';
import { createRow } from './writes';

type Given = Readonly<Record<string, unknown>>;

/** The payments of an order as it was sent, and the change as one more, below zero. */
export function savePayments(call: Call, order: Row, given: Given, at: Micros): void {
  const { state } = call;
  const register = state.find('pos.config', idIn(order, 'config_id'));
  const allowed = idsIn(register, 'payment_method_ids');
  const commands = Array.isArray(given.payment_ids) ? given.payment_ids : [];
  for (const command of commands) {
    if (!Array.isArray(command) || !isRecord(command[2])) continue;
    const payment = pay(call, order, command[2], at);
    if (!allowed.includes(numberIn(payment, 'payment_method_id'))) {
      throw validationError('The payment method selected is not allowed in the config of the POS session.');
    }
  }
  // 19 wants what goes back below zero, 18 above; the other way round it counts as one more payment.
  const change = (Number(given.amount_return) || 0) * (state.major === 19 ? 1 : -1);
  if (order.state === 'paid' && change !== 0) {
    // However it was paid: what goes back is cash.
    const cash = allowed.find((id) => state.find('pos.payment.method', id)?.type === 'cash');
    if (cash === undefined) {
      throw userError('No cash statement found for this session. Unable to record returned cash.');
    }
    pay(call, order, { amount: change, payment_method_id: cash, name: 'return', is_change: true }, at);
  }
  const payments = paymentsOf(call, order);
  if (payments.length === 0) return;
  const returned = payments.filter(({ is_change: isChange }) => isChange === true);
  state.db.update(order, {
    amount_paid: sumOf(payments),
    amount_return: Math.max(0, -sumOf(returned)),
  });
}

/** @throws {OdooFault} 19 only: 18 stores what is not paid, or paid too much, as paid */
export function finishPaid(call: Call, order: Row): void {
  const { state } = call;
  const isPaid = Math.abs(sumOf(paymentsOf(call, order)) - numberIn(order, 'amount_total')) < 0.005;
  if (state.major === 19 && !isPaid) throw userError('Order / is not fully paid.');
  if (state.major === 18 || order.name === '/') state.db.update(order, { name: paidName(state, order) });
}

/** One payment. @throws {OdooFault} for a method that there is not */
export function pay(call: Call, order: Row, values: Given, at: Micros): Row {
  return createRow(
    call,
    'pos.payment',
    {
      company_id: order.company_id,
      user_id: call.state.find('pos.session', idIn(order, 'session_id'))?.user_id ?? false,
      ...values,
      pos_order_id: order.id,
      payment_date: timeText(at),
    },
    at,
  );
}

function paymentsOf({ state }: Call, order: Row): readonly Row[] {
  return state.db.where('pos.payment', 'pos_order_id', order.id);
}

function sumOf(payments: readonly Row[]): number {
  return payments.reduce((sum, payment) => sum + numberIn(payment, 'amount'), 0);
}
