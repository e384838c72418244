import { randomUUID } from 'node:crypto';
import type { Channel, Location } from '../core/location';
import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import { isUnanswered } from '../core/order';
import type { StoreMode } from '../core/store-mode';
import { storeNews } from '../core/store-news';
import type { SecretSource } from '../credentials/secret-source';
import type { Metrics } from '../observability/metrics';
import type { Journal } from '../orders/journal/journal';
import { Outbox, type Untold } from '../orders/outbox';
import { sendToWebsite } from '../orders/website-message';
import { createHttpClient } from '../pos/http';
import { websiteName } from './website-name';

export interface WebsiteNewsOptions {
  readonly journal: Journal;
  /** As it is at the moment. */
  readonly location: () => Location;
  readonly isOpen: () => boolean;
  readonly mode: () => StoreMode;
  readonly secret: SecretSource;
  readonly metrics: Pick<Metrics, 'websiteTold'>;
  readonly now: () => Ms;
  readonly log: Log;
  readonly onState: () => void;
  readonly onNotice: (words: string) => void;
}

/** One variant that is sold out, or back. */
export interface Availability {
  readonly sku: string | null;
  readonly variantId: string;
  readonly available: boolean;
}

const HEARTBEAT_MS: Ms = 30_000;
/** The screen says every ten seconds that it lives; one that was not heard twice is not counted on. */
const SCREEN_SILENT_MS: Ms = 25_000;
/** The answer to a heartbeat is read and thrown away. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** What the websites are told: of their orders by the outbox, of the store by messages and by a heartbeat. */
export class WebsiteNews {
  readonly #options: WebsiteNewsOptions;
  readonly #http = createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES });
  readonly #outbox: Outbox;
  /** Heartbeats that are under way: an older one is no reason for a second connection. */
  readonly #beating = new Map<string, Promise<void>>();
  #screen: { readonly at: Ms; readonly hears: boolean } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;
  #running = false;

  constructor(options: WebsiteNewsOptions) {
    this.#options = options;
    const { journal, location, now, log, metrics } = options;
    this.#outbox = new Outbox({
      store: journal.outbox,
      locationId: location().id,
      channels: () => location().channels,
      secret: (channel) => this.#secret(channel),
      http: this.#http,
      now,
      random: Math.random,
      log,
      onDelivery: (channel, result) => metrics.websiteTold(channel, result),
      onGivenUp: options.onNotice,
      onState: options.onState,
    });
  }

  start(): void {
    this.#running = true;
    this.#stopListening = this.#options.journal.onChange(() => this.#outbox.wake());
    this.#outbox.start();
    this.#beatAgainAndAgain();
  }

  /** Lets what is under way end. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#stopListening?.();
    await Promise.all([this.#outbox.stop(), ...this.#beating.values()]);
  }

  /** The network returned, or the computer woke up. */
  hurry(): void {
    this.#outbox.hurry();
  }

  /** The screen lives. @param hears whether a ring would be heard, as far as it knows */
  screenLives(hears: boolean): void {
    const now = this.#options.now();
    const before = this.#hears(now);
    this.#screen = { at: now, hears };
    // A website that stopped selling need not wait for the next beat.
    if (this.#running && this.#hears(now) !== before) this.#beatAgainAndAgain();
  }

  /** The store pauses, is busy, or is so no more. */
  modeChanged(): void {
    if (this.#running) this.#beatAgainAndAgain();
  }

  untold(channel: string): Untold | null {
    return this.#outbox.untold(channel) ?? null;
  }

  /** @throws {JournalUnavailable} */
  tellAvailability(changes: readonly Availability[]): void {
    for (const { sku, variantId, available } of changes) {
      this.#tellAll('item.availability', { sku, variant_id: variantId, available, until: null });
    }
  }

  #tellAll(type: string, data: Readonly<Record<string, unknown>>): void {
    for (const { name } of this.#listening()) this.#options.journal.outbox.tell(name, type, data);
    this.#outbox.wake();
  }

  #beatAgainAndAgain(): void {
    clearTimeout(this.#timer);
    this.#tellState();
    for (const channel of this.#listening()) {
      if (this.#beating.has(channel.name)) continue;
      const beat = this.#beat(channel).finally(() => this.#beating.delete(channel.name));
      this.#beating.set(channel.name, beat);
    }
    this.#timer = setTimeout(() => this.#beatAgainAndAgain(), HEARTBEAT_MS);
  }

  /** Each change once; what was told last is on disk, so that a start in between says nothing new. */
  #tellState(): void {
    const { journal, isOpen, mode, log } = this.#options;
    for (const { about, type, data, granted } of storeNews(isOpen(), mode())) {
      const text = JSON.stringify([type, data]);
      for (const { name } of this.#listening()) {
        const told = `told/${about}/${name}`;
        try {
          const before = journal.kept(told);
          if (before === text || (before === undefined && granted)) continue;
          journal.outbox.tell(name, type, data);
          journal.keep(told, text);
          this.#outbox.wake();
        } catch (error) {
          // A full disk: half a minute later it is tried again.
          log.warn('store_not_told', { channel: name, type, error: String(error) });
        }
      }
    }
  }

  /** Never kept and never sent again: the next one says more. */
  async #beat(channel: Channel): Promise<void> {
    const { journal, location, isOpen, mode, now, metrics } = this.#options;
    const secret = await this.#secret(channel).catch(() => undefined);
    if (secret === undefined || channel.statusUrl === null) return;
    const at = now();
    const data = {
      location_id: location().id,
      channel: channel.name,
      seq: journal.outbox.lastSeq(),
      hearing: this.#hears(at),
      open: isOpen(),
      paused: mode().pause !== null,
      queue: journal.active().filter(isUnanswered).length,
    };
    const message = { id: `msg_${randomUUID()}`, type: 'store.heartbeat', at, data };
    const { result } = await sendToWebsite(this.#http, { url: channel.statusUrl, secret }, message, at);
    metrics.websiteTold(channel.name, result);
  }

  #hears(now: Ms): boolean {
    return this.#screen?.hears === true && Math.abs(now - this.#screen.at) < SCREEN_SILENT_MS;
  }

  async #secret(channel: Channel): Promise<string | undefined> {
    if (channel.webhookSecret === null || channel.statusUrl === null) return undefined;
    return this.#options.secret(channel.webhookSecret, {
      address: channel.statusUrl,
      owner: websiteName(channel),
    });
  }

  #listening(): readonly Channel[] {
    return this.#options.location().channels.filter(({ statusUrl }) => statusUrl !== null);
  }
}
