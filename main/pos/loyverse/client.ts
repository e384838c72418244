import type { z } from 'zod';
import type { Log } from '../../core/log';
import type { Ms, Trouble } from '../../core/order';
import { SecretHeldBack } from '../../core/secret-held-back';
import type { HttpAnswer, HttpClient, HttpFailure, HttpOutcome } from '../http';
import type { PosUnreachable } from '../provider';
import {
  failureTrouble,
  readFailure,
  retryAfterMs,
  statusTrouble,
  unknownOutcome,
  unreadableTrouble,
} from './failures';
import type { ReadBudget } from './read-budget';
import { errorsSchema, type LoyverseError } from './schemas';

export interface Timeouts {
  readonly readMs: number;
  readonly writeMs: number;
  /** A page of 250 items is half a megabyte: it may take longer than a short answer. */
  readonly menuMs: number;
}

export interface ClientOptions {
  readonly http: HttpClient;
  /** With the version: `https://api.loyverse.com/v1.0`. */
  readonly apiUrl: string;
  readonly secret: () => Promise<string>;
  readonly log: Log;
  /** In log lines: the till's name in capitals. */
  readonly logName: string;
  readonly now: () => Ms;
  readonly timeouts: Timeouts;
  readonly budget: ReadBudget;
}

/** A path under the base with its query, in the order given. */
export interface Query {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Background reads wait for their budget and take longer before they give up. */
  readonly background?: boolean;
  readonly signal?: AbortSignal;
}

export interface Answer<T> {
  readonly value: T;
  /** The server's clock when it answered; `null` when it does not tell. */
  readonly serverTime: Ms | null;
}

export type Posted<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** 400, 404 or 415: nothing was written, and never will be with this body. */
  | { readonly kind: 'refused'; readonly status: number; readonly error: LoyverseError };

const NO_TOKEN: Trouble = {
  code: 'credentials',
  words: 'The token for Loyverse is missing or damaged. Copy it again from Back Office → Access tokens.',
};
const NO_KEYCHAIN: Trouble = {
  code: 'keychain',
  words: 'The token for Loyverse cannot be read. Unlock this computer’s keychain.',
};

/** Loyverse's conventions over HTTP: the token, the error body, the clock. Holds no order state. */
export class LoyverseClient {
  readonly #options: ClientOptions;
  readonly #base: string;
  #clockOffset: Ms | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#base = options.apiUrl.replace(/\/+$/, '');
  }

  /** @throws {PosUnreachable} whatever went wrong: a read changes nothing. */
  async get<T>(query: Query, schema: z.ZodType<T>): Promise<Answer<T>> {
    const read = () => this.#send('GET', query);
    const outcome = await (query.background ? this.#options.budget(read) : read());
    if (outcome.kind === 'failed') throw readFailure(failureTrouble(outcome), summary('GET', query, outcome));
    if (!isSuccess(outcome)) throw this.#statusFailure('GET', query, outcome);
    const parsed = parseAnswer(outcome, schema);
    if (parsed === null) {
      throw readFailure(unreadableTrouble(outcome.body), summary('GET', query, outcome));
    }
    return { value: parsed, serverTime: serverTime(outcome) };
  }

  /**
   * Sends a write once.
   * @throws {PosUnreachable} when nothing was written and it may be sent again later.
   * @throws {PosOutcomeUnknown} when it may have been carried out.
   */
  async post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<Posted<T>> {
    const query = { path };
    const outcome = await this.#send('POST', query, JSON.stringify(body));
    const detail = summary('POST', query, outcome);
    if (outcome.kind === 'failed') {
      const trouble = failureTrouble(outcome);
      throw outcome.sent ? unknownOutcome(trouble, detail) : readFailure(trouble, detail);
    }
    const { status } = outcome;
    if (status === 400 || status === 404 || status === 415) {
      return { kind: 'refused', status, error: firstError(outcome) };
    }
    // A 408 comes from something in between that gave up waiting: the request may have gone on without it.
    if (status >= 500 || status === 408) throw unknownOutcome(statusTrouble(status), detail);
    if (!isSuccess(outcome)) throw this.#statusFailure('POST', query, outcome);
    const value = parseAnswer(outcome, schema);
    if (value === null) throw unknownOutcome(unreadableTrouble(outcome.body), detail);
    return { kind: 'done', value };
  }

  /** How far Loyverse's clock is ahead of ours, in milliseconds, from the `Date` of its newest answer. */
  clockOffset(): Ms | null {
    return this.#clockOffset;
  }

  #statusFailure(method: string, query: Query, answer: HttpAnswer): PosUnreachable {
    const wait = retryAfterMs(answer, this.#options.now());
    return readFailure(statusTrouble(answer.status), summary(method, query, answer), wait);
  }

  async #send(method: 'GET' | 'POST', query: Query, body?: string): Promise<HttpOutcome> {
    const { http, timeouts, log, logName } = this.#options;
    const outcome = await http({
      method,
      url: `${this.#base}${query.path}${queryText(query.params)}`,
      headers: {
        Authorization: `Bearer ${await this.#token()}`,
        Accept: 'application/json',
        'User-Agent': 'Tillside',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body,
      timeoutMs: method === 'POST' ? timeouts.writeMs : query.background ? timeouts.menuMs : timeouts.readMs,
      connection: method === 'POST' ? 'fresh' : 'kept',
      signal: query.signal,
    });
    if (outcome.kind === 'answered') this.#setClock(outcome);
    if (outcome.kind === 'failed' || !isSuccess(outcome)) {
      const level = method === 'POST' ? 'warn' : 'debug';
      log[level]('pos_request_failed', {
        provider: logName,
        method,
        path: query.path,
        ...logFields(outcome),
      });
    }
    return outcome;
  }

  async #token(): Promise<string> {
    let token: string;
    try {
      token = (await this.#options.secret()).trim();
    } catch (error) {
      // The keychain's own error is not passed on: nobody can promise what it quotes.
      const trouble = error instanceof SecretHeldBack ? error.trouble : NO_KEYCHAIN;
      throw readFailure(trouble, 'the token could not be read');
    }
    // Anything else would be refused by Node's HTTP, in words that help nobody.
    if (!/^[\x21-\x7e]+$/.test(token)) throw readFailure(NO_TOKEN, 'the token is empty or not plain text');
    return token;
  }

  #setClock(answer: HttpAnswer): void {
    const time = serverTime(answer);
    if (time !== null) this.#clockOffset = time - this.#options.now();
  }
}

function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function parseAnswer<T>(answer: HttpAnswer, schema: z.ZodType<T>): T | null {
  return schema.safeParse(parseJson(answer.body)).data ?? null;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A gateway's HTML or half an answer: no schema accepts `undefined`, so that the caller sees it.
    return undefined;
  }
}

function firstError(answer: HttpAnswer): LoyverseError {
  const parsed = errorsSchema.safeParse(parseJson(answer.body));
  return parsed.data?.errors[0] ?? {};
}

function serverTime(answer: HttpAnswer): Ms | null {
  const time = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(time) ? null : time;
}

/** Spaces as `%20` and each value encoded exactly once; a cursor holds `=`. */
function queryText(params: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(params).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function logFields(outcome: HttpAnswer | HttpFailure) {
  return outcome.kind === 'failed'
    ? { code: outcome.code, sent: outcome.sent }
    : { status: outcome.status, code: firstError(outcome).code };
}

/** For the error's cause: what was asked and how it ended, without parameters and bodies. */
function summary(method: string, { path }: Query, outcome: HttpAnswer | HttpFailure): string {
  return `${method} ${path}: ${outcome.kind === 'failed' ? outcome.code : `HTTP ${outcome.status}`}`;
}
