import { setMaxListeners } from 'node:events';
import type { Location, OdooTill, Till } from '../../core/location';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { createHttpClient } from '../http';
import { failed, passed, SURVEY_MS, type Survey, type SurveyCheck, type SurveyChoice } from '../survey';
import { keepSecret } from '../survey-secret';
import type { OdooFailure } from './failures';
import { OdooServer } from './server';
import { type OdooUser, type Step, surveyCompany, surveyDatabase, surveyUser } from './survey-access';
import { surveyFees } from './survey-fees';
import { surveyPartner } from './survey-partner';
import { surveyPresets } from './survey-presets';
import { surveyPaymentMethods, surveyRegister } from './survey-register';
import { surveyKeyExpiry, surveyRights } from './survey-rights';
import { failureCheck } from './survey-words';
import { OLDEST_MAJOR, protocolOf, readVersion } from './version';

export interface OdooSurveyOptions {
  readonly till: Pick<Till, 'key' | 'apiUrl' | 'odoo' | 'charges'>;
  readonly location: Pick<Location, 'currency' | 'timezone'>;
  /** The API key. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
  /** For all of it; by default 15 s. */
  readonly deadlineMs?: number;
}

const QUESTIONS_AT_ONCE = 50;
const MAX_ANSWER_BYTES = 5_000_000;
const NOTHING_ENTERED: OdooTill = {
  database: '',
  companyId: '',
  partnerId: '',
  posConfigId: '',
  userId: '',
  paymentMethod: null,
  openRegister: false,
  useTables: false,
};

/**
 * What the set-up asks Odoo, from the outside in: the address, the version, the database, the key and its user, the
 * company, the register with its payment methods, the customer, the rights. Ends at the first thing without which the
 * next question has no answer. Reads only. Never rejects for what the world does wrong.
 */
export async function surveyOdoo(options: OdooSurveyOptions): Promise<Survey> {
  const { till, log, deadlineMs = SURVEY_MS } = options;
  const over = new AbortController();
  // A dozen questions wait for it at a time.
  setMaxListeners(QUESTIONS_AT_ONCE, over.signal);
  const timer = setTimeout(() => over.abort(), deadlineMs);
  const secret = keepSecret(options.secret, log, over.signal);
  const server = new OdooServer({
    http: createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES }),
    apiUrl: till.apiUrl,
    log: secret.log,
    logName: till.key.toUpperCase(),
    timeoutMs: deadlineMs,
    signal: over.signal,
  });
  try {
    return secret.withoutSecret(await ask(server, { ...options, secret: secret.read }));
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function ask(server: OdooServer, options: OdooSurveyOptions): Promise<Survey> {
  const { now, location, till } = options;
  const odoo = till.odoo ?? NOTHING_ENTERED;
  const checks: SurveyCheck[] = [];
  const choices: SurveyChoice[] = [];
  const take = <T>(step: Step<T>): T | null => {
    checks.push(...step.checks);
    choices.push(...step.choices);
    return step.next;
  };

  const began = now();
  const version = await readVersion(server);
  const took = now() - began;
  if (!version.ok) {
    const check = withoutPath(failureCheck(version.failure, 'its version'), till.apiUrl);
    return { checks: [check], choices, latencyMs: answered(version.failure) ? took : null };
  }
  const result = { checks, choices, latencyMs: took };
  const { major, label } = version.value;
  if (major < OLDEST_MAJOR) {
    checks.push(
      failed(
        `This is Odoo ${label}. Tillside needs Odoo ${OLDEST_MAJOR} or newer: ask who runs it.`,
        'api_url',
      ),
    );
    return result;
  }
  checks.push(passed(`Odoo ${label} answers after ${(took / 1000).toFixed(1)} s.`));

  const database = take(await surveyDatabase(server, odoo.database));
  if (database === null) return result;
  const protocol = protocolOf(version.value);
  const user = take(
    await surveyUser({ server, protocol, database, entered: odoo.userId, key: options.secret }),
  );
  if (user === null) return result;

  const { client } = user;
  const [company, rights, expiry] = await Promise.all([
    surveyCompany(user, odoo.companyId),
    surveyRights(client, major),
    surveyKeyExpiry(client, now(), location.timezone),
  ]);
  const chosenCompany = take(company);
  if (chosenCompany !== null) {
    const [registers, partner] = await Promise.all([
      surveyRegister(client, chosenCompany, odoo.posConfigId, location.currency),
      surveyPartner(client, chosenCompany, odoo.partnerId),
    ]);
    const register = take(registers);
    if (register !== null) {
      take(await surveyPaymentMethods(client, register, odoo.paymentMethod));
      take(await surveyFees(client, chosenCompany, till.charges));
      checks.push(...(await surveyPresets(client, register.id)));
    }
    take(partner);
  }
  const said = new Set(checks.map(({ words }) => words));
  // A right that is missing was perhaps met on the way.
  checks.push(...mailChecks(user, major, odoo), ...rights.filter(({ words }) => !said.has(words)), ...expiry);
  return result;
}

/** Before 19 a register is not opened for a user without an address (contract section 5). */
function mailChecks({ email }: OdooUser, major: number, { openRegister }: OdooTill): readonly SurveyCheck[] {
  if (major >= 19 || !openRegister || email !== null) return [];
  const words =
    'Tillside cannot open the register: its user has no e-mail address in Odoo. Enter one in the user’s profile.';
  return [failed(words, 'api_key')];
}

/** Something was there, though it did not say what was asked. */
function answered({ kind }: OdooFailure): boolean {
  return kind !== 'no_answer' && kind !== 'no_key';
}

/** Managers copy the address out of the browser, where `/odoo/…` or `/web#…` follows the part that counts. */
function withoutPath(check: SurveyCheck, apiUrl: string): SurveyCheck {
  // Neither a user nor a password that stands before the host is repeated.
  const [, scheme, host] = /^(https?:\/\/)(?:[^/?#]*@)?([^/?#@]+)[/?#]+[^/?#]/i.exec(apiUrl.trim()) ?? [];
  if (check.field !== 'api_url' || scheme === undefined || host === undefined) return check;
  return { ...check, words: `${check.words} Leave out what follows ${scheme}${host}.` };
}
