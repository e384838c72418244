import type { SetupCheck, SetupSurvey } from '../../../preload/contract';
import type { LoadedLocation } from '../../config/load-locations';
import type { SetupField } from '../../config/setup-fields';
import type { Channel, SecretName } from '../../core/location';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { SecretHeldBack } from '../../core/secret-held-back';
import type { RotationTest } from '../../credentials/secret-rotation';
import { KeychainUnavailable, type SecretSource } from '../../credentials/secret-source';
import { requestPage } from '../../orders/poll-page';
import { createHttpClient } from '../../pos/http';
import { createInTill, createSurvey } from '../../pos/registry';
import type { Survey, SurveyCheck } from '../../pos/survey';
import type { Configuration, KnownField } from '../configuration';
import { tillName } from '../tills';
import { websiteName } from '../website-name';
import { resolvePart, type SecretUser } from './secret-uses';

export interface SurveyContext {
  readonly configuration: Configuration;
  readonly secrets: SecretSource;
  readonly log: Log;
  readonly now: () => Ms;
}

/** A first page of a website that has been selling for years. */
const MAX_PAGE_BYTES = 10 * 1024 * 1024;

/**
 * Asks one part of a location, a till or a website by its key, with what is entered so far. What is missing is an
 * answer too; `field` names the variable that is to blame.
 */
export async function surveyPart(
  location: LoadedLocation,
  part: string,
  context: SurveyContext,
): Promise<SetupSurvey> {
  const { configuration, secrets } = context;
  const fields = await configuration.fields(location);
  if ('status' in fields) return onlyFailed(fields.words);
  const mine = fields.filter(({ field }) => field.part === part);
  const { user, wrong } = resolvePart(location, part, configuration);
  if (wrong.length > 0) {
    return { checks: wrong.map(({ name, words }) => ({ ...failed(words), field: name })), choices: [] };
  }
  switch (user?.kind) {
    case undefined:
      return onlyFailed('This restaurant has no such till or website.');
    case 'website':
      return { checks: await surveyWebsite(user.channel, mine, secrets), choices: [] };
    case 'till': {
      const { till } = user;
      const blame = (name: string | null) =>
        mine.find(({ field }) => field.field === name)?.field.name ?? null;
      const use = { address: till.apiUrl, owner: tillName(till) };
      const token = await readOrWords(secrets, till.accessToken, use);
      if (!token.ok && token.words !== null) {
        const field = mine.find((known) => known.field.name === till.accessToken.account)?.field.name ?? null;
        return { checks: [{ ...failed(token.words), field }], choices: [] };
      }
      const { checks, choices } = await surveyTill(user, (name) => secrets(name, use), context);
      return {
        checks: checks.map((check) => ({ ...forScreen(check, context.log), field: blame(check.field) })),
        choices: choices.map((choice) => ({
          ...choice,
          options: [...choice.options],
          create: choice.create ?? null,
        })),
      };
    }
  }
}

/**
 * Makes in a till what one of its choices lacks.
 * @returns its id, or one sentence why not
 */
export async function createForPart(
  location: LoadedLocation,
  part: string,
  field: string,
  { configuration, secrets, log, now }: SurveyContext,
): Promise<{ readonly ok: true; readonly id: string } | { readonly ok: false; readonly words: string }> {
  const { user } = resolvePart(location, part, configuration);
  if (user?.kind !== 'till') return { ok: false, words: 'Enter the till’s store first.' };
  const use = { address: user.till.apiUrl, owner: tillName(user.till) };
  const token = await readOrWords(secrets, user.till.accessToken, use);
  if (!token.ok) return { ok: false, words: token.words ?? 'Enter the token first.' };
  const context = { location: user.location, secret: async () => token.value, log, now };
  return createInTill(user.till, context, field);
}

/** Every till and website that is in use, one after the other: they may share an account's budget. */
export async function surveyAll(location: LoadedLocation, context: SurveyContext): Promise<SetupCheck[]> {
  const { choices } = context.configuration.settings.current;
  const tills = Object.entries(location.raw.pos).filter(
    ([key, till]) => choices.tills[key]?.enabled ?? till.enabled,
  );
  const checks: SetupCheck[] = [];
  for (const part of [...tills.map(([key]) => key), ...Object.keys(location.raw.channels)]) {
    checks.push(...(await surveyPart(location, part, context)).checks);
  }
  return checks;
}

/** Whether a secret would do in place of the one that is in use. Only the new one is sent. */
export async function testPart(
  location: LoadedLocation,
  field: SetupField,
  candidate: string,
  context: SurveyContext,
): Promise<RotationTest> {
  const { user } = resolvePart(location, field.part ?? '', context.configuration);
  const trouble = (words: string | undefined): RotationTest =>
    words === undefined ? { ok: true } : { ok: false, words };
  if (user === undefined) return trouble('Its address is not entered yet, so it cannot be tested.');
  if (user.kind === 'till') {
    const { checks } = await surveyTill(user, async () => candidate, context);
    return trouble(checks.find(({ status }) => status === 'failed')?.words);
  }
  if (user.channel.pollUrl === null) return trouble('The website’s address is not entered yet.');
  const page = await firstPage(user.channel.pollUrl, candidate);
  return trouble(page.kind === 'page' ? undefined : page.trouble.words);
}

async function surveyTill(
  { till, location }: Extract<SecretUser, { kind: 'till' }>,
  read: (name: SecretName) => Promise<string | undefined>,
  { log, now }: SurveyContext,
): Promise<Pick<Survey, 'checks' | 'choices'>> {
  const secret = async (name: SecretName) => (await read(name)) ?? '';
  const choice = createSurvey(till, { location, secret, log, now });
  return choice.ok ? choice.survey() : onlyFailed(choice.trouble.words);
}

/** What a website needs: a secret for what it sends, and an answer to our poll. */
async function surveyWebsite(
  channel: Channel,
  fields: readonly KnownField[],
  secrets: SecretSource,
): Promise<SetupCheck[]> {
  const name = websiteName(channel);
  const variable = (field: string) => fields.find((known) => known.field.field === field);
  const blamed = (words: string, field: string): SetupCheck => ({
    ...failed(words),
    field: variable(field)?.field.name ?? null,
  });
  const checks: SetupCheck[] = [];
  if (channel.webhookSecret !== null) {
    checks.push(
      variable('webhook_secret')?.present
        ? passed(`${name}: what it sends is checked with its secret.`)
        : blamed(`${name}: it has no secret yet.`, 'webhook_secret'),
    );
  }
  const { pollUrl, pollToken } = channel;
  if (pollUrl === null || pollToken === null) return checks;
  const token = await readOrWords(secrets, pollToken, { address: pollUrl, owner: name });
  if (!token.ok)
    return [...checks, blamed(token.words ?? `${name}: the polling token is missing.`, 'poll_token')];
  const began = performance.now();
  const page = await firstPage(pollUrl, token.value);
  if (page.kind === 'page') {
    return [...checks, passed(`${name} answers.`, `${Math.round(performance.now() - began)} ms`)];
  }
  const isToken = page.trouble.code === 'http_401' || page.trouble.code === 'http_403';
  return [...checks, blamed(page.trouble.words, isToken ? 'poll_token' : 'poll_url')];
}

/** What the poller would ask first. Nothing is taken: only the journal's cursor says how far we are. */
function firstPage(url: string, token: string): ReturnType<typeof requestPage> {
  const http = createHttpClient({ maxAnswerBytes: MAX_PAGE_BYTES });
  return requestPage(http, { url, token, after: undefined, signal: new AbortController().signal });
}

/** A secret, or why there is none; `null` when it was never entered. */
export async function readOrWords(
  secrets: SecretSource,
  ...[name, use]: Parameters<SecretSource>
): Promise<
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly words: string | null }
> {
  try {
    const value = await secrets(name, use);
    return value === undefined ? { ok: false, words: null } : { ok: true, value };
  } catch (error) {
    if (error instanceof SecretHeldBack) return { ok: false, words: error.trouble.words };
    if (error instanceof KeychainUnavailable) return { ok: false, words: error.failure.words };
    throw error;
  }
}

/** What exactly was asked and answered is for whoever reads the log; the manager has the sentence. */
function forScreen(check: SurveyCheck, log: Log): SurveyCheck {
  if (check.status !== 'failed' || check.detail === null) return check;
  log.info('survey_failed', { what: check.field ?? 'till', detail: check.detail });
  return { ...check, detail: null };
}

function onlyFailed(words: string): { checks: [SetupCheck & SurveyCheck]; choices: [] } {
  return { checks: [failed(words)], choices: [] };
}

function passed(words: string, detail: string | null = null): SetupCheck {
  return { status: 'ok', words, detail, field: null };
}

function failed(words: string): SetupCheck {
  return { status: 'failed', words, detail: null, field: null };
}
