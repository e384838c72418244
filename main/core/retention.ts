import type { OnlineOrder } from './online-order';
import { isActive, type Ms, type Order } from './order';

/** So long after the last thing that happened to a closed order its customer is forgotten. */
export const RETENTION_MS: Ms = 30 * 86_400_000;

/** Whether who ordered is nobody's business any more: it is nobody's work, and nothing happened to it for long. */
export function isForgettable(order: Order, now: Ms): boolean {
  return !isActive(order) && order.updatedAt <= now - RETENTION_MS;
}

/**
 * The order without its customer: what they are called, how they are reached, where they live and what they wrote. What
 * it was, what it cost and what came of it stays, and so does its identity: it never becomes a new order.
 */
export function withoutCustomer(order: Order, at: Ms): Order {
  return {
    ...order,
    document: documentWithoutCustomer(order.document),
    // Staff and websites write names into reasons, too.
    closing: order.closing && { ...order.closing, text: '' },
    archivedAt: at,
  };
}

/**
 * Whether a newer revision of an archived order says nothing that its archive does not say already.
 * What was forgotten cannot be compared; a month later it changes nothing for anybody here.
 */
export function isRepetition(archived: OnlineOrder, document: OnlineOrder): boolean {
  const { revision } = archived;
  return JSON.stringify({ ...documentWithoutCustomer(document), revision }) === JSON.stringify(archived);
}

/** Keeps the keys' order: documents are compared as texts. Takes its own result as it is. */
function documentWithoutCustomer(document: OnlineOrder): OnlineOrder {
  return {
    ...document,
    customer: { name: '', phone: '', note: '' },
    delivery: document.delivery && { ...document.delivery, address: '', latlon: null, instructions: '' },
    lines: document.lines.map((line) => ({ ...line, note: '' })),
    payment: { ...document.payment, reference: null },
    cancel_reason: null,
  };
}
