import type { TillStep } from './injection-policy';
import { unreachable } from './never';
import { hasOpenBill, type Ms, type Order } from './order';
import { dueFrom } from './put-off';
import { isTestOrder } from './test-order';
import { birthTill } from './till-order';

/**
 * What the refunder does next with one order. `send` asks the till first: a cashier may have given it back there.
 * @param tillBackAt when a till that had been away answered again: what waited for it need not wait longer.
 */
export function refundStep(
  { refund, updatedAt }: Pick<Order, 'refund' | 'updatedAt'>,
  now: Ms,
  tillBackAt: Ms,
): TillStep {
  const isBack = updatedAt <= tillBackAt;
  switch (refund?.status) {
    case 'waiting': {
      const at = dueFrom(refund.nextAt, now);
      return at <= now || (isBack && refund.trouble !== null) ? { kind: 'send' } : { kind: 'wait', at };
    }
    case 'unknown': {
      const at = dueFrom(refund.nextAt, now);
      return at <= now || (isBack && refund.looks === 0) ? { kind: 'look' } : { kind: 'wait', at };
    }
    case 'refunding':
    case 'refunded':
    case 'failed':
    case undefined:
      return { kind: 'none' };
    default:
      return unreachable(refund);
  }
}

/** Why the sale of this order cannot be given back from here now, in one sentence; `null` when it can. */
export function refundObstacle(order: Order): string | null {
  const { injection, diversion, refund, closing, key } = order;
  if (injection.status !== 'injected') {
    if (diversion?.status === 'entered') return 'It was entered by hand. Refund it in the till.';
    return injection.status === 'waiting' || injection.status === 'failed'
      ? 'It is not in the till: there is nothing to give back.'
      : 'Nobody knows yet whether it is in the till. Wait a moment; then tap again.';
  }
  if (birthTill(key) !== undefined && closing?.by === 'website') {
    return 'The till has given it back already.';
  }
  switch (refund?.status) {
    case undefined:
    case 'failed':
      return null;
    case 'waiting':
    case 'refunding':
    case 'unknown':
      return 'It is being given back already.';
    case 'refunded':
      return refund.refund.calledOff
        ? `The bill ${refund.refund.number} was called off already.`
        : `It was given back already as receipt ${refund.refund.number}.`;
    default:
      return unreachable(refund);
  }
}

/**
 * Whether the bill in the till is to be called off without anybody's tap: nobody gets a meal for it, and nobody has paid
 * it, but while it is open the register cannot be closed. What was paid is given back only when somebody says so.
 */
export function callsOffBill(order: Order): boolean {
  const isUnwanted = order.status === 'cancelled' || order.status === 'rejected';
  return isUnwanted && hasOpenBill(order) && order.refund === null && refundObstacle(order) === null;
}

/**
 * Whether the screen offers to give the sale back: nobody gets a meal for it, it was only a test, or somebody entered
 * it by hand as well. Of several sales only a person can tell which to give back. Nothing is ever given back without a
 * tap.
 */
export function offersRefund(order: Order): boolean {
  const { injection } = order;
  if (injection.status !== 'injected' || (injection.sale.doubles ?? []).length > 0) return false;
  const isUnwanted =
    order.status === 'cancelled' ||
    order.status === 'rejected' ||
    order.diversion?.status === 'entered' ||
    isTestOrder(order.key);
  return isUnwanted && refundObstacle(order) === null;
}
