import { errorFields } from '../core/error-fields';
import type { Channel, SecretName } from '../core/location';
import type { Log } from '../core/log';
import type { OnlineOrder, OrderContext } from '../core/online-order';
import type { Ms, Trouble } from '../core/order';
import { SecretHeldBack } from '../core/secret-held-back';
import type { HttpClient } from '../pos/http';
import { HeldRequest } from './held-request';
import { JournalUnavailable, type OrderIntake } from './intake';
import { takeLongPage } from './long-page';
import { type RejectedEntry, sortEntries } from './poll-entries';
import { PAGE_LIMIT, type PageOutcome, requestPage } from './poll-page';
import { POLL_OFF, POLL_STARTING, type PollState, provenState, troubledState } from './poll-state';
import { CURSOR_STUCK, DISK, KEYCHAIN, NO_TOKEN, UNEXPECTED } from './poll-trouble';

export interface PollerOptions {
  readonly channel: Pick<Channel, 'name' | 'pollUrl' | 'pollToken'>;
  readonly context: OrderContext;
  readonly intake: Pick<OrderIntake, 'take' | 'takePage' | 'cursor'>;
  /** Asked for each request and not kept. `undefined`: not set. Rejects when the keychain cannot be read. */
  readonly secret: (name: SecretName) => Promise<string | undefined>;
  /** Must take answers of {@link MAX_PAGE_BYTES}. */
  readonly http: HttpClient;
  readonly log: Log;
  readonly now: () => Ms;
  /** Milliseconds from one good poll to the next, asked each time: 15 s while open, 60 s while closed. */
  readonly interval: () => number;
  readonly onState?: (state: PollState) => void;
  /** An entry that is not an order was passed over. Called before the page is kept: after a crash it comes again. */
  readonly onRejected?: (entry: RejectedEntry) => void;
  readonly onReceived?: (duplicate: boolean) => void;
  /** One request ended: `ok`, or the trouble's code. */
  readonly onPolled?: (result: string) => void;
  /** Between 0 and 1; spreads the restaurants' retries. */
  readonly random?: () => number;
  /** Calls back after some milliseconds; returns how to call it off. */
  readonly timer?: (wake: () => void, ms: number) => () => void;
}

export interface Poller {
  readonly state: PollState;
  /** Polls at once, then again and again. */
  start(): void;
  /** Something says that it may be worth while: the computer woke up, the network is back. */
  pollNow(): void;
  /** Cuts off a running request; what was fetched before is kept. */
  stop(): Promise<void>;
}

/** A hundred orders of the 256 KiB that one may have. */
export const MAX_PAGE_BYTES = 100 * 256 * 1024 + 1024 * 1024;

const RETRY_FIRST_MS = 15_000;
const RETRY_LAST_MS = 60_000;
/** A website that asks for more patience than this is asked again all the same. */
const PATIENCE_MS = 5 * 60_000;
/** An answer that took less was not held for us. */
const HELD_AT_LEAST_MS = 1_000;
/** Full pages fetched on end before the usual pause: 20,000 orders are no shop's backlog, but a website's mistake. */
const PAGES_ON_END = 200;
/** Malformed entries that were told already, for a page that comes again. */
const REJECTED_KNOWN = 1000;

/** Fetches one channel's orders, page by page, one request at a time. */
export function createPoller(options: PollerOptions): Poller {
  return new ChannelPoller(options);
}

type Step =
  | {
      readonly kind: 'page';
      readonly after: string | undefined;
      readonly next: string;
      /** There may be more behind it. */
      readonly full: boolean;
      /** The website holds the next request until there is news. */
      readonly waits: boolean;
      readonly isNews: boolean;
      readonly latencyMs: number;
    }
  /** The request was held, and there was a reason to ask anew. */
  | { readonly kind: 'called_off' }
  | Failure;
type Failure = Extract<PageOutcome, { kind: 'failed' }>;

class ChannelPoller implements Poller {
  readonly #options: PollerOptions;
  readonly #stopping = new AbortController();
  #state: PollState = POLL_OFF;
  #loop: Promise<void> | undefined;
  #failures = 0;
  readonly #rejected = new Set<string>();
  /** Ends the pause; there while there is one. */
  #wake: (() => void) | undefined;
  /** What the website said of the last page: whether it holds requests, and the tag of what it told behind a cursor. */
  #waits = false;
  #tag: { readonly after: string | undefined; readonly tag: string } | undefined;
  readonly #request = new HeldRequest(this.#stopping.signal);
  /** Asked for while a request was under way, which may have been answered before the news it is about. */
  #again = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  get state(): PollState {
    return this.#state;
  }

  start(): void {
    const { pollUrl } = this.#options.channel;
    if (pollUrl === null || this.#loop !== undefined) return;
    this.#setState(POLL_STARTING);
    this.#loop = this.#run(pollUrl);
  }

  pollNow(): void {
    this.#again = true;
    this.#wake?.();
    this.#request.callOff();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake?.();
    await this.#loop;
  }

  async #run(url: string): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#again = false;
      const pauseMs = await this.#pollAll(url).catch((error) => this.#failed(this.#unexpected(error)));
      if (!this.#again && !signal.aborted) await this.#pause(pauseMs);
    }
  }

  /** Follows full pages to their end. @returns how long to wait then. */
  async #pollAll(url: string): Promise<number> {
    const seen = new Set<string | undefined>();
    for (;;) {
      const step = await this.#pollPage(url);
      if (this.#stopping.signal.aborted || step.kind === 'called_off') return 0;
      if (step.kind === 'failed') return this.#failed(step);
      seen.add(step.after);
      // A cursor that comes round again would have us fetch the same orders for ever, and never those behind them.
      if (step.full && seen.has(step.next)) return this.#failed(lasting(CURSOR_STUCK));
      this.#proven(step.latencyMs);
      if (!step.full || seen.size >= PAGES_ON_END) return this.#pauseAfter(step);
    }
  }

  async #pollPage(url: string): Promise<Step> {
    const { channel, context, http, intake, now } = this.#options;
    const token = await this.#readToken();
    if (typeof token !== 'string') return token;
    const after = intake.cursor(channel.name);
    const tag = this.#tag?.after === after ? (this.#tag?.tag ?? null) : null;
    const waits = this.#waits;
    const askedAt = now();
    const page = await this.#request.run(waits, (signal) =>
      requestPage(http, { url, token, after, tag, waits, signal }),
    );
    if (page === 'called_off') return { kind: 'called_off' };
    if (page.kind === 'failed') {
      this.#waits = false;
      return page;
    }
    const latencyMs = now() - askedAt;
    this.#waits = page.waits;

    const { orders, rejected } = sortEntries(page.orders, context);
    for (const entry of rejected) this.#reject(entry);
    const failure = await this.#keep(orders, page.next, after);
    if (failure !== undefined) return failure;
    // Of an answer with news it would keep them from coming again, should they have got lost on the way to the disk.
    const isNews = page.next !== after;
    this.#tag = isNews || page.tag === null ? undefined : { after, tag: page.tag };
    const full = page.orders.length >= PAGE_LIMIT;
    return { kind: 'page', after, next: page.next, full, waits: page.waits, isNews, latencyMs };
  }

  /** A website that holds requests is asked again at once; one that says so and does not, as often as others. */
  #pauseAfter({ waits, isNews, latencyMs }: Extract<Step, { kind: 'page' }>): number {
    return waits && (isNews || latencyMs >= HELD_AT_LEAST_MS) ? 0 : this.#options.interval();
  }

  async #readToken(): Promise<string | Failure> {
    const { channel, secret, log } = this.#options;
    try {
      const token = channel.pollToken === null ? undefined : await secret(channel.pollToken);
      return token ?? lasting(NO_TOKEN);
    } catch (error) {
      log.error('secret_unreadable', { channel: channel.name, ...errorFields(error) });
      return lasting(error instanceof SecretHeldBack ? error.trouble : KEYCHAIN);
    }
  }

  /** The orders and the cursor behind them, in one commit; nothing when there is no news. */
  async #keep(
    orders: readonly OnlineOrder[],
    next: string,
    after: string | undefined,
  ): Promise<Failure | undefined> {
    if (orders.length === 0 && next === after) return undefined;
    const { channel, intake, log, onReceived } = this.#options;
    const incoming = orders.map((document) => ({ channel: channel.name, via: 'poll', document }) as const);
    try {
      for (const { orderId, duplicate, updated } of await takeLongPage(
        intake,
        channel.name,
        incoming,
        next,
      )) {
        onReceived?.(duplicate);
        const fields = { channel: channel.name, via: 'poll', order_id: orderId, duplicate, updated };
        // Each order comes by webhook and by poll: the second arrival is no news.
        if (duplicate) log.debug('order_received', fields);
        else log.info('order_received', fields);
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      log.error('page_not_kept', { channel: channel.name, orders: orders.length, ...errorFields(error) });
      return lasting(DISK);
    }
  }

  #reject(entry: RejectedEntry): void {
    const key = JSON.stringify(entry);
    if (this.#rejected.has(key)) return;
    if (this.#rejected.size >= REJECTED_KNOWN) this.#rejected.clear();
    this.#rejected.add(key);
    const because = entry.problems.map(({ path, problem }) => path || problem).join(', ');
    const fields = {
      channel: this.#options.channel.name,
      order_id: entry.id,
      because: because.slice(0, 500),
    };
    this.#options.log.warn('order_unreadable', fields);
    this.#options.onRejected?.(entry);
  }

  #proven(latencyMs: number): void {
    const { channel, log, now, onPolled } = this.#options;
    onPolled?.('ok');
    if (this.#state.trouble !== null) log.info('poll_recovered', { channel: channel.name });
    this.#failures = 0;
    this.#setState(provenState(now(), latencyMs));
  }

  /** @returns how long to wait before the next try. */
  #failed({ trouble, passing, retryAfterMs }: Failure): number {
    const { channel, log, onPolled, random = Math.random } = this.#options;
    onPolled?.(trouble.code);
    this.#failures += 1;
    if (trouble.code !== this.#state.trouble?.code) {
      log.warn('poll_failed', { channel: channel.name, code: trouble.code });
    }
    this.#setState(troubledState(this.#state, trouble, !passing || this.#failures > 1));
    const backoffMs = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** (this.#failures - 1));
    const spreadMs = backoffMs * (1 - random() / 4);
    return Math.max(spreadMs, Math.min(retryAfterMs, PATIENCE_MS));
  }

  #unexpected(error: unknown): Failure {
    this.#options.log.error('poll_broken', { channel: this.#options.channel.name, ...errorFields(error) });
    return lasting(UNEXPECTED);
  }

  #pause(ms: number): Promise<void> {
    const { timer = setTimer } = this.#options;
    return new Promise((resolve) => {
      const callOff = timer(() => this.#wake?.(), ms);
      this.#wake = () => {
        this.#wake = undefined;
        callOff();
        resolve();
      };
    });
  }

  #setState(state: PollState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }
}

function lasting(trouble: Trouble): Failure {
  return { kind: 'failed', trouble, passing: false, retryAfterMs: 0 };
}

function setTimer(wake: () => void, ms: number): () => void {
  const timeout = setTimeout(wake, ms);
  return () => clearTimeout(timeout);
}
