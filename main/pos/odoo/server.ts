import { z } from 'zod';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import type { HttpAnswer, HttpClient, HttpOutcome } from '../http';
import { namedFailure, type OdooResult, statusFailure, unanswered } from './failures';

export interface OdooServerOptions {
  readonly http: HttpClient;
  /** Without a path of Odoo's own: `https://odoo.example.com`. */
  readonly apiUrl: string;
  readonly log: Log;
  /** In log lines: the till's name in capitals. */
  readonly logName: string;
  /** For one request altogether, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface OdooRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** In details and log lines: `pos.config.search_read`. */
  readonly what: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** A read may go through a kept connection, and again when that one turns out to be dead. */
  readonly writes?: boolean;
  /** For this one; by default that of all. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const errorSchema = z.object({ name: z.string() });
const envelopeSchema = z.object({
  jsonrpc: z.string(),
  result: z.unknown().optional(),
  error: z.object({ data: errorSchema }).optional(),
});

/** Odoo over HTTP, before anybody logs in: what JSON-2 and JSON-RPC have in common. */
export class OdooServer {
  readonly #options: OdooServerOptions;
  readonly #base: string;
  #time: Ms | null = null;

  constructor(options: OdooServerOptions) {
    this.#options = options;
    this.#base = options.apiUrl.trim().replace(/\/+$/, '');
  }

  /** The server's clock when it last answered, to the second; `null` when it told none. */
  get time(): Ms | null {
    return this.#time;
  }

  /** Any answer with JSON in it, whatever its status; for JSON-2 and the version. */
  async send(request: OdooRequest): Promise<OdooResult<{ readonly status: number; readonly json: unknown }>> {
    const outcome = await this.#exchange(request);
    const { what } = request;
    if (outcome.kind === 'failed') return { ok: false, failure: unanswered(outcome, what) };
    const json = parseJson(outcome);
    if (json === undefined) {
      const failure = statusFailure(outcome, what);
      const good = outcome.status >= 200 && outcome.status < 300;
      const html = outcome.body.trimStart().startsWith('<');
      return { ok: false, failure: good && !html ? { kind: 'unreadable', detail: failure.detail } : failure };
    }
    const { status } = outcome;
    if (status >= 200 && status < 300) return { ok: true, value: { status, json } };
    const error = errorSchema.safeParse(json);
    const failure = error.success ? namedFailure(error.data.name, what) : statusFailure(outcome, what);
    return { ok: false, failure };
  }

  /**
   * A call by JSON-RPC. Its HTTP status is 200 for errors too; a method that returns nothing may leave `result` out.
   * @param service `common`, `db` or `object`
   */
  async jsonRpc(
    service: string,
    method: string,
    args: readonly unknown[],
    {
      what = `${service}.${method}`,
      ...sending
    }: Partial<Pick<OdooRequest, 'what' | 'writes' | 'timeoutMs' | 'signal'>> = {},
  ): Promise<OdooResult<unknown>> {
    const body = { jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } };
    const sent = await this.send({ method: 'POST', path: '/jsonrpc', what, body, ...sending });
    if (!sent.ok) return sent;
    const envelope = envelopeSchema.safeParse(sent.value.json);
    // Another program may understand JSON as well.
    if (!envelope.success)
      return { ok: false, failure: { kind: 'unreadable', detail: `${what}: no JSON-RPC` } };
    const { error, result = null } = envelope.data;
    return error === undefined
      ? { ok: true, value: result }
      : { ok: false, failure: namedFailure(error.data.name, what) };
  }

  async #exchange(request: OdooRequest): Promise<HttpOutcome> {
    const { method, path, what, headers, body, writes = false } = request;
    const { http, log, logName } = this.#options;
    const { timeoutMs = this.#options.timeoutMs, signal = this.#options.signal } = request;
    const send = () =>
      http({
        method,
        url: `${this.#base}${path}`,
        headers: {
          Accept: 'application/json',
          'User-Agent': 'Tillside',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        timeoutMs,
        connection: writes ? 'fresh' : 'kept',
        signal,
      });
    const first = await send();
    // The HTTP client repeats only GETs; with Odoo reads are POSTs as well.
    const again = !writes && first.kind === 'failed' && first.reason === 'connection' && first.sent;
    const outcome = again ? await send() : first;
    if (outcome.kind === 'answered') this.#time = timeOf(outcome) ?? this.#time;
    if (outcome.kind === 'failed' || outcome.status >= 300) {
      const fields =
        outcome.kind === 'failed' ? { code: outcome.code, sent: outcome.sent } : { status: outcome.status };
      log[writes ? 'warn' : 'debug']('pos_request_failed', {
        provider: logName,
        method,
        path: what,
        ...fields,
      });
    }
    return outcome;
  }
}

function timeOf(answer: HttpAnswer): Ms | null {
  const time = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(time) ? null : time;
}

function parseJson({ body }: HttpAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Odoo answers in HTML where no database or route is found; so does every gateway.
    return undefined;
  }
}
