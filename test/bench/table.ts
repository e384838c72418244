import { isMet, type Result, ratio, type Target } from './result';

const HEADINGS = ['figure', 'ours', 'floor', 'ratio', 'target', ''];

/** The results in columns, as Markdown, so that the table can stand in a README as it is. */
export function markdownTable(results: readonly Result[]): string {
  const rows = [HEADINGS, ...results.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** What one must know to judge the figures, one line each. */
export function notes(results: readonly Result[]): string {
  return results.flatMap((result) => result.notes.map((note) => `- ${result.what}: ${note}`)).join('\n');
}

function cells(result: Result): string[] {
  const { what, unit, ours, floor, target } = result;
  const times = ratio(result);
  return [
    what,
    amount(ours, unit),
    floor === null ? '–' : `${amount(floor.value, unit)} (${floor.what})`,
    times === null ? '–' : `${times.toFixed(2)}×`,
    target === null ? '–' : targetText(target, unit),
    verdict(isMet(result)),
  ];
}

function targetText({ bound, limit, of }: Target, unit: Result['unit']): string {
  return `${bound === 'most' ? '≤' : '≥'} ${of === 'floor' ? `${limit}×` : amount(limit, unit)}`;
}

function verdict(met: boolean | null): string {
  if (met === null) return '';
  return met ? 'met' : 'missed';
}

/** Three significant digits: more would be noise. */
function amount(value: number, unit: Result['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${unit}`
    .replace(' /s', '/s')
    .replace(' %', ' %')
    .replace(/^1 requests$/, '1 request');
}
