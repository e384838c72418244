import { type Call, readRows } from './records';
import { idIn, type Row } from './row';

/** What `sync_from_ui` answers: full rows of the orders and of all that belongs to them. */
export function answerOrders(
  call: Call,
  orders: readonly Row[],
  sessions: readonly Row[],
): Record<string, unknown> {
  const { state } = call;
  // 19 shows the order that was refunded beside the refund.
  const refunded =
    state.major === 18
      ? []
      : orders.flatMap(({ id }) =>
          state.db
            .where('pos.order.line', 'order_id', id)
            .flatMap((line) => state.find('pos.order.line', idIn(line, 'refunded_orderline_id')) ?? [])
            .flatMap((line) => state.find('pos.order', idIn(line, 'order_id')) ?? []),
        );
  const shown = [...new Set([...refunded, ...orders])];
  const of = (model: string, link: string) => shown.flatMap(({ id }) => state.db.where(model, link, id));
  const rows: Readonly<Record<string, readonly Row[]>> = {
    'pos.order': shown,
    'pos.session': state.major === 18 ? sessions : [],
    'pos.payment': of('pos.payment', 'pos_order_id'),
    'pos.order.line': of('pos.order.line', 'order_id'),
  };
  return Object.fromEntries(
    Object.entries(state.answerFields).map(([model, fields]) => [
      model,
      rows[model] === undefined ? [] : readRows(call, model, rows[model], fields, ''),
    ]),
  );
}

/** What a guest's phone is answered; 18 shows every field of a line. */
export function answerGuestOrder(call: Call, order: Row): Record<string, unknown> {
  const { state } = call;
  const { 'pos.session': _, 'pos.pack.operation.lot': __, ...answer } = answerOrders(call, [order], []);
  if (state.major === 19) return answer;
  const lines = state.db.where('pos.order.line', 'order_id', order.id);
  return {
    ...answer,
    'pos.order.line': readRows(call, 'pos.order.line', lines, [], ''),
    'pos.payment.method': [],
  };
}
