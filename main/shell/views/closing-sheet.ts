import { DateTime } from 'luxon';
import { type DayReport, dayWords } from '../../core/day-report';
import { escapedHtml } from '../../core/escaped-html';
import type { Location } from '../../core/location';
import { formatMoney } from '../../core/money';

/** The account of the day on paper: no script, nothing from elsewhere. */
export function closingSheet(
  report: DayReport,
  { name, address, timezone }: Pick<Location, 'name' | 'address' | 'timezone'>,
): string {
  const { from, at, closedWithoutMeal, total, currency, unasked, findings } = report;
  const day = DateTime.fromMillis(from, { zone: timezone, locale: 'en-GB' }).toFormat('cccc d LLLL yyyy');
  const time = DateTime.fromMillis(at, { zone: timezone }).toFormat('HH:mm');
  const row = (what: string, value: string | number): string =>
    `<tr><th scope="row">${escapedHtml(what)}</th><td>${escapedHtml(String(value))}</td></tr>`;
  const list =
    findings.length === 0
      ? '<p>Nothing to look at: every order is accounted for.</p>'
      : `<ol>${findings.map(({ words }) => `<li>${escapedHtml(words)}</li>`).join('\n')}</ol>`;
  const warning =
    unasked.length === 0
      ? ''
      : `<p class="warning">Not asked, since it did not answer: ${escapedHtml(unasked.join(', '))}.</p>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Closing sheet – ${escapedHtml(name)}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Closing sheet</h1>
    <p class="whose"><strong>${escapedHtml(name)}</strong> · ${escapedHtml(address)}<br>${day}, as of ${time}</p>
    <p class="sum">${escapedHtml(dayWords(report))}</p>
    ${warning}
    <table>
      ${row('Online orders', report.orders)}
      ${row('In the till', report.inTill)}
      ${row('Entered by hand', report.byHand)}
      ${row('Open', report.open)}
      ${row('Rejected, cancelled or given back', closedWithoutMeal)}
      ${row('In the till comes to', formatMoney(total, currency))}
    </table>
    <h2>To look at</h2>
    ${list}
    <p class="signed">Checked by</p>
  </body>
</html>
`;
}

const STYLE = `
  @page { margin: 20mm; }
  body { font: 12pt/1.5 sans-serif; max-width: 170mm; margin: 0 auto; color: #000; background: #fff; }
  h1 { font-size: 22pt; margin: 0; }
  h2 { font-size: 13pt; margin: 6mm 0 1mm; }
  .whose { margin: 0 0 6mm; }
  .sum { font-size: 16pt; font-weight: bold; border: 1pt solid #000; padding: 3mm 4mm; }
  .warning { font-weight: bold; }
  table { border-collapse: collapse; }
  th { font-weight: normal; text-align: left; padding: 1mm 12mm 1mm 0; }
  td { text-align: right; font-variant-numeric: tabular-nums; }
  ol { margin: 0; padding-left: 6mm; }
  .signed { margin-top: 14mm; border-top: 1pt solid #000; width: 70mm; }
`;
