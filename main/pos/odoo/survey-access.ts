import { z } from 'zod';
import {
  failed,
  isEntered,
  passed,
  type SurveyCheck,
  type SurveyChoice,
  type SurveyOption,
  warned,
} from '../survey';
import { OdooClient, type OdooProtocol } from './client';
import type { OdooResult } from './failures';
import { type CompanyRow, companySchema, fieldsOf, userSchema } from './schemas';
import type { OdooServer } from './server';
import { failureCheck, idOf, namedRows } from './survey-words';

/** One step of the survey; `next` is what the following steps need, `null` when they would be pointless. */
export interface Step<T> {
  readonly checks: readonly SurveyCheck[];
  readonly choices: readonly SurveyChoice[];
  readonly next: T | null;
}

/** Which database, as far as the server tells: administrators may switch the list off. */
export async function surveyDatabase(server: OdooServer, configured: string): Promise<Step<string>> {
  const answer = await server.jsonRpc('db', 'list', []);
  const listed = z.array(z.string()).safeParse(answer.ok ? answer.value : null);
  const entered = isEntered(configured);
  if (!listed.success) {
    if (!entered)
      return end(failed('Enter the database. This Odoo does not tell which ones it has.', 'database'));
    // It travels in a header, and Odoo's own rule for names is narrower still.
    if (!/^[\x21-\x7e]+$/.test(configured))
      return end(failed(`There is no database “${configured}”.`, 'database'));
    return { checks: [], choices: [], next: configured };
  }
  const names = listed.data;
  const only = !entered && names.length === 1 ? names[0] : undefined;
  const chosen = names.find((name) => name === configured) ?? only ?? null;
  const choices: SurveyChoice[] = [
    {
      field: 'database',
      label: 'Database',
      help: 'Odoo’s login page names it when there are several.',
      options: names.map((name) => ({ id: name, label: name, detail: null })),
      chosen,
      required: true,
    },
  ];
  if (chosen !== null) return { checks: [passed(`The database is “${chosen}”.`)], choices, next: chosen };
  const has = `This Odoo has: ${names.join(', ') || 'none'}.`;
  const check = entered
    ? failed(`There is no database “${configured}”. ${has}`, 'database')
    : warned(`Pick the database. ${has}`, 'database');
  return { checks: [check], choices, next: null };
}

export interface OdooUser {
  readonly client: OdooClient;
  readonly companyIds: readonly number[];
  /** `null` for a user without one. */
  readonly email: string | null;
}

interface UserQuestion {
  readonly server: OdooServer;
  readonly protocol: OdooProtocol;
  readonly database: string;
  /** The user id as entered. */
  readonly entered: string;
  readonly key: () => Promise<string>;
}

/** Whether the key is good, and whose it is. */
export async function surveyUser(question: UserQuestion): Promise<Step<OdooUser>> {
  const { protocol, entered } = question;
  const enteredId = idOf(entered);
  if (protocol === 'jsonrpc' && enteredId === null) return byLogin(question);

  const asked = await userOfKey(question, enteredId ?? 0);
  if (!asked.ok) {
    const check = failureCheck(asked.failure, 'the user');
    // Before 19 a good key of somebody else is refused in the same words as a wrong one.
    const either = asked.failure.kind === 'key' && protocol === 'jsonrpc';
    return end(either ? { ...check, words: `${check.words} ${otherUser(entered)}` } : check);
  }
  const { user, client } = asked.value;
  if (user === undefined) return end(failed('Odoo does not show the key’s user. Test again.', 'api_key'));
  const { id: uid } = user;
  const name = user.login ?? String(uid);
  const checks = [passed(`The API key is valid. It belongs to the user “${name}” (${uid}).`)];
  const choices: SurveyChoice[] = [];
  if (uid !== enteredId) {
    const words = `The API key belongs to user ${uid} (“${name}”)${isEntered(entered) && entered !== user.login ? `, not to ${entered}` : ''}. Pick that user.`;
    checks.push(warned(words, 'user_id'));
    choices.push(userChoice(uid, name));
  }
  return { checks, choices, next: { client, companyIds: user.company_ids, email: user.email } };
}

interface AskedUser {
  readonly client: OdooClient;
  readonly user: z.output<typeof userSchema> | undefined;
}

/** JSON-2 knows the user from the key; JSON-RPC takes no call without the right one. */
async function userOfKey(question: UserQuestion, enteredId: number): Promise<OdooResult<AskedUser>> {
  const { server, protocol, database, key } = question;
  let userId = enteredId;
  if (protocol === 'json2') {
    const anybody = new OdooClient(server, protocol, { database, userId, key });
    const call = { model: 'res.users', method: 'context_get' };
    const context = await anybody.call(call, z.object({ uid: z.number() }));
    if (!context.ok) return context;
    userId = context.value.uid;
  }
  const client = new OdooClient(server, protocol, { database, userId, key });
  const call = {
    model: 'res.users',
    method: 'read',
    ids: [userId],
    leading: { fields: fieldsOf(userSchema) },
  };
  const read = await client.call(call, z.array(userSchema));
  return read.ok ? { ok: true, value: { client, user: read.value[0] } } : read;
}

function otherUser(id: string): string {
  return `A key of another user than ${id} gives the same answer: check the user ID, too.`;
}

/** Before 19 every call needs the user's number. Who entered the login instead can be told the number. */
async function byLogin({ server, database, entered, key }: UserQuestion): Promise<Step<OdooUser>> {
  const words = 'Enter the user’s login, or the number that the browser shows for the user in Odoo.';
  if (!isEntered(entered)) return end(failed(words, 'user_id'));
  const secret = await key().catch(() => null);
  if (secret === null) {
    return end(failureCheck({ kind: 'no_key', detail: 'common.authenticate' }, 'the user'));
  }
  const answer = await server.jsonRpc('common', 'authenticate', [database, entered, secret, {}]);
  if (!answer.ok) return end(failureCheck(answer.failure, 'the user'));
  if (typeof answer.value !== 'number') {
    return end(failed(`Odoo does not let “${entered}” in with this API key. Check both.`, 'api_key'));
  }
  const found = failed(`“${entered}” is user ${answer.value}. Pick that user.`, 'user_id');
  return { checks: [found], choices: [userChoice(answer.value, entered)], next: null };
}

function userChoice(id: number, name: string): SurveyChoice {
  return {
    field: 'user_id',
    label: 'User',
    help: 'The user whose API key this is.',
    options: [{ id: String(id), label: name, detail: `No. ${id}` }],
    chosen: null,
    required: true,
  };
}

/** The company that the restaurant's register belongs to, out of those that the user may work for. */
export async function surveyCompany(
  { client, companyIds }: OdooUser,
  configured: string,
): Promise<Step<CompanyRow>> {
  const domain = [['id', 'in', companyIds]];
  const found = await client.searchRead(
    'res.company',
    { domain, fields: fieldsOf(companySchema), order: 'id' },
    companySchema,
  );
  if (!found.ok) return end(failureCheck(found.failure, 'the companies'));
  const companies = found.value;
  const only = !isEntered(configured) && companies.length === 1 ? companies[0] : undefined;
  const company = companies.find(({ id }) => String(id) === configured) ?? only;
  const choices: SurveyChoice[] = [
    {
      field: 'company_id',
      label: 'Company',
      help: 'The company that this restaurant belongs to in Odoo.',
      options: companies.map(option),
      chosen: company === undefined ? null : String(company.id),
      required: true,
    },
  ];
  if (company !== undefined) {
    return { checks: [passed(`The company is “${company.name}”.`)], choices, next: company };
  }
  const may = `The key’s user may work for: ${namedRows(companies) || 'none'}.`;
  const check = isEntered(configured)
    ? failed(`The key’s user may not work for company ${configured}. ${may}`, 'company_id')
    : warned(`Pick the company. ${may}`, 'company_id');
  return { checks: [check], choices, next: null };
}

export function option({ id, name }: { readonly id: number; readonly name: string }): SurveyOption {
  return { id: String(id), label: name, detail: null };
}

export function end<T>(check: SurveyCheck): Step<T> {
  return { checks: [check], choices: [], next: null };
}
