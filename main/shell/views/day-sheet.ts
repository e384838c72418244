import { DateTime } from 'luxon';
import type { HistorySummary } from '../../../preload/contract';
import { escapedHtml } from '../../core/escaped-html';
import type { Location } from '../../core/location';
import { formatMoney } from '../../core/money';
import type { HistoryDay } from '../history';
import { SHEET_STYLE } from './sheet-style';

const KINDS: Readonly<Record<HistorySummary['paid'][number]['kind'], string>> = {
  online: 'Paid online',
  cash: 'Cash',
  card: 'Card',
  counter: 'At the counter',
};

/** A day's orders in figures on paper: no script, nothing from elsewhere. */
export function daySheet(
  { from, currency, summary }: HistoryDay,
  { name, address, timezone }: Pick<Location, 'name' | 'address' | 'timezone'>,
): string {
  const day = DateTime.fromMillis(from, { zone: timezone, locale: 'en-GB' }).toFormat('cccc d LLLL yyyy');
  const row = (what: string, value: string | number): string =>
    `<tr><th scope="row">${escapedHtml(what)}</th><td>${escapedHtml(String(value))}</td></tr>`;
  const { orders, accepted, inTime, medianMs, missed, rejected, byTill, byWhatsapp, paid, total } = summary;
  const rows = [
    row('Online orders', orders),
    row('Accepted', accepted),
    row('… in under 55 seconds', inTime),
    row('Accepted after (median)', medianMs === null ? '–' : `${Math.round(medianMs / 1_000)} s`),
    row('Called off before an answer', missed),
    row('Rejected', rejected),
    ...byTill.map(({ name: till, orders: count }) => row(`In ${till}`, count)),
    row('By WhatsApp', byWhatsapp),
    ...paid.map((one) => row(`${KINDS[one.kind]} (${one.orders})`, formatMoney(one.total, currency))),
    row('In all', formatMoney(total, currency)),
  ];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Day – ${escapedHtml(name)}</title>
    <style>${SHEET_STYLE}</style>
  </head>
  <body>
    <h1>Online orders of the day</h1>
    <p class="whose"><strong>${escapedHtml(name)}</strong> · ${escapedHtml(address)}<br>${escapedHtml(day)}</p>
    <table>
      ${rows.join('\n      ')}
    </table>
  </body>
</html>
`;
}
