import { z } from 'zod';
import { SecretHeldBack } from '../../core/secret-held-back';
import type { OdooFailure, OdooResult } from './failures';
import type { OdooServer } from './server';

/** JSON-2 since 19; before it JSON-RPC, which 19 only tolerates. */
export type OdooProtocol = 'json2' | 'jsonrpc';

export interface OdooAccess {
  readonly database: string;
  /** The key's user. JSON-RPC needs it in every call; JSON-2 knows it from the key. */
  readonly userId: number;
  readonly key: () => Promise<string>;
  /** Goes with every call: `allowed_company_ids`, `lang`. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** One method of one model, so that either protocol can carry it. */
export interface OdooCall {
  readonly model: string;
  readonly method: string;
  /** The records that it is called on; absent for a method of the model itself (there JSON-2 refuses it). */
  readonly ids?: readonly number[];
  /** The first arguments, by their Python names and in their Python order: JSON-RPC sends them by place. */
  readonly leading?: Readonly<Record<string, unknown>>;
  /** All other arguments, by name. */
  readonly named?: Readonly<Record<string, unknown>>;
  readonly writes?: boolean;
  /** For this request altogether, in milliseconds; by default the server's. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface OdooSearch {
  readonly domain: readonly unknown[];
  readonly fields: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly order?: string;
  /** `''` for the bare ids of links, which is shorter. */
  readonly load?: '';
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Odoo's models over the protocol that the server speaks. Never throws for what a server answers. */
export class OdooClient {
  readonly #server: OdooServer;
  readonly #protocol: OdooProtocol;
  readonly #access: OdooAccess;

  constructor(server: OdooServer, protocol: OdooProtocol, access: OdooAccess) {
    this.#server = server;
    this.#protocol = protocol;
    this.#access = access;
  }

  /** @returns the bare result, as the method returns it. */
  async call<T>(call: OdooCall, schema: z.ZodType<T>): Promise<OdooResult<T>> {
    const what = `${call.model}.${call.method}`;
    const key = await this.#key(what);
    if (!key.ok) return key;
    const answer = await (this.#protocol === 'json2'
      ? this.#byName(call, what, key.value)
      : this.#byPlace(call, what, key.value));
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(answer.value);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, failure: { kind: 'unreadable', detail: `${what}: unexpected answer` } };
  }

  async searchRead<T>(
    model: string,
    search: OdooSearch,
    row: z.ZodType<T>,
    waiting: Pick<OdooCall, 'timeoutMs' | 'signal'> = {},
  ): Promise<OdooResult<T[]>> {
    const { domain, ...named } = search;
    return this.call({ model, method: 'search_read', leading: { domain }, named, ...waiting }, z.array(row));
  }

  async #byName(call: OdooCall, what: string, key: string): Promise<OdooResult<unknown>> {
    const { model, method, ids, leading, named, writes, timeoutMs, signal } = call;
    const sent = await this.#server.send({
      method: 'POST',
      path: `/json/2/${model}/${method}`,
      what,
      headers: { Authorization: `bearer ${key}`, 'X-Odoo-Database': this.#access.database },
      body: { ...(ids === undefined ? {} : { ids }), ...leading, ...this.#inContext(named) },
      writes,
      timeoutMs,
      signal,
    });
    if (sent.ok) return { ok: true, value: sent.value.json };
    return { ok: false, failure: databaseFailure(sent.failure) };
  }

  #byPlace(call: OdooCall, what: string, key: string): Promise<OdooResult<unknown>> {
    const { model, method, ids, leading = {}, named, writes, timeoutMs, signal } = call;
    const { database, userId } = this.#access;
    const places = [...(ids === undefined ? [] : [ids]), ...Object.values(leading)];
    const args = [database, userId, key, model, method, places, this.#inContext(named)];
    return this.#server.jsonRpc('object', 'execute_kw', args, { what, writes, timeoutMs, signal });
  }

  /** Every call says for which company it is, unless it says more itself. */
  #inContext(named: OdooCall['named'] = {}): Readonly<Record<string, unknown>> {
    const { context } = this.#access;
    if (context === undefined) return named;
    const own = named.context;
    return { ...named, context: typeof own === 'object' ? { ...context, ...own } : context };
  }

  async #key(what: string): Promise<OdooResult<string>> {
    const failure = { kind: 'no_key', detail: `${what}: no key` } as const;
    try {
      const key = (await this.#access.key()).trim();
      return /^[\x21-\x7e]+$/.test(key) ? { ok: true, value: key } : { ok: false, failure };
    } catch (error) {
      // The keychain's error is not passed on: nobody can promise what it quotes.
      return {
        ok: false,
        failure: error instanceof SecretHeldBack ? { ...failure, trouble: error.trouble } : failure,
      };
    }
  }
}

/** JSON-2 answers 404 with a page of HTML where the database is not there; a missing model is 404 with JSON. */
function databaseFailure(failure: OdooFailure): OdooFailure {
  return failure.kind === 'not_odoo' && failure.status === 404
    ? { kind: 'database', detail: failure.detail }
    : failure;
}
