import { z } from 'zod';
import type { Ms } from '../../core/order';
import { failed, passed, type SurveyCheck, warned } from '../survey';
import type { OdooCall, OdooClient } from './client';
import type { OdooResult } from './failures';
import { fieldsOf, type KeyRow, keySchema } from './schemas';
import { failureCheck } from './survey-words';

type Operation = 'read' | 'create' | 'write';

/** The groups that give a right, as Odoo's access lists (`ir.model.access.csv`) of 18 and 19 have it. */
const POS_USER = 'Point of Sale → User';
const INTERNAL = 'Internal User';

/** What the connector will do, least first; without any one of these it cannot work. */
const NEEDED: readonly (readonly [model: string, operation: Operation, words: string, group: string])[] = [
  ['pos.config', 'read', 'read the points of sale', POS_USER],
  ['pos.session', 'read', 'see whether the register is open', POS_USER],
  ['pos.order', 'read', 'look for orders', POS_USER],
  ['pos.order', 'create', 'create orders', POS_USER],
  ['pos.order', 'write', 'change orders', POS_USER],
  ['product.template', 'read', 'read the menu', INTERNAL],
  ['product.product', 'read', 'read the variants of the menu', INTERNAL],
  ['account.tax', 'read', 'read the taxes', INTERNAL],
  ['pos.payment.method', 'read', 'read the payment methods', POS_USER],
  ['res.partner', 'read', 'read the customers', INTERNAL],
];

/** Which group lets a user change products: a dish that is sold out may then be taken off the till, too. */
function productGroup(major: number): string {
  return major >= 19 ? 'Products → Create' : 'Point of Sale → Administrator';
}

/** One line for each right that the key's user lacks. @param major since 18 the question has another name */
export async function surveyRights(client: OdooClient, major: number): Promise<SurveyCheck[]> {
  const [answers, changesProducts] = await Promise.all([
    Promise.all(
      NEEDED.map(async ([model, operation, words, group]) => ({
        words,
        group,
        answer: await client.call(rightsCall(model, operation, major), z.boolean()),
      })),
    ),
    client.call(rightsCall('product.template', 'write', major), z.boolean()),
  ]);
  const missing = answers.filter(({ answer }) => answer.ok && !answer.value);
  const [unanswered] = answers.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure]));
  return [
    ...missing.map(({ words, group }) =>
      failed(`The key’s user may not ${words}. Give the user the right ${group} in Odoo.`, 'api_key'),
    ),
    ...(unanswered === undefined ? [] : [failureCheck(unanswered, 'the user’s rights')]),
    ...(missing.length === 0 && unanswered === undefined
      ? [passed('The key’s user has all rights it needs.', soldOutWords(changesProducts, major))]
      : []),
  ];
}

/** What is better with one right more; `null` when the user has it. */
function soldOutWords(changesProducts: OdooResult<boolean>, major: number): string | null {
  if (!changesProducts.ok || changesProducts.value) return null;
  return `It may not change products: a dish that is sold out is hidden on the website only, unless you give it ${productGroup(major)}.`;
}

function rightsCall(model: string, operation: Operation, major: number): OdooCall {
  return major >= 18
    ? { model, method: 'has_access', ids: [], leading: { operation } }
    : { model, method: 'check_access_rights', leading: { operation }, named: { raise_exception: false } };
}

const DAY: Ms = 86_400_000;
const SOON: Ms = 14 * DAY;
/** Odoo's scope of keys that may call its API; keys made by hand have none. */
const RPC_SCOPE = 'rpc';

/** When the key expires, if Odoo shows it: it lists a user's keys without saying which one is asking. */
export async function surveyKeyExpiry(client: OdooClient, now: Ms, timezone: string): Promise<SurveyCheck[]> {
  const found = await client.searchRead(
    'res.users.apikeys',
    { domain: [], fields: fieldsOf(keySchema) },
    keySchema,
  );
  // Not every version and user may read it, and nothing hangs on it.
  return found.ok ? expiryChecks(found.value, now, timezone) : [];
}

export function expiryChecks(keys: readonly KeyRow[], now: Ms, timezone: string): SurveyCheck[] {
  const live = keys
    .filter(({ scope }) => scope === null || scope === RPC_SCOPE)
    .map((key) => ({ name: key.name ?? '', expires: expiry(key) }))
    .filter(({ expires }) => expires > now);
  const ending = live.filter(({ expires }) => expires - now < SOON).sort((a, b) => a.expires - b.expires);
  const [next] = ending;
  const day = (time: Ms) =>
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: timezone,
    }).format(time);
  if (next !== undefined) {
    const words =
      live.length === 1
        ? `The API key expires on ${day(next.expires)}.`
        : `The user’s API key “${next.name}” expires on ${day(next.expires)}. It may be this one.`;
    return [warned(`${words} Make a new one in Odoo before that day and enter it here.`, 'api_key')];
  }
  const first = Math.min(...live.map(({ expires }) => expires));
  return live.length === 1 && Number.isFinite(first)
    ? [passed(`The API key is good until ${day(first)}.`)]
    : [];
}

/** Odoo writes UTC without a zone; a key without a date never expires. */
function expiry({ expiration_date: date }: KeyRow): Ms {
  const time = date === null ? Number.NaN : Date.parse(`${date.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}
