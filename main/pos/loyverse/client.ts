import type { z } from 'zod';
import type { Log } from '../../core/log';
import type { Ms, Trouble } from '../../core/order';
import { SecretHeldBack } from '../../core/secret-held-back';
import type { HttpAnswer, HttpClient, HttpFailure, HttpOutcome } from '../http';
import type { PosUnreachable } from '../provider';
import type { Admission } from './account-budget';
import { firstError, isSuccess, parseAnswer } from './answer';
import { isBackground, type RequestUse } from './budget-limits';
import type { BudgetSeat } from './budget-seats';
import {
  failureTrouble,
  readFailure,
  retryAfterMs,
  statusTrouble,
  unknownOutcome,
  unreadableTrouble,
} from './failures';
import type { LoyverseError } from './schemas';
import { ServerClock } from './server-clock';

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
  readonly budget: BudgetSeat;
}

/** A path under the base with its query, in the order given. */
export interface Query {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  /** How urgent it is, should requests be held back; by default a check. */
  readonly use?: RequestUse;
  readonly signal?: AbortSignal;
  /** Is given the text of a good answer, and waited for, before it is parsed: for a large page that takes a while. */
  readonly onText?: (text: string) => Promise<void>;
}

export interface Answer<T> {
  readonly value: T;
  /** The server's clock when it answered; `null` when it tells none that can be believed. */
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
  readonly #clock = new ServerClock();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#base = options.apiUrl.replace(/\/+$/, '');
  }

  /** @throws {PosUnreachable} whatever went wrong: a read changes nothing. */
  async get<T>(query: Query, schema: z.ZodType<T>): Promise<Answer<T>> {
    const { outcome, serverTime } = await this.#send('GET', query);
    if (outcome.kind === 'failed') throw readFailure(failureTrouble(outcome), summary('GET', query, outcome));
    if (!isSuccess(outcome)) throw this.#statusFailure('GET', query, outcome);
    await query.onText?.(outcome.body);
    const parsed = parseAnswer(outcome, schema);
    if (parsed === null) {
      throw readFailure(unreadableTrouble(outcome.body), summary('GET', query, outcome));
    }
    return { value: parsed, serverTime };
  }

  /**
   * Sends a write once.
   * @throws {PosUnreachable} when nothing was written and it may be sent again later.
   * @throws {PosOutcomeUnknown} when it may have been carried out.
   */
  async post<T>(path: string, body: object, schema: z.ZodType<T>, use: RequestUse): Promise<Posted<T>> {
    const query = { path, use };
    const { outcome } = await this.#send('POST', query, JSON.stringify(body));
    const detail = summary('POST', query, outcome);
    if (outcome.kind === 'failed') {
      const trouble = failureTrouble(outcome);
      throw outcome.sent ? unknownOutcome(use, trouble, detail) : readFailure(trouble, detail);
    }
    const { status } = outcome;
    if (status === 400 || status === 404 || status === 415) {
      return { kind: 'refused', status, error: firstError(outcome) };
    }
    // A 408 comes from something in between that gave up waiting: the request may have gone on without it. A 303 says
    // that it has been carried out and what came of it is to be read elsewhere, a 206 shows a part of what came of it.
    if (status >= 500 || [206, 303, 408].includes(status))
      throw unknownOutcome(use, statusTrouble(status), detail);
    if (!isSuccess(outcome)) throw this.#statusFailure('POST', query, outcome);
    const value = parseAnswer(outcome, schema);
    if (value === null) throw unknownOutcome(use, unreadableTrouble(outcome.body), detail);
    return { kind: 'done', value };
  }

  /** Loyverse's clock against ours, as far as its answers told. */
  get clock(): Pick<ServerClock, 'difference' | 'isRelied' | 'offset' | 'search'> {
    return this.#clock;
  }

  /** The account's budget, as far as it is known whose token this is. */
  get budget(): Pick<BudgetSeat, 'join' | 'state'> {
    return this.#options.budget;
  }

  #statusFailure(method: string, query: Query, answer: HttpAnswer): PosUnreachable {
    const { budget, now } = this.#options;
    // Loyverse's own 429 does not say how long: what the budget makes of it is told instead.
    const pause = answer.status === 429 ? budget.state().pausedForMs : null;
    const wait = retryAfterMs(answer, now()) ?? pause;
    return readFailure(statusTrouble(answer.status), summary(method, query, answer), wait);
  }

  /** Waits for its turn, then sends once. */
  async #send(
    method: 'GET' | 'POST',
    query: Query,
    body?: string,
  ): Promise<{ readonly outcome: HttpOutcome; readonly serverTime: Ms | null }> {
    const { http, timeouts, log, logName, budget, now } = this.#options;
    const use = query.use ?? 'check';
    const admission = await budget.admit(use, query.signal);
    if (admission.kind !== 'go') throw notSent(admission, `${method} ${query.path}`);
    const readMs = isBackground(use) ? timeouts.menuMs : timeouts.readMs;
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
      timeoutMs: method === 'POST' ? timeouts.writeMs : readMs,
      connection: method === 'POST' ? 'fresh' : 'kept',
      signal: query.signal,
    });
    if (outcome.kind === 'failed' || !isSuccess(outcome)) {
      const level = method === 'POST' ? 'warn' : 'debug';
      log[level]('pos_request_failed', {
        provider: logName,
        method,
        path: query.path,
        ...logFields(outcome),
      });
    }
    if (outcome.kind === 'failed') {
      if (!outcome.sent) budget.unsent(use, admission.at);
      return { outcome, serverTime: null };
    }
    this.#tellBudget(outcome, admission.at);
    return { outcome, serverTime: this.#clock.read(outcome.header('date'), now()) };
  }

  #tellBudget(answer: HttpAnswer, sentAt: Ms): void {
    const { budget, now } = this.#options;
    if (isSuccess(answer)) budget.answered(sentAt);
    const isLimited = answer.status === 429;
    const wait = answer.status >= 400 ? retryAfterMs(answer, now()) : null;
    if (isLimited || wait !== null) budget.complained(sentAt, isLimited, wait);
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
}

/** The budget kept it back: not a byte of it has left. */
function notSent(admission: Exclude<Admission, { kind: 'go' }>, asked: string): PosUnreachable {
  switch (admission.kind) {
    case 'held':
      return readFailure(statusTrouble(429), `${asked}: held back`, Math.ceil(admission.waitMs));
    case 'stopped':
      return readFailure(failureTrouble(STOPPED), `${asked}: ${STOPPED.code}`);
  }
}

const STOPPED: HttpFailure = { kind: 'failed', sent: false, reason: 'stopped', code: 'ERR_CANCELED' };

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
