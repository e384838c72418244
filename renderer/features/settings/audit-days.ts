import type { AuditLine } from '../../../preload/contract';

/** Lines that follow each other on one day of the store’s, under that day: `Sunday, 22 November 2026`. */
export function byDay(
  lines: readonly AuditLine[],
  timezone: string,
): readonly { readonly day: string; readonly lines: readonly AuditLine[] }[] {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: timezone });
  const days = new Map<string, AuditLine[]>();
  for (const line of lines) {
    const day = format.format(line.at);
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days].map(([day, ofDay]) => ({ day, lines: ofDay }));
}
