import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Ms } from '../../core/order';
import type { Account, AccountEvent } from '../account';
import { type SandboxSwitches, takeOne } from '../switches';
import type { WebhookBook, WebhookEntry, WebhookType } from './webhook-book';

/** One try to deliver a webhook. */
export interface WebhookCall {
  readonly url: string;
  readonly type: WebhookType;
  /** From 1. */
  readonly attempt: number;
  /** The answer's; 0 when there was none, `not_loopback` when nothing was sent. */
  readonly status: number | 'not_loopback';
  /** As it was sent. */
  readonly body: string;
}

export interface DeliveryOptions {
  readonly account: Account;
  readonly book: WebhookBook;
  readonly switches: SandboxSwitches;
  readonly clock: () => Ms;
  readonly clientSecret: string | undefined;
}

interface Job {
  readonly entry: WebhookEntry;
  readonly objects: readonly object[];
  attempt: number;
}

const MOST_OBJECTS = 100;
const ANSWER_WITHIN_MS: Ms = 10_000;
/** How long a webhook that is to be overtaken waits for another one. */
const OVERTAKEN_WITHIN_MS: Ms = 1_000;
const REMEMBERED = 1_000;

/**
 * Sends changes of the account to its webhooks: whole objects, at most 100 a call, to this computer only. Changes that
 * happen in one turn of the event loop travel together.
 */
export class WebhookDelivery {
  readonly #options: DeliveryOptions;
  readonly #stopListening: () => void;
  readonly #changed = new Map<WebhookType, object[]>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #waiting = new Set<() => void>();
  #calls: WebhookCall[] = [];
  #overtaken: { readonly job: Job; readonly timer: NodeJS.Timeout } | null = null;
  #open = 0;
  #closed = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#stopListening = options.account.onEvent((event, row) => this.#collect(event, row));
  }

  calls(): readonly WebhookCall[] {
    return [...this.#calls];
  }

  /** Resolves once nothing is on its way or waits for its time. */
  settled(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#open = 0;
    this.#wake();
  }

  #collect(event: AccountEvent, row: object): void {
    if (event === 'other' || !this.#wanted(event)) return;
    const rows = this.#changed.get(event) ?? [];
    rows.push(row);
    this.#changed.set(event, rows);
    if (rows.length > 1) return;
    this.#later(0, () => {
      this.#changed.delete(event);
      this.#begin(event, rows);
    });
  }

  #wanted(type: WebhookType): boolean {
    return this.#options.book.entries().some(({ webhook }) => webhook.type === type);
  }

  #begin(type: WebhookType, objects: readonly object[]): void {
    const { book, switches } = this.#options;
    if (takeOne(switches, 'webhookDisabled')) book.disable();
    for (const entry of book.entries()) {
      if (entry.webhook.type !== type || entry.webhook.status !== 'ENABLED') continue;
      for (let from = 0; from < objects.length; from += MOST_OBJECTS) {
        const job = { entry, objects: objects.slice(from, from + MOST_OBJECTS), attempt: 0 };
        this.#later(switches.webhookDelayMs, () => this.#send(job));
      }
    }
  }

  async #send(job: Job): Promise<void> {
    if (this.#options.switches.webhookOutOfOrder && this.#overtaken === null) {
      const timer = this.#later(OVERTAKEN_WITHIN_MS, () => {
        this.#overtaken = null;
        return this.#deliver(job);
      });
      this.#overtaken = { job, timer };
      return;
    }
    const overtaken = this.#overtaken;
    this.#overtaken = null;
    await this.#deliver(job);
    if (overtaken === null) return;
    await this.#deliver(overtaken.job);
    this.#cancel(overtaken.timer);
  }

  async #deliver(job: Job): Promise<void> {
    const times = this.#options.switches.webhookDuplicate ? 2 : 1;
    for (let time = 0; time < times; time += 1) await this.#call(job);
  }

  async #call(job: Job): Promise<void> {
    const { book, switches } = this.#options;
    const { webhook } = job.entry;
    job.attempt += 1;
    const body = this.#body(job);
    const status = isLoopback(webhook.url)
      ? await post(webhook.url, body, this.#signature(job.entry, body))
      : 'not_loopback';
    this.#calls.push({ url: webhook.url, type: webhook.type, attempt: job.attempt, status, body });
    if (this.#calls.length > REMEMBERED) this.#calls = this.#calls.slice(-REMEMBERED / 2);
    if (status === 'not_loopback' || (status >= 200 && status < 300)) return;
    if (job.attempt >= switches.webhookTries) return book.disable(webhook.id);
    this.#later(switches.webhookRetryMs * 2 ** (job.attempt - 1), () => this.#call(job));
  }

  /** The envelope has real milliseconds; the objects in it do not. */
  #body({ entry: { webhook }, objects }: Job): string {
    const { type, merchant_id } = webhook;
    const [resource = ''] = type.split('.');
    const created_at = new Date(this.#options.clock()).toISOString();
    return JSON.stringify({ merchant_id, type, created_at, [resource]: objects });
  }

  #signature({ maker }: WebhookEntry, body: string): Record<string, string> {
    const { clientSecret } = this.#options;
    if (maker !== 'app' || clientSecret === undefined) return {};
    return { 'X-Loyverse-Signature': createHmac('sha1', clientSecret).update(body).digest('hex') };
  }

  #later(ms: Ms, work: () => void | Promise<void>): NodeJS.Timeout {
    this.#open += 1;
    const timer = setTimeout(async () => {
      this.#timers.delete(timer);
      await work();
      this.#done();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  #cancel(timer: NodeJS.Timeout): void {
    if (!this.#timers.delete(timer)) return;
    clearTimeout(timer);
    this.#done();
  }

  #done(): void {
    if (this.#closed) return;
    this.#open -= 1;
    if (this.#open === 0) this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * Node's own client: it follows no redirect and leaves no connection open.
 * @returns the status of the answer; 0 when there was none
 */
function post(url: string, body: string, signature: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'X-Loyverse-API-version': 'v1.0',
      ...signature,
    };
    const options = { method: 'POST', headers, agent: false, timeout: ANSWER_WITHIN_MS } as const;
    const sending = request(url, options, (answer) => {
      // What stands in the answer is of no interest.
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sending.on('timeout', () => sending.destroy());
    // Nobody listens, or hung up: a reason to try again.
    sending.on('error', () => resolve(0));
    sending.end(body);
  });
}
