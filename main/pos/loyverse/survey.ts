import type { Location, Till } from '../../core/location';
import { LOYVERSE_API } from '../../core/location-schema';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { createHttpClient } from '../http';
import { failed, isEntered, passed, SURVEY_MS, type Survey, type SurveyCheck } from '../survey';
import { isPlainSecret, keepSecret } from '../survey-secret';
import { reachWords, sharingWords } from './account-words';
import { budgetSeats } from './budget-seats';
import { currencyTrouble } from './check';
import { LoyverseClient } from './client';
import { readMerchant } from './merchant';
import { surveyCharges } from './survey-charges';
import { surveyEmployees, surveyPayments, surveyStores } from './survey-choices';
import { readSurveyLists, readsEverything, type SurveyLists, surveyRights } from './survey-lists';
import { askLoyverse, troubleCheck } from './survey-words';

export interface LoyverseSurveyOptions {
  readonly till: Till;
  readonly location: Pick<Location, 'currency'>;
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
  /** For all of it; by default 15 s. */
  readonly deadlineMs?: number;
}

const MAX_ANSWER_BYTES = 20_000_000;

/**
 * What the set-up asks Loyverse: the token, the account, the currency, what may be read, and the stores, payment types,
 * charges and employees to pick from. At most ten requests, and three more for a menu of a thousand items, since the
 * account's budget is shared by all its restaurants. Writes nothing. Never rejects for what the world does wrong.
 */
export async function surveyLoyverse(options: LoyverseSurveyOptions): Promise<Survey> {
  const { deadlineMs = SURVEY_MS } = options;
  const { storeId } = options.till;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), deadlineMs);
  const secret = keepSecret(options.secret, options.log, over.signal);
  try {
    const client = new LoyverseClient({
      http: createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES }),
      apiUrl: options.till.apiUrl,
      secret: secret.read,
      log: secret.log,
      logName: options.till.key.toUpperCase(),
      now: options.now,
      timeouts: { readMs: deadlineMs, writeMs: deadlineMs, menuMs: deadlineMs },
      budget: budgetSeats.seat(options.till.apiUrl, isEntered(storeId) ? storeId : null),
    });
    const token = await tokenTrouble(secret.read);
    if (token !== null) return { checks: [token], choices: [], latencyMs: null };
    return secret.withoutSecret(await ask(client, options, over.signal));
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function tokenTrouble(read: () => Promise<string>): Promise<SurveyCheck | null> {
  try {
    if (isPlainSecret(await read())) return null;
  } catch {
    // The keychain's error is not passed on: nobody can promise what it quotes.
    return failed(
      'The token for Loyverse cannot be read. Unlock this computer’s keychain, or enter the token again.',
      'access_token',
    );
  }
  return failed(
    'The token is missing or damaged. Copy it again from Back Office → Integrations → Access tokens.',
    'access_token',
  );
}

async function ask(
  client: LoyverseClient,
  { till, location, now }: LoyverseSurveyOptions,
  signal: AbortSignal,
): Promise<Survey> {
  const addressField = till.apiUrl === LOYVERSE_API ? null : 'api_url';
  const began = now();
  const asked = await askLoyverse(() => readMerchant(client, { signal }));
  const latencyMs = now() - began;
  if (!asked.ok && asked.trouble.code !== 'permission') {
    const answered = ANSWERED.has(asked.trouble.code);
    return {
      checks: [troubleCheck(asked.trouble, ['the account'], addressField)],
      choices: [],
      latencyMs: answered ? latencyMs : null,
    };
  }

  const merchant = asked.ok ? asked.value : null;
  const account = merchant === null ? null : (merchant.business_name ?? merchant.id);
  const currency = merchant === null ? null : currencyTrouble(merchant.currency, location.currency);
  const lists = await readSurveyLists(client, now(), signal);
  const stores = surveyStores(lists.stores, till.storeId, account);
  const { storeId } = stores;
  const payments = surveyPayments(lists.paymentTypes, till, storeId);
  const charges = await surveyCharges(client, till, storeId, signal);
  const employees = surveyEmployees(lists.employees, till.employee, storeId);
  return {
    checks: [
      passed(
        `Loyverse answers after ${Math.max(0.1, latencyMs / 1000).toFixed(1)} s.`,
        till.apiUrl === LOYVERSE_API ? null : new URL(till.apiUrl).origin,
      ),
      ...(asked.ok
        ? [passed(`The token is valid. It belongs to the account “${account}”.`)]
        : [troubleCheck(asked.trouble, ['the account'], addressField)]),
      ...(currency === null ? [] : [failed(currency.words, 'access_token')]),
      ...(merchant?.currency?.code && currency === null
        ? [passed(`The account counts in ${merchant.currency.code}, as the restaurant does.`)]
        : []),
      ...surveyRights(lists, addressField),
      ...reach(lists, account),
      ...sharing(client),
      ...stores.checks,
      ...payments.checks,
      ...charges.checks,
      ...employees.checks,
    ],
    choices: [...stores.choices, ...payments.choices, ...charges.choices, ...employees.choices],
    latencyMs,
  };
}

/** Only of a token that reads everything can it be said that it has all rights. */
function reach(lists: SurveyLists, account: string | null): SurveyCheck[] {
  if (account === null || !lists.stores.ok || !readsEverything(lists)) return [];
  const open = lists.stores.value.rows.filter((store) => !store.deleted_at);
  return open.length === 0 ? [] : [passed(reachWords(account, open.length))];
}

/** Set-up asks the same account as the tills that run already, out of the same budget. */
function sharing({ budget }: LoyverseClient): SurveyCheck[] {
  return sharingWords(budget.state()).map((words) => passed(words));
}

/** Something was there, though it did not say what was asked. */
const ANSWERED: ReadonlySet<string> = new Set([
  'credentials',
  'plan',
  'rate_limited',
  'server',
  'unreadable',
]);
