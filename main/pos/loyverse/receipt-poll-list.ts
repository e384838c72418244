import { z } from 'zod';
import type { Ms } from '../../core/order';
import { PosUnreachable } from '../provider';
import type { LoyverseClient } from './client';
import { parseRows, readPages } from './lists';
import { type PolledReceipt, polledReceiptSchema } from './receipt-poll-rows';

export interface ListOptions {
  readonly client: LoyverseClient;
  readonly storeId: string;
}

export interface ReceiptsRead {
  /** Of this store, each once, the oldest first. */
  readonly receipts: readonly PolledReceipt[];
  readonly unreadable: readonly UnreadableRow[];
  /** Loyverse's clock when it answered first: what changed later may not be in the list. */
  readonly serverTime: Ms | null;
}

export interface UnreadableRow {
  readonly number: string;
  readonly source: string;
  /** The field at fault. */
  readonly because: string;
}

/**
 * All receipts of a store since a moment of Loyverse's clock. The list begins with the newest: nothing of it is used
 * before its end is reached.
 * @throws {PosUnreachable} when a page fails; a plan that shows no older receipts is an end like any other.
 */
export async function readReceipts(
  { client, storeId }: ListOptions,
  filter: 'updated_at_min' | 'created_at_min',
  from: Ms,
): Promise<ReceiptsRead> {
  const params = { store_id: storeId, [filter]: new Date(from).toISOString() };
  const rows: unknown[] = [];
  let serverTime: Ms | null = null;
  try {
    for await (const page of readPages(client, { path: '/receipts', params, use: 'orders' }, 'receipts')) {
      serverTime ??= page.serverTime;
      rows.push(...page.rows);
    }
  } catch (error) {
    if (!hasCode(error, 'plan')) throw error;
  }
  const { parsed, unreadable } = parseRows(rows, polledReceiptSchema);
  // A receipt made while we turned the pages moves the others on: one may be on two pages, the newer one first.
  const byNumber = new Map(parsed.reverse().map((row) => [`${row.receipt_type} ${row.receipt_number}`, row]));
  const receipts = [...byNumber.values()].filter((row) => row.store_id === storeId).sort(byAge);
  return { receipts, unreadable: unreadable === 0 ? [] : rows.flatMap(faultOf), serverTime };
}

/** @returns `undefined` when there is no such receipt, or none that can be read. @throws {PosUnreachable} */
export async function readReceipt(
  { client }: Pick<ListOptions, 'client'>,
  number: string,
): Promise<PolledReceipt | undefined> {
  try {
    const path = `/receipts/${encodeURIComponent(number)}`;
    return (await client.get({ path, use: 'orders' }, polledReceiptSchema)).value;
  } catch (error) {
    if (['http_404', 'plan', 'unreadable'].some((code) => hasCode(error, code))) return undefined;
    throw error;
  }
}

/** Oldest first. */
export function byAge(a: PolledReceipt, b: PolledReceipt): number {
  return Date.parse(a.created_at) - Date.parse(b.created_at);
}

function faultOf(row: unknown): UnreadableRow[] {
  const issue = polledReceiptSchema.safeParse(row).error?.issues[0];
  if (issue === undefined) return [];
  const { data } = z
    .object({ receipt_number: z.string().catch('?'), source: z.string().catch('') })
    .safeParse(row);
  return [
    {
      number: data?.receipt_number ?? '?',
      source: data?.source ?? '',
      because: issue.path.map(String).join('.'),
    },
  ];
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof PosUnreachable && error.trouble.code === code;
}
