import { errorFields } from '../core/error-fields';
import type { SecretName, Till } from '../core/location';
import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import type { SecretSource } from '../credentials/secret-source';
import type { Metrics } from '../observability/metrics';
import type { OrderIntake } from '../orders/intake';
import type { PollState } from '../orders/poll-state';
import { PosPoller } from '../orders/pos-poller';
import type { PosProvider } from '../pos/provider';
import type { TillHint } from '../relay/hint-body';
import { leadsTo } from '../relay/hook-route';
import { LateReads } from './late-reads';
import { SpacedCall } from './spaced-call';

export interface TillIntakeOptions {
  readonly location: string;
  readonly till: Pick<Till, 'key' | 'orderSources'>;
  /** As it is at the moment. */
  readonly webhookSecret: () => SecretName | null;
  readonly provider: Pick<PosProvider, 'pollOrders' | 'newsPace' | 'keepWebhooks'>;
  readonly intake: Pick<OrderIntake, 'takePage' | 'cursor'>;
  readonly secret: SecretSource;
  readonly log: Log;
  readonly now: () => Ms;
  readonly isOpen: () => boolean;
  readonly onState: () => void;
  /** Something of the sales may have changed. */
  readonly onSalesHint: () => void;
  /** Something of the menu may have changed. */
  readonly onMenuHint: () => void;
  readonly metrics: Pick<Metrics, 'orderReceived' | 'polled'>;
  /** Something that a person should know, in one sentence. */
  readonly onNotice: (words: string) => void;
}

const OPEN_MS = 30_000;
const CLOSED_MS = 120_000;
/** Between two reads of the menu that hints brought about: the account's reads are few. */
const MENU_SPACING_MS = 5_000;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** What comes from one till by itself: orders that were born there, and its calls when something changed. */
export class TillIntake {
  readonly #options: TillIntakeOptions;
  readonly #poller: PosPoller;
  readonly #menu: SpacedCall;
  /** Of a till that calls before its news can be read; `null` for one that calls afterwards. */
  readonly #late: { readonly orders: LateReads; readonly menu: LateReads } | null;
  #keepTimer: NodeJS.Timeout | undefined;
  /** The till's account, as its webhooks name it. */
  #account: string | null = null;
  #running = false;

  constructor(options: TillIntakeOptions) {
    const { till, provider, intake, log, now, isOpen, onState, metrics } = options;
    this.#options = options;
    this.#menu = new SpacedCall(options.onMenuHint, MENU_SPACING_MS);
    const pace = provider.newsPace;
    this.#late =
      pace === undefined
        ? null
        : {
            orders: new LateReads(() => this.#readNow(), pace.readsAfterMs),
            menu: new LateReads(() => this.#menu.run(), pace.readsAfterMs),
          };
    this.#poller = new PosPoller({
      till: till.key,
      provider,
      intake,
      sources: till.orderSources,
      log,
      now,
      interval: () => (isOpen() ? (pace?.pollMs ?? OPEN_MS) : CLOSED_MS),
      onState,
      onReceived: (channel, duplicate) => metrics.orderReceived(channel, 'pos', duplicate),
      onPolled: (channel, result) => metrics.polled(channel, result),
    });
  }

  /** How the till's own orders are heard; `off` when none are wanted. */
  get state(): PollState {
    return this.#poller.state;
  }

  start(): void {
    this.#running = true;
    this.#poller.start();
    this.#keepAgainAndAgain();
  }

  /** Resolves once nothing is written any more. */
  stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#keepTimer);
    this.#menu.stop();
    this.#late?.orders.stop();
    this.#late?.menu.stop();
    return this.#poller.stop();
  }

  pollNow(): void {
    this.#poller.pollNow();
  }

  /** The till called: what it is about is read again soon. */
  hint({ what, account }: TillHint): void {
    if (account !== null && this.#account !== null && account !== this.#account) {
      this.#options.log.warn('hint_of_another_account', { provider: this.#options.till.key.toUpperCase() });
      return;
    }
    if (what === 'orders' || what === 'all') this.#readOrders();
    if (what === 'menu' || what === 'all') (this.#late?.menu ?? this.#menu).run();
  }

  #readOrders(): void {
    if (this.#late === null) this.#readNow();
    else this.#late.orders.run();
  }

  #readNow(): void {
    this.pollNow();
    this.#options.onSalesHint();
  }

  /** Once a day; sooner when the till could not be asked. Polling hears all the same. */
  #keepAgainAndAgain(): void {
    const kept = this.#keepWebhooks().then(
      () => DAY_MS,
      (error: unknown) => {
        const { log, till } = this.#options;
        log.warn('webhooks_not_kept', { provider: till.key.toUpperCase(), ...errorFields(error) });
        return HOUR_MS;
      },
    );
    void kept.then((pauseMs) => {
      if (this.#running) this.#keepTimer = setTimeout(() => this.#keepAgainAndAgain(), pauseMs);
    });
  }

  async #keepWebhooks(): Promise<void> {
    const { provider, till, webhookSecret, location, secret, onNotice } = this.#options;
    const name = webhookSecret();
    if (provider.keepWebhooks === undefined || name === null) return;
    const token = (await secret(name)) ?? '';
    if (!this.#running) return;
    const { account, mended } = await provider.keepWebhooks((url) =>
      leadsTo(url, { id: location }, till.key, token),
    );
    this.#account = account ?? this.#account;
    if (!this.#running || mended === 0) return;
    const owner = till.key.charAt(0).toUpperCase() + till.key.slice(1);
    onNotice(`${owner} had switched our webhook off. It is on again.`);
    // What it did not tell us meanwhile.
    this.hint({ what: 'all', account: null, marks: [] });
  }
}
