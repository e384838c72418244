import { DateTime } from 'luxon';
import { type DayReport, dayWords } from '../../core/day-report';
import { escapedHtml } from '../../core/escaped-html';
import type { Location } from '../../core/location';
import { formatMoney } from '../../core/money';
import { SHEET_STYLE } from './sheet-style';

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
    <style>${SHEET_STYLE}</style>
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
