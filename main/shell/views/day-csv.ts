import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import type { HistoryRow } from '../../../preload/contract';
import { decimalPlaces, toMajor } from '../../core/money';
import type { HistoryDay } from '../history';

const COLUMNS = [
  'order',
  'date',
  'time',
  'name',
  'phone',
  'items',
  'total',
  'currency',
  'status',
  'till',
  'test',
] as const;

/**
 * A day's orders for a spreadsheet, oldest first: UTF-8 with the mark that Excel looks for, RFC 4180, and nothing that a
 * spreadsheet would take for a formula.
 */
export function dayCsv({ orders }: Pick<HistoryDay, 'orders'>, timezone: string): string {
  const rows = [...orders].reverse().map((row) => cells(row, timezone));
  return stringify([[...COLUMNS], ...rows], { bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}

function cells(row: HistoryRow, timezone: string): readonly string[] {
  const at = DateTime.fromMillis(row.receivedAt, { zone: timezone });
  const decimals = decimalPlaces(row.currency);
  return [
    row.number,
    at.toFormat('yyyy-MM-dd'),
    at.toFormat('HH:mm:ss'),
    row.name,
    row.phone,
    String(row.items),
    toMajor(row.total, decimals).toFixed(decimals),
    row.currency,
    row.status,
    row.till,
    row.test ? 'yes' : '',
  ];
}
