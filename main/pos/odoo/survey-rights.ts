import { z } from 'zod';
import type { Ms } from '../../core/order';
import { failed, passed, type SurveyCheck, warned } from '../survey';
import type { OdooCall, OdooClient } from './client';
import { fieldsOf, type KeyRow, keySchema } from './schemas';
import { failureCheck } from './survey-words';

type Operation = 'read' | 'create' | 'write';

/** What the connector will do, least first; without any one of these it cannot work. */
const NEEDED: readonly (readonly [model: string, operation: Operation, words: string])[] = [
  ['pos.config', 'read', 'read the points of sale'],
  ['pos.session', 'read', 'see whether the register is open'],
  ['pos.order', 'read', 'look for orders'],
  ['pos.order', 'create', 'create orders'],
  ['pos.order', 'write', 'change orders'],
  ['product.template', 'read', 'read the menu'],
  ['product.product', 'read', 'read the variants of the menu'],
  ['account.tax', 'read', 'read the taxes'],
  ['pos.payment.method', 'read', 'read the payment methods'],
  ['res.partner', 'read', 'read the customers'],
];

/** One line for each right that the key's user lacks. @param major since 18 the question has another name */
export async function surveyRights(client: OdooClient, major: number): Promise<SurveyCheck[]> {
  const answers = await Promise.all(
    NEEDED.map(async ([model, operation, words]) => ({
      words,
      answer: await client.call(rightsCall(model, operation, major), z.boolean()),
    })),
  );
  const missing = answers.flatMap(({ words, answer }) => (answer.ok && !answer.value ? [words] : []));
  const [unanswered] = answers.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure]));
  return [
    ...missing.map((words) =>
      failed(
        `The key’s user may not ${words}. Give the user the right Point of Sale → User in Odoo.`,
        'api_key',
      ),
    ),
    ...(unanswered === undefined ? [] : [failureCheck(unanswered, 'the user’s rights')]),
    ...(missing.length === 0 && unanswered === undefined
      ? [passed('The key’s user has all rights it needs.')]
      : []),
  ];
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
