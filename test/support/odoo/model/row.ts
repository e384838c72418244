/** A stored row. Links are bare ids, times of writing microseconds since 1970, every other time Odoo's text. */
export interface Row {
  readonly id: number;
  [field: string]: unknown;
}

/** Microseconds since 1970. */
export type Micros = number;

export function idIn(row: Row | undefined, field: string): number | null {
  const value = row?.[field];
  return typeof value === 'number' && value !== 0 ? value : null;
}

export function idsIn(row: Row | undefined, field: string): readonly number[] {
  const value = row?.[field];
  return Array.isArray(value) ? value.filter((id) => typeof id === 'number') : [];
}

export function numberIn(row: Row | undefined, field: string): number {
  const value = row?.[field];
  return typeof value === 'number' ? value : 0;
}

export function textIn(row: Row | undefined, field: string): string {
  const value = row?.[field];
  return typeof value === 'string' ? value : '';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A time as Odoo answers it: UTC, cut to the second. */
export function timeText(micros: Micros): string {
  return new Date(micros / 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A time with its microseconds, as webhooks show it. */
export function fullTimeText(micros: Micros): string {
  return `${timeText(micros)}.${String(Math.trunc(micros) % 1_000_000).padStart(6, '0')}`;
}

/** @returns `null` when it is none that Odoo takes: `2026-11-22 22:15:18` or a day. */
export function microsOf(text: string): Micros | null {
  if (!/^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$/.test(text)) return null;
  const [, seconds = text, fraction = ''] = /^([^.]*)\.(\d+)$/.exec(text) ?? [];
  const at = Date.parse(`${seconds.replace(' ', 'T')}${seconds.includes(' ') ? '' : 'T00:00:00'}Z`);
  return Number.isNaN(at) ? null : at * 1_000 + Number(fraction.padEnd(6, '0') || 0);
}
