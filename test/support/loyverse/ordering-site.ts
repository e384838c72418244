import type { z } from 'zod';
import { type PolledReceipt, polledReceiptSchema } from '../../../main/pos/loyverse/receipt-poll-rows';
import receipts from './receipts.json';

type ReceiptJson = z.input<typeof polledReceiptSchema>;

export const SITE = 'GloriaFood';

/** A recorded receipt as an ordering site makes it: a delivery of two rolls and a soup with tofu, 165.00 in all. */
export function siteReceipt(changes: Partial<ReceiptJson> = {}): ReceiptJson {
  const [recorded] = receipts.receipts;
  if (recorded === undefined) throw new Error('There is a recorded receipt.');
  return { ...recorded, source: SITE, order: null, ...changes };
}

export function siteRow(changes: Partial<ReceiptJson> = {}): PolledReceipt {
  return polledReceiptSchema.parse(siteReceipt(changes));
}

/** What gives the soup back (35.00), as the till prints it: positive amounts, lines with ids of their own. */
export function soupRefund(changes: Partial<ReceiptJson> = {}): ReceiptJson {
  const { line_items, ...sale } = siteReceipt();
  const soup = line_items?.[1];
  return {
    ...sale,
    receipt_number: '1002',
    receipt_type: 'REFUND',
    refund_for: '1001',
    source: 'point of sale',
    total_money: 35,
    total_taxes: [],
    created_at: '2026-06-18T19:05:30.000Z',
    updated_at: '2026-06-18T19:05:30.000Z',
    line_items: soup === undefined ? [] : [{ ...soup, id: 'another' }],
    ...changes,
  };
}

/** The recorded receipt with this number, rung up at the till itself. */
export function counterReceipt(number: string): PolledReceipt {
  const row = receipts.receipts.find(({ receipt_number }) => receipt_number === number);
  return polledReceiptSchema.parse(row);
}
