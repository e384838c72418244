import { failed, isEntered, passed, type SurveyChoice, warned } from '../survey';
import type { OdooClient } from './client';
import type { OdooResult } from './failures';
import { type CompanyRow, fieldsOf, type PartnerRow, partnerSchema } from './schemas';
import { end, type Step } from './survey-access';
import { failureCheck, idOf } from './survey-words';

/** Names that people give a customer who stands for online orders. */
const TELLING = ['online', 'web', 'delivery', 'takeaway', 'take-away', 'walk'];
/** A restaurant may have a hundred thousand customers: these are to be picked from, not searched. */
const MOST = 20;

/** The customer on whom online orders are booked. Odoo would drop an id that is not there without a word. */
export async function surveyPartner(
  client: OdooClient,
  company: CompanyRow,
  configured: string,
): Promise<Step<PartnerRow>> {
  const id = idOf(configured);
  const ours = ['company_id', 'in', [false, company.id]];
  const [telling, newest, entered] = await Promise.all([
    search(client, [ours, ...anyOf(TELLING.map((word) => ['name', 'ilike', word]))], 'name'),
    search(client, [ours], 'id desc'),
    id === null ? null : search(client, [['id', '=', id]], 'id'),
  ]);
  if (!telling.ok) return end(failureCheck(telling.failure, 'the customers'));
  if (entered?.ok === false) return end(failureCheck(entered.failure, 'the customers'));
  const chosen = entered?.value[0];
  const isTheirs = chosen?.company_id != null && chosen.company_id.id !== company.id;
  const options = [
    ...(chosen === undefined || isTheirs ? [] : [chosen]),
    ...telling.value,
    ...(newest.ok ? newest.value : []),
  ];
  const choices: SurveyChoice[] = [
    {
      field: 'partner_id',
      label: 'Customer',
      help: 'The contact that online orders are booked on. Make one in Odoo, such as “Online order”, if there is none.',
      options: [...new Map(options.map((row) => [row.id, row])).values()]
        .slice(0, 2 * MOST)
        .map((row) => ({ id: String(row.id), label: nameOf(row), detail: `No. ${row.id}` })),
      chosen: chosen === undefined || isTheirs ? null : String(chosen.id),
      required: true,
    },
  ];
  if (chosen !== undefined && isTheirs) {
    const words = `The customer “${nameOf(chosen)}” belongs to “${chosen.company_id?.name ?? ''}”, another company. Pick another one.`;
    return { checks: [failed(words, 'partner_id')], choices, next: null };
  }
  if (chosen !== undefined) {
    const check = passed(`Online orders are booked on the customer “${nameOf(chosen)}”.`);
    return { checks: [check], choices, next: chosen };
  }
  const check = isEntered(configured)
    ? failed(
        id === null
          ? `The customer “${configured}” is no number. Pick the customer from the list.`
          : `Odoo has no customer ${id}, or it is archived. Pick another one.`,
        'partner_id',
      )
    : warned('Pick the customer that online orders are booked on.', 'partner_id');
  return { checks: [check], choices, next: null };
}

function search(
  client: OdooClient,
  domain: readonly unknown[],
  order: string,
): Promise<OdooResult<PartnerRow[]>> {
  return client.searchRead(
    'res.partner',
    { domain, fields: fieldsOf(partnerSchema), order, limit: MOST },
    partnerSchema,
  );
}

/** Odoo's domains are in Polish notation. */
function anyOf(terms: readonly unknown[]): readonly unknown[] {
  return [...terms.slice(1).map(() => '|'), ...terms];
}

function nameOf({ id, name }: PartnerRow): string {
  return name ?? String(id);
}
