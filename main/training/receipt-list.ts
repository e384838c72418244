import type { Ms } from '../core/order';
import { type Filters, type ListRules, timeOf, withinTimes } from './list-query';
import type { Receipt } from './receipt';
import { notFound, Refusal } from './refusal';
import type { SandboxSwitches } from './switches';

const DAY: Ms = 86_400_000;

export const RECEIPT_LIST: ListRules = {
  paged: true,
  filters: [
    'store_id',
    'order',
    'source',
    'receipt_numbers',
    'since_receipt_number',
    'before_receipt_number',
  ],
  times: ['created_at', 'updated_at'],
};

/** @throws {Refusal} for a receipt number that is not there */
export function receiptFilter(
  receipts: readonly Receipt[],
  filters: Filters,
  orderFilter: SandboxSwitches['orderFilter'],
): (receipt: Receipt) => boolean {
  const numbers = filters.receipt_numbers?.split(',');
  const since = createdAt(receipts, filters, 'since_receipt_number');
  const before = createdAt(receipts, filters, 'before_receipt_number');
  return (receipt) =>
    (filters.store_id === undefined || receipt.store_id === filters.store_id) &&
    matches(receipt.order, filters.order, orderFilter) &&
    matches(receipt.source, filters.source, orderFilter) &&
    (numbers === undefined || numbers.includes(receipt.receipt_number)) &&
    (since === null || receipt.created_at >= since) &&
    (before === null || receipt.created_at < before) &&
    withinTimes(receipt, filters);
}

/**
 * Refuses to look further back than the plan allows, by a filter or by turning pages.
 * @throws {Refusal} 402
 */
export function refuseOldHistory(
  page: readonly Receipt[],
  filters: Filters,
  days: number | null,
  now: Ms,
): void {
  if (days === null) return;
  const border = now - days * DAY;
  const asked = [timeOf(filters.created_at_min), timeOf(filters.updated_at_min)];
  const tooFar = asked.some((time) => time !== null && time < border);
  if (!tooFar && page.every((receipt) => Date.parse(receipt.created_at) >= border)) return;
  const details = `Unable to retrieve receipts created earlier than ${days} days ago. Please subscribe to Unlimited sales history.`;
  throw new Refusal(402, 'PAYMENT_REQUIRED', details);
}

function matches(
  value: string | null,
  wanted: string | undefined,
  how: SandboxSwitches['orderFilter'],
): boolean {
  if (wanted === undefined || how === 'ignored') return true;
  return how === 'prefix' ? (value ?? '').startsWith(wanted) : value === wanted;
}

function createdAt(receipts: readonly Receipt[], filters: Filters, name: string): string | null {
  const number = filters[name];
  if (number === undefined) return null;
  const receipt = receipts.find(({ receipt_number }) => receipt_number === number);
  if (receipt === undefined) throw notFound(number, name);
  return receipt.created_at;
}
