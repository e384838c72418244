import { z } from 'zod';
import type { Till } from '../../core/location';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { createHttpClient } from '../http';
import { type OdooCall, OdooClient, type OdooSearch } from './client';
import { readError, writeError } from './failure-errors';
import type { OdooResult } from './failures';
import { OdooServer } from './server';
import { idOf } from './survey-words';
import { type OdooVersion, OLDEST_MAJOR, protocolOf, readVersion } from './version';

export interface LinkTimeouts {
  readonly readMs: number;
  readonly writeMs: number;
  /** A page of 500 products is half a megabyte: it may take longer than a short answer. */
  readonly menuMs: number;
}

export interface LinkOptions {
  readonly till: Pick<Till, 'key' | 'apiUrl' | 'odoo'>;
  /** Reads the API key from the keychain, anew for each request: it may be rotated at any time. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly timeouts?: Partial<LinkTimeouts>;
}

/**
 * A write may be held up in Odoo by its own retries; the contract allows it 30 to 60 s. What takes longer is looked for.
 */
const TIMEOUTS: LinkTimeouts = { readMs: 10_000, writeMs: 60_000, menuMs: 60_000 };
/** Twice the largest page seen. */
const MAX_ANSWER_BYTES = 20_000_000;

const fieldsSchema = z.record(z.string(), z.unknown());

/**
 * The way to one Odoo database, whatever its version: finds out once which protocol it speaks, and again after
 * `forget`. Its errors say what the caller does next.
 */
export class OdooLink {
  readonly timeouts: LinkTimeouts;
  readonly #options: LinkOptions;
  readonly #server: OdooServer;
  #found: Promise<Found> | null = null;
  readonly #fields = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(options: LinkOptions) {
    const { till, log } = options;
    this.#options = options;
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
    this.#server = new OdooServer({
      http: createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES }),
      apiUrl: till.apiUrl,
      log,
      logName: till.key.toUpperCase(),
      timeoutMs: this.timeouts.readMs,
    });
  }

  /** The server's clock when it last answered, to the second; `null` when it told none. */
  get serverTime(): Ms | null {
    return this.#server.time;
  }

  /** Which Odoo this is. @throws {PosUnreachable} */
  async version(): Promise<OdooVersion> {
    return (await this.#find()).version;
  }

  /**
   * @returns the bare result, as the method returns it.
   * @throws {PosUnreachable} for a read, and when a write did not get through
   * @throws {PosRefused} when Odoo looked at a write and did not carry it out
   * @throws {PosOutcomeUnknown} when a write may have been carried out
   */
  async call<T>(call: OdooCall, schema: z.ZodType<T>): Promise<T> {
    const result = await this.ask(call, schema);
    if (result.ok) return result.value;
    throw call.writes ? writeError(result.failure) : readError(result.failure);
  }

  /** The same with what went wrong as a value, for callers to whom it matters. @throws {PosUnreachable} */
  async ask<T>(call: OdooCall, schema: z.ZodType<T>): Promise<OdooResult<T>> {
    const { client } = await this.#find();
    return client.call({ ...(call.writes ? { timeoutMs: this.timeouts.writeMs } : {}), ...call }, schema);
  }

  /** @throws {PosUnreachable} */
  async searchRead<T>(
    model: string,
    search: OdooSearch,
    row: z.ZodType<T>,
    waiting: Pick<OdooCall, 'timeoutMs' | 'signal'> = {},
  ): Promise<T[]> {
    const { client } = await this.#find();
    const result = await client.searchRead(model, search, row, waiting);
    if (result.ok) return result.value;
    throw readError(result.failure);
  }

  /** The fields of a model on this server: versions, builds and installed modules differ. @throws {PosUnreachable} */
  fields(model: string): Promise<ReadonlySet<string>> {
    const known = this.#fields.get(model);
    if (known !== undefined) return known;
    const asked = this.#readFields(model);
    this.#fields.set(model, asked);
    // What failed is asked anew the next time.
    asked.catch(() => this.#fields.get(model) === asked && this.#fields.delete(model));
    return asked;
  }

  /** Only those of the wanted fields that this server has: one that it does not know fails the whole call. */
  async known(model: string, wanted: readonly string[]): Promise<string[]> {
    const fields = await this.fields(model);
    return wanted.filter((field) => fields.has(field));
  }

  /** The server said something that fits another version, or another set of modules: what is known of it is void. */
  forget(): void {
    this.#found = null;
    this.#fields.clear();
  }

  async #readFields(model: string): Promise<ReadonlySet<string>> {
    const leading = { allfields: [] };
    const named = { attributes: ['type'] };
    return new Set(
      Object.keys(await this.call({ model, method: 'fields_get', leading, named }, fieldsSchema)),
    );
  }

  #find(): Promise<Found> {
    if (this.#found === null) {
      const finding = this.#connect();
      this.#found = finding;
      finding.catch(() => {
        if (this.#found === finding) this.#found = null;
      });
    }
    return this.#found;
  }

  async #connect(): Promise<Found> {
    const { till, secret } = this.#options;
    const version = await readVersion(this.#server);
    if (!version.ok) throw readError(version.failure);
    if (version.value.major < OLDEST_MAJOR)
      throw readError({ kind: 'not_odoo', status: 404, detail: 'too old' });
    const company = idOf(till.odoo?.companyId ?? '');
    const access = {
      database: till.odoo?.database ?? '',
      userId: idOf(till.odoo?.userId ?? '') ?? 0,
      key: secret,
      // Names come in the words they were typed in, whatever the user's own language.
      context: { lang: 'en_US', ...(company === null ? {} : { allowed_company_ids: [company] }) },
    };
    return {
      version: version.value,
      client: new OdooClient(this.#server, protocolOf(version.value), access),
    };
  }
}

interface Found {
  readonly version: OdooVersion;
  readonly client: OdooClient;
}

/** What a reader needs of a link. */
export type LinkCaller = Pick<OdooLink, 'call' | 'searchRead' | 'fields' | 'known' | 'timeouts'>;
