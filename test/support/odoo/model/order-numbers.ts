import { idIn, type Row, textIn } from './row';
import type { OdooState } from './state';

/** A register's next number. Drawn inside a transaction: one that fails gives it back. */
export function nextNumber({ db }: OdooState, sequence: string): number {
  const row = db.where('ir.sequence', 'code', sequence)[0] ?? db.insert('ir.sequence', { code: sequence });
  const number = (typeof row.number === 'number' ? row.number : 0) + 1;
  db.update(row, { number });
  return number;
}

/** A receipt's name, which an order gets when it is paid. */
export function paidName(state: OdooState, order: Row): string {
  const registerId = idIn(order, 'config_id') ?? 0;
  const register = textIn(state.find('pos.config', registerId), 'name');
  if (state.major === 18) {
    return `${register}/${String(nextNumber(state, `receipt ${registerId}`)).padStart(4, '0')}`;
  }
  const refunded = state.db
    .where('pos.order.line', 'order_id', order.id)
    .flatMap((line) => state.find('pos.order.line', idIn(line, 'refunded_orderline_id')) ?? [])
    .flatMap((line) => state.find('pos.order', idIn(line, 'order_id')) ?? []);
  if (refunded[0] !== undefined) return `${textIn(refunded[0], 'name')} REFUND`;
  return `${register} - ${textIn(order, 'pos_reference').slice(-6)}`;
}

/** What a new order is called by, and its number of the day for the guests. */
export function references(
  state: OdooState,
  given: Readonly<Record<string, unknown>>,
  session: Row,
): Record<string, unknown> {
  if (state.major === 18) {
    const sequence = Number(given.sequence_number) || 1;
    return {
      pos_reference: typeof given.name === 'string' ? given.name : false,
      sequence_number: sequence,
      tracking_number: String((session.id % 10) * 100 + (sequence % 100)).padStart(3, '0'),
    };
  }
  const registerId = idIn(session, 'config_id') ?? 0;
  const number = nextNumber(state, `order ${registerId}`);
  const isNamed = given.pos_reference !== undefined && given.tracking_number !== undefined;
  return {
    sequence_number: Number(given.sequence_number) || number,
    pos_reference: isNamed ? given.pos_reference : `260-${registerId}-${String(number).padStart(6, '0')}`,
    tracking_number: isNamed ? given.tracking_number : String(number),
  };
}
