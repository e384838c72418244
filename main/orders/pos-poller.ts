import { errorFields } from '../core/error-fields';
import type { Log } from '../core/log';
import type { Ms, Trouble } from '../core/order';
import { tillChannel } from '../core/till-order';
import {
  type OrderCursor,
  type OrderPage,
  PosOutcomeUnknown,
  type PosProvider,
  PosRefused,
  PosUnreachable,
} from '../pos/provider';
import { JournalUnavailable, type OrderIntake } from './intake';
import { POLL_OFF, type PollState, troubledState } from './poll-state';

export interface PosPollerOptions {
  /** The till's key. */
  readonly till: string;
  readonly provider: Pick<PosProvider, 'pollOrders'>;
  readonly intake: Pick<OrderIntake, 'takePage' | 'cursor'>;
  /** The ordering sites by name, for the words. */
  readonly sources: readonly string[];
  readonly log: Log;
  readonly now: () => Ms;
  /** Milliseconds from one good poll to the next, asked each time. */
  readonly interval: () => Ms;
  readonly onState?: (state: PollState) => void;
  readonly onReceived?: (channel: string, duplicate: boolean) => void;
  /** One poll ended: `ok`, or the trouble's code. */
  readonly onPolled?: (channel: string, result: string) => void;
  /** Calls back after some milliseconds; returns how to call it off. */
  readonly timer?: (wake: () => void, ms: Ms) => () => void;
}

const RETRY_FIRST_MS = 15_000;
const RETRY_LAST_MS = 120_000;
/** A till that asks for more patience than this is asked again all the same. */
const PATIENCE_MS = 5 * 60_000;
/** Between two polls that hints brought about: each sale at the counter gives one, and the account's reads are few. */
const HINT_SPACING_MS = 5_000;

/** Fetches the orders that were born in one till, one poll at a time. */
export class PosPoller {
  readonly #options: PosPollerOptions;
  readonly #channel: string;
  #state: PollState = POLL_OFF;
  #running = false;
  #polling = false;
  /** Somebody said that there may be news, after the last poll had begun. */
  #hinted = false;
  #hintedAt: Ms = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #callOff: (() => void) | undefined;
  #keeping: Promise<unknown> = Promise.resolve();

  constructor(options: PosPollerOptions) {
    this.#options = options;
    this.#channel = tillChannel(options.till);
  }

  get state(): PollState {
    return this.#state;
  }

  /** Polls at once, then again and again. */
  start(): void {
    if (this.#running || this.#options.sources.length === 0) return;
    this.#running = true;
    const words = `Asking the till for orders from ${this.#sites}.`;
    this.#setState({ ...POLL_OFF, status: 'trying', words });
    this.#schedule(0);
  }

  /** There may be news. However often it is said, one poll follows, and one more for what was said during it. */
  pollNow(): void {
    if (!this.#running || this.#hinted) return;
    this.#hinted = true;
    if (!this.#polling) this.#schedule(this.#untilHinted());
  }

  /** Resolves once nothing is written any more; what is fetched after that comes again at the next start. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#callOff?.();
    await this.#keeping;
  }

  get #sites(): string {
    return this.#options.sources.join(', ');
  }

  #untilHinted(): Ms {
    const wait = this.#hintedAt + HINT_SPACING_MS - this.#options.now();
    // A clock that was set back must not hold hints up.
    return wait > HINT_SPACING_MS ? 0 : Math.max(0, wait);
  }

  #schedule(ms: Ms): void {
    const { timer = setTimer } = this.#options;
    this.#callOff?.();
    this.#callOff = timer(() => void this.#poll(), ms);
  }

  async #poll(): Promise<void> {
    if (!this.#running || this.#polling) return;
    this.#polling = true;
    if (this.#hinted) this.#hintedAt = this.#options.now();
    this.#hinted = false;
    const pauseMs = await this.#pollAll().catch((error: unknown) => this.#failed(error));
    this.#polling = false;
    if (this.#running) this.#schedule(this.#hinted ? this.#untilHinted() : pauseMs);
  }

  /** Follows the pages to their end. @returns how long to wait then. */
  async #pollAll(): Promise<Ms> {
    const { provider, intake, now, onPolled, interval } = this.#options;
    const askedAt = now();
    let page: OrderPage;
    do {
      // Only this poller writes under this channel, and what it writes came from the same connector.
      page = await provider.pollOrders(intake.cursor(this.#channel) as OrderCursor | undefined);
      if (!this.#running) return 0;
      const keeping = this.#keep(page);
      // What goes wrong with it is this poll's to say; a stop only waits for its end.
      this.#keeping = keeping.catch(() => undefined);
      await keeping;
    } while (page.more);
    onPolled?.(this.#channel, 'ok');
    if (this.#state.trouble !== null) this.#options.log.info('pos_poll_recovered', this.#logged);
    this.#failures = 0;
    const words = `Orders from ${this.#sites} in the till are shown here too.`;
    this.#setState({ status: 'ok', lastProofAt: now(), latencyMs: now() - askedAt, words, trouble: null });
    return interval();
  }
  /** The orders and the cursor behind them, in one commit. @throws {JournalUnavailable} */
  async #keep({ orders, cursor }: OrderPage): Promise<void> {
    const { till, intake, log, onReceived } = this.#options;
    const incoming = orders.map(({ document, sale }) => ({
      channel: this.#channel,
      via: 'pos' as const,
      document,
      inTill: { provider: till, sale },
    }));
    for (const { orderId, duplicate, updated } of await intake.takePage(this.#channel, incoming, cursor)) {
      onReceived?.(this.#channel, duplicate);
      const fields = { ...this.#logged, via: 'pos', order_id: orderId, duplicate, updated };
      if (duplicate) log.debug('order_received', fields);
      else log.info('order_received', fields);
    }
  }

  /** @returns how long to wait before the next try. */
  #failed(error: unknown): Ms {
    const { log, onPolled } = this.#options;
    const trouble = this.#troubleOf(error);
    this.#failures += 1;
    onPolled?.(this.#channel, trouble.code);
    if (trouble.code !== this.#state.trouble?.code) {
      log.warn('pos_poll_failed', { ...this.#logged, code: trouble.code });
    }
    const words = `${trouble.words} Orders from ${this.#sites} are not heard meanwhile. Look into the till.`;
    this.#setState(troubledState(this.#state, { ...trouble, words }, this.#failures > 1));
    const backoffMs = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** (this.#failures - 1));
    const askedMs = error instanceof PosUnreachable ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(backoffMs, Math.min(askedMs, PATIENCE_MS));
  }

  #troubleOf(error: unknown): Trouble {
    if (error instanceof PosUnreachable) return error.trouble;
    if (error instanceof PosRefused || error instanceof PosOutcomeUnknown) return error.trouble;
    if (error instanceof JournalUnavailable) return DISK;
    this.#options.log.error('pos_poll_broken', { ...this.#logged, ...errorFields(error) });
    return UNEXPECTED;
  }

  get #logged() {
    return { provider: this.#options.till.toUpperCase(), channel: this.#channel };
  }

  #setState(state: PollState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }
}

const DISK: Trouble = { code: 'disk', words: 'This computer’s disk cannot keep orders. Free some space.' };
const UNEXPECTED: Trouble = {
  code: 'unexpected',
  words: 'Fetching orders from the till failed on this computer. We keep trying.',
};

function setTimer(wake: () => void, ms: Ms): () => void {
  const timeout = setTimeout(wake, ms);
  return () => clearTimeout(timeout);
}
