import { openSessionOf } from './computed-fields';
import { userError } from './fault';
import { nextNumber } from './order-numbers';
import type { Call } from './records';
import { idIn, idsIn, isRecord, numberIn, type Row, textIn, timeText } from './row';
import { createRow, writeRow } from './writes';

/**
 * `pos.config.open_ui`: makes a session that is being opened, and leaves one that is open alone (contract section 5).
 * @throws {OdooFault} for the user with the id 1
 */
export function openUi(call: Call, register: Row): unknown {
  const { state, caller } = call;
  if (caller.userId === 1) throw userError('You do not have permission to open a POS session.');
  if (openSessionOf(state, register.id) === undefined) {
    const at = state.clock.now();
    const made = {
      config_id: register.id,
      company_id: idIn(register, 'company_id'),
      user_id: caller.userId,
      state: 'opening_control',
      name: '/',
      start_at: timeText(at),
    };
    const session = createRow(call, 'pos.session', made, at);
    // 18 numbers the sessions of all registers in one row, 19 names them when they are opened.
    if (state.major === 18) state.db.update(session, { name: sessionName(call, session) });
  }
  const url =
    state.major === 19
      ? `/pos/ui/${register.id}?from_backend=True`
      : `/pos/ui?config_id=${register.id}&from_backend=True`;
  return { type: 'ir.actions.act_url', url, target: 'self' };
}

function sessionName({ state }: Call, session: Row): string {
  const registerId = idIn(session, 'config_id') ?? 0;
  if (state.major === 18) return `POS/${String(nextNumber(state, 'session')).padStart(5, '0')}`;
  const register = textIn(state.find('pos.config', registerId), 'name');
  return `${register}/${String(nextNumber(state, `session ${registerId}`)).padStart(5, '0')}`;
}

/**
 * `pos.session.set_opening_control`. 18 sends a message for it, which takes the sender's e-mail address, and sets up
 * again what is open already; 19 leaves that alone.
 * @throws {OdooFault}
 */
export function setOpeningControl(call: Call, session: Row, cash: unknown, notes: unknown): null {
  const { state, caller } = call;
  if (state.major === 18 && textIn(state.find('res.users', caller.userId), 'email') === '') {
    throw userError("Unable to send message, please configure the sender's email address.");
  }
  if (state.major === 19 && session.state !== 'opening_control') return null;
  const opened = {
    state: 'opened',
    name: sessionName(call, session),
    cash_register_balance_start: Number(cash) || 0,
    opening_notes: typeof notes === 'string' ? notes : false,
  };
  writeRow(call, 'pos.session', session, opened, state.clock.now());
  return null;
}

/** `pos.session.close_session_from_ui`: staff cannot close a register while anybody's draft is open. */
export function closeSession(call: Call, session: Row): Readonly<Record<string, unknown>> {
  const { state } = call;
  const orders = state.db.where('pos.order', 'session_id', session.id);
  const drafts = orders.filter((order) => order.state === 'draft').map(({ id }) => id);
  if (drafts.length > 0) {
    const message =
      state.major === 19
        ? 'You cannot close the POS while there are still draft orders for the day.'
        : 'You cannot close the POS when orders are still in draft';
    return { successful: false, message, redirect: false, open_order_ids: drafts };
  }
  const at = state.clock.now();
  for (const order of orders) {
    if (order.state === 'paid') writeRow(call, 'pos.order', order, { state: 'done' }, at);
  }
  writeRow(call, 'pos.session', session, { state: 'closed', stop_at: timeText(at) }, at);
  return { successful: true };
}

/** `pos.session.get_closing_control_data`: what was sold and how it was paid. */
export function closingData({ state }: Call, session: Row): Record<string, unknown> {
  const orders = state.db
    .where('pos.order', 'session_id', session.id)
    .filter(({ state: at }) => at === 'paid' || at === 'done');
  const payments = orders.flatMap(({ id }) => state.db.where('pos.payment', 'pos_order_id', id));
  const register = state.find('pos.config', idIn(session, 'config_id'));
  const methods = idsIn(register, 'payment_method_ids').flatMap((id) => {
    const method = state.find('pos.payment.method', id);
    const own = payments.filter((payment) => payment.payment_method_id === id);
    return method === undefined ? [] : [{ method, number: own.length, amount: sumOf(own, 'amount') }];
  });
  const cash = methods.find(({ method }) => method.type === 'cash');
  const opening = numberIn(session, 'cash_register_balance_start');
  return {
    orders_details: { quantity: orders.length, amount: sumOf(orders, 'amount_total') },
    opening_notes: textIn(session, 'opening_notes'),
    default_cash_details:
      cash === undefined
        ? null
        : {
            name: textIn(cash.method, 'name'),
            amount: opening + cash.amount,
            opening,
            payment_amount: cash.amount,
            moves: [],
            id: cash.method.id,
          },
    non_cash_payment_methods: methods
      .filter((one) => one !== cash)
      .map(({ method, number, amount }) => ({
        name: textIn(method, 'name'),
        amount,
        number,
        id: method.id,
        type: textIn(method, 'type'),
      })),
    is_manager: true,
    amount_authorized_diff: null,
  };
}

function sumOf(rows: readonly Row[], field: string): number {
  return rows.reduce((sum, row) => sum + numberIn(row, field), 0);
}

/** Whether `closeSession` closed it. */
export function isClosed(answer: unknown): boolean {
  return isRecord(answer) && answer.successful === true;
}
