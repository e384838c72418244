import { isDeepStrictEqual } from 'node:util';
import type { Link } from '../../preload/contract';
import type { Channel, Location } from '../core/location';
import type { Log } from '../core/log';
import type { OrderContext } from '../core/online-order';
import type { Ms } from '../core/order';
import type { SecretSource } from '../credentials/secret-source';
import type { AppFacts } from '../observability/health';
import type { Metrics } from '../observability/metrics';
import type { OrderIntake } from '../orders/intake';
import type { Untold } from '../orders/outbox';
import { createPoller, MAX_PAGE_BYTES, type Poller } from '../orders/poller';
import { createHttpClient } from '../pos/http';
import type { TillHint } from '../relay/hint-body';
import type { RelayHealth } from '../relay/ports';
import { type Relay, startRelay } from '../relay/relay';
import { type Certificate, RelayNotListening } from '../relay/relay-server';
import { websiteLink } from './views/website-link';
import { websiteName } from './website-name';

export interface IntakesOptions {
  readonly location: Location;
  readonly intake: OrderIntake;
  readonly secret: SecretSource;
  readonly relay: { readonly port: number; readonly bind: string; readonly certificate: Certificate | null };
  readonly health: RelayHealth;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => Ms;
  readonly isOpen: () => boolean;
  /** When the last order arrived, by whatever way; `null` before the first. */
  readonly lastOrderAt: () => Ms | null;
  /** What a website could not be told so far; `null` when there is nothing. */
  readonly untold: (channel: string) => Untold | null;
  readonly onPosHint: (till: string, hint: TillHint) => void;
  readonly onState: () => void;
  readonly onRejected: (words: string) => void;
  readonly onSecretUsed: SecretUsed;
}

/** A request that began at `askedAt` showed a secret to whom it is for: it was let in, or turned away because of it. */
export type SecretUsed = (account: string, accepted: boolean, askedAt: Ms) => void;

/** While orders come, another one is likely; a webhook that got lost costs the customer no more than this. */
const POLL_BUSY_MS = 5_000;
const POLL_OPEN_MS = 15_000;
const POLL_CLOSED_MS = 60_000;
/** So long after an order the store is busy. */
const BUSY_MS: Ms = 600_000;
/** Another program may let go of the port. */
const RELAY_RETRY_MS = 10_000;

interface ChannelPoller {
  readonly channel: Channel;
  readonly poller: Poller;
}

/** The two ways in, side by side: the webhook relay, and a poller for each channel that can be asked. */
export class Intakes {
  readonly #options: IntakesOptions;
  #location: Location;
  #pollers: readonly ChannelPoller[] = [];
  readonly #http = createHttpClient({ maxAnswerBytes: MAX_PAGE_BYTES });
  #relay: Relay | undefined;
  #relayTrouble: string | null = null;
  #relayTimer: NodeJS.Timeout | undefined;

  constructor(options: IntakesOptions) {
    this.#options = options;
    this.#location = options.location;
    this.#pollers = options.location.channels.map((channel) => this.#poller(channel));
  }

  async start(): Promise<void> {
    await this.#openRelay();
    for (const { poller } of this.#pollers) poller.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#relayTimer);
    await Promise.all([this.#relay?.close(), ...this.#pollers.map(({ poller }) => poller.stop())]);
  }

  /** Serves the location as it is now. What did not change goes on undisturbed. */
  use(location: Location): void {
    const before = this.#location;
    this.#location = location;
    this.#relay?.use(location);
    const sameContext = isDeepStrictEqual(contextOf(before), contextOf(location));
    const kept = this.#pollers.filter(
      ({ channel }) => sameContext && location.channels.some((other) => isDeepStrictEqual(channel, other)),
    );
    for (const { poller } of this.#pollers.filter((poller) => !kept.includes(poller))) void poller.stop();
    this.#pollers = location.channels.map((channel) => {
      const running = kept.find((poller) => poller.channel.name === channel.name);
      if (running !== undefined) return running;
      const fresh = this.#poller(channel);
      fresh.poller.start();
      return fresh;
    });
  }

  pollNow(): void {
    for (const { poller } of this.#pollers) poller.pollNow();
  }

  /** Where the relay listens; `null` while it does not. */
  get url(): string | null {
    return this.#relay?.url ?? null;
  }

  /** Where a channel's webhooks go; `null` while the relay does not listen. */
  hookUrl(channel: string): string | null {
    if (this.#relay === undefined) return null;
    return `${this.#relay.url}/hooks/${this.#location.id}/${channel}`;
  }

  /** For the health page. */
  facts(): AppFacts['channels'] {
    return this.#pollers.map(({ channel: { name }, poller: { state } }) => ({
      name,
      poll: state.status,
      lastPolledAt: state.lastProofAt,
      lastHookAt: this.#relay?.lastHookAt(name) ?? null,
    }));
  }

  /** When a till's webhook last reached us; `null` before that. */
  lastHintAt(till: string): Ms | null {
    return this.#relay?.lastHintAt(till) ?? null;
  }

  websiteLinks(): Link[] {
    return this.#pollers.map(({ channel, poller }) =>
      websiteLink({
        name: websiteName(channel),
        poll: poller.state,
        hookAt: this.#relay?.lastHookAt(channel.name) ?? null,
        timezone: this.#location.timezone,
        now: this.#options.now(),
        untold: this.#options.untold(channel.name),
      }),
    );
  }

  relayLink(): Link {
    const { channels, tills } = this.#location;
    const orderAt = Math.max(0, ...channels.map(({ name }) => this.#relay?.lastHookAt(name) ?? 0));
    const hintAt = Math.max(0, ...tills.map(({ key }) => this.lastHintAt(key) ?? 0));
    const lastHookAt = Math.max(orderAt, hintAt);
    const words = this.#relayTrouble ?? relayWords(orderAt > 0, hintAt > 0);
    return {
      status: this.#relayTrouble !== null ? 'down' : this.#relay === undefined ? 'trying' : 'ok',
      name: 'Relay',
      words,
      lastProofAt: lastHookAt === 0 ? null : lastHookAt,
      latencyMs: null,
    };
  }

  #poller(channel: Channel): ChannelPoller {
    const { metrics, onRejected, onSecretUsed, secret, now } = this.#options;
    let askedAt = now();
    const poller = createPoller({
      ...this.#options,
      channel,
      context: contextOf(this.#location),
      http: this.#http,
      secret: (name) => {
        askedAt = now();
        return secret(name, { address: channel.pollUrl ?? '', owner: websiteName(channel) });
      },
      interval: () => this.#pollInterval(),
      onRejected: ({ id }) =>
        onRejected(
          `The website sent an order that cannot be read${id === null ? '' : ` (${id})`}. Ask the website about it.`,
        ),
      onReceived: (duplicate) => metrics.orderReceived(channel.name, 'poll', duplicate),
      onPolled: (result) => {
        metrics.polled(channel.name, result);
        const accepted = result === 'ok';
        if (channel.pollToken === null || !(accepted || result === 'http_401')) return;
        onSecretUsed(channel.pollToken.account, accepted, askedAt);
      },
    });
    return { channel, poller };
  }

  /** Fast while orders come, slower while none does, slowest at night. */
  #pollInterval(): Ms {
    const { isOpen, lastOrderAt, now } = this.#options;
    const last = lastOrderAt();
    if (last !== null && Math.abs(now() - last) < BUSY_MS) return POLL_BUSY_MS;
    return isOpen() ? POLL_OPEN_MS : POLL_CLOSED_MS;
  }

  async #openRelay(): Promise<void> {
    const { relay, onState } = this.#options;
    try {
      this.#relay = await startRelay({ ...this.#options, ...relay, location: this.#location });
      this.#relayTrouble = null;
    } catch (error) {
      if (!(error instanceof RelayNotListening)) throw error;
      this.#options.log.error('relay_not_listening', { code: error.trouble.code });
      this.#relayTrouble = error.trouble.words;
      this.#relayTimer = setTimeout(() => void this.#openRelay(), RELAY_RETRY_MS);
    }
    onState();
  }
}

function relayWords(website: boolean, till: boolean): string {
  if (website && till) return 'The website sends orders here, and the till calls when something changes.';
  if (till) return 'The till calls when something changes. Ready for orders that the website sends.';
  return website ? 'The website sends orders here.' : 'Ready for orders that the website sends.';
}

function contextOf({ currency, orderingTables }: Location): OrderContext {
  return { currency, tables: orderingTables };
}
