import { unreachable } from './never';
import { isRefundUnderWay, type Ms, type Order, type Refund, type Sale, type SaleCopy } from './order';
import type { OrderEvent } from './order-events';
import { applyRefundEvent, type RefundEvent } from './refund-events';

/** Which sale of an order is given back: its own (`null`), or the copy in the till of that key. */
export type RefundOf = string | null;

/** One sale of an order, with how far it is given back. */
export interface GivenBack {
  readonly till: string;
  readonly sale: Sale;
  readonly refund: Refund | null;
}

/** `undefined` when the order has no such sale. */
export function saleOf({ injection, refund, copies }: Order, of: RefundOf): GivenBack | undefined {
  if (of !== null) return copies.find(({ till }) => till === of);
  return injection.status === 'injected'
    ? { till: injection.provider, sale: injection.sale, refund }
    : undefined;
}

/** A step of giving one of an order's sales back, as the journal has it. */
export function refundEventOf(of: RefundOf, step: RefundEvent): OrderEvent {
  return of === null ? step : { type: 'copy_refund', till: of, step };
}

/** The copy that is being given back. */
export function copyUnderWay({ copies }: Pick<Order, 'copies'>): SaleCopy | undefined {
  return copies.find(isRefundUnderWay);
}

type CopyEvent = Extract<OrderEvent, { type: 'copy_found' | 'copy_refund' | 'copy_given_back_by_hand' }>;

/** The order after something happened to its sale in another till. */
export function applyCopyEvent(order: Order, at: Ms, event: CopyEvent): Order {
  switch (event.type) {
    case 'copy_found': {
      const { till, name, sale } = event;
      return {
        ...order,
        copies: [...order.copies.filter((copy) => copy.till !== till), { till, name, sale, refund: null }],
      };
    }
    case 'copy_refund': {
      const copy = order.copies.find(({ till }) => till === event.till);
      if (copy === undefined) return order;
      const after = applyRefundEvent({ ...order, refund: copy.refund }, at, event.step);
      return { ...withRefund(after, copy, after.refund), refund: order.refund };
    }
    case 'copy_given_back_by_hand': {
      const copy = order.copies.find(({ till }) => till === event.till);
      if (copy === undefined) return order;
      const { number, total } = copy.sale;
      return withRefund(order, copy, { status: 'refunded', refund: { number, total } });
    }
    default:
      return unreachable(event);
  }
}

function withRefund(order: Order, changed: SaleCopy, refund: Refund | null): Order {
  return { ...order, copies: order.copies.map((copy) => (copy === changed ? { ...copy, refund } : copy)) };
}

/** Why the copy in that till cannot be given back from here now, in one sentence; `null` when it can. */
export function copyObstacle(order: Order, till: string): string | null {
  const copy = order.copies.find((other) => other.till === till);
  if (copy === undefined) return 'It is in one till only: there is nothing to give back.';
  if (isRefundUnderWay(copy)) return 'It is being given back already.';
  return copy.refund?.status === 'refunded' ? 'It was given back already.' : null;
}

/** Why a person must act on the copy now, in one sentence; `null` when nobody must. */
export function copyAttention(order: Order): string | null {
  const copy = order.copies.find(({ refund }) => refund === null || refund.status === 'failed');
  if (copy === undefined) return null;
  const { name, sale, refund } = copy;
  if (refund?.status === 'failed') return `Receipt ${sale.number} in ${name}: ${refund.trouble.words}`;
  if (order.status === 'cancelled' || order.status === 'rejected') {
    return `It is in ${name}, too, as receipt ${sale.number}. Give that back as well.`;
  }
  const own = order.injection.status === 'injected' ? `receipt ${order.injection.sale.number} and ` : '';
  return `It is in two tills: ${own}receipt ${sale.number} in ${name}. Give that one back.`;
}
