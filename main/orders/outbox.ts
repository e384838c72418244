import { errorFields } from '../core/error-fields';
import { retryDelay } from '../core/injection-policy';
import type { Channel } from '../core/location';
import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import type { HttpClient } from '../pos/http';
import { JournalUnavailable } from './intake';
import type { OutboxEntry, OutboxStore } from './journal/outbox-store';
import { sendToWebsite } from './website-message';

export interface OutboxOptions {
  readonly store: Pick<OutboxStore, 'pending' | 'done' | 'postpone' | 'tidy'>;
  readonly locationId: string;
  /** As they are at the moment. */
  readonly channels: () => readonly Channel[];
  /** What a channel's messages are signed with, asked for each; `undefined`: not set. Rejects when the keychain is shut. */
  readonly secret: (channel: Channel) => Promise<string | undefined>;
  readonly http: HttpClient;
  readonly now: () => Ms;
  /** From 0 up to 1; spreads the retries. */
  readonly random: () => number;
  readonly log: Log;
  /** One message ended: `ok`, or what went wrong in a word. */
  readonly onDelivery: (channel: string, result: string) => void;
  /** What a website was not told was given up. One sentence. */
  readonly onGivenUp: (words: string) => void;
  /** What waits has changed. */
  readonly onState: () => void;
}

/** What one website has not been told yet, although it was tried. */
export interface Untold {
  readonly messages: number;
  readonly orders: number;
  readonly since: Ms;
}

/** Orders of one website that it is told about at once. */
const AT_ONCE = 4;
const GIVEN_UP_AFTER_MS: Ms = 3 * 86_400_000;
const LONGEST_NAP_MS = 30_000;
/** Nothing is put off for longer: a later time was written by a clock that has been put right since. */
const LONGEST_WAIT_MS: Ms = 4_000_000;
const TIDY_EVERY_MS = 60_000;

type Delivery =
  | { readonly kind: 'delivered' }
  /** The channel is gone, or its website wants to hear nothing any more. */
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'failed'; readonly result: string; readonly retryAfterMs: number };

/**
 * Tells websites what becomes of their orders, at least once each: what a kill left open is sent again under the same
 * id. One order's messages go strictly one after the other, and hold up no other order's.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** By channel and order; one for all that is about the store. */
  readonly #underWay = new Map<string, { readonly channel: string; readonly ended: Promise<void> }>();
  #untold: ReadonlyMap<string, Untold> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #tidyTimer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  /** Everything is due: the network returned. */
  #hurried = false;
  #running = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.wake();
    this.#tidyAgainAndAgain();
  }

  /** Lets what is under way end; nothing new begins. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#tidyTimer);
    clearImmediate(this.#immediate);
    await Promise.all([...this.#underWay.values()].map(({ ended }) => ended));
  }

  /** Looks over the messages soon; many calls make one look. */
  wake(): void {
    if (!this.#running || this.#immediate !== undefined) return;
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#pass();
    });
  }

  /** The network returned: what was put off is tried now. */
  hurry(): void {
    this.#hurried = true;
    this.wake();
  }

  /** What a channel's website could not be told so far; `undefined` when there is nothing. */
  untold(channel: string): Untold | undefined {
    return this.#untold.get(channel);
  }

  #pass(): void {
    clearTimeout(this.#timer);
    if (!this.#running) return;
    const now = this.#options.now();
    const hurried = this.#hurried;
    this.#hurried = false;
    let nextAt = now + LONGEST_NAP_MS;
    const pending = this.#options.store.pending();
    this.#setUntold(pending);
    const seen = new Set<string>();
    for (const entry of pending) {
      const turn = turnOf(entry);
      // What stands behind another message of the same order waits for it.
      if (seen.has(turn)) continue;
      seen.add(turn);
      if (this.#underWay.has(turn)) continue;
      const isDue = hurried || entry.nextAt <= now || entry.nextAt - now > LONGEST_WAIT_MS;
      if (isDue) this.#begin(turn, entry);
      else nextAt = Math.min(nextAt, entry.nextAt);
    }
    this.#timer = setTimeout(() => this.#pass(), Math.max(1, nextAt - now));
  }

  #begin(turn: string, entry: OutboxEntry): void {
    const { channel } = entry;
    const busy = [...this.#underWay.values()].filter((other) => other.channel === channel).length;
    if (busy >= AT_ONCE) return;
    const ended = this.#deliver(entry)
      .then((delivery) => this.#settle(entry, delivery))
      .catch((error: unknown) => this.#survive(entry, error))
      .finally(() => {
        this.#underWay.delete(turn);
        this.wake();
      });
    this.#underWay.set(turn, { channel, ended });
  }

  async #deliver(entry: OutboxEntry): Promise<Delivery> {
    const { channels, secret, http, now, locationId } = this.#options;
    const channel = channels().find(({ name }) => name === entry.channel);
    if (channel === undefined || channel.statusUrl === null) return { kind: 'unwanted' };
    const key = await secret(channel).catch(() => undefined);
    if (key === undefined) return { kind: 'failed', result: 'no_secret', retryAfterMs: 0 };
    const { seq, at, type, orderId, messageId } = entry;
    const order = orderId === null ? {} : { order_id: orderId };
    const data = { location_id: locationId, channel: channel.name, ...order, seq, ...entry.data };
    const address = { url: channel.statusUrl, secret: key };
    const sent = await sendToWebsite(http, address, { id: messageId, type, at, data }, now());
    return sent.result === 'ok' ? { kind: 'delivered' } : { kind: 'failed', ...sent };
  }

  #settle(entry: OutboxEntry, delivery: Delivery): void {
    const { store, now, random, log, onDelivery, onGivenUp } = this.#options;
    const { seq, channel, type, tries, at } = entry;
    const fields = { channel, type, order_id: entry.orderId, seq };
    switch (delivery.kind) {
      case 'delivered':
        store.done(seq);
        onDelivery(channel, 'ok');
        log.info('website_told', { ...fields, status: 'success' });
        return;
      case 'unwanted':
        store.done(seq);
        return;
      case 'failed': {
        onDelivery(channel, delivery.result);
        if (tries === 0) log.warn('website_not_told', { ...fields, code: delivery.result });
        if (now() - at > GIVEN_UP_AFTER_MS) {
          store.done(seq);
          log.error('website_never_told', { ...fields, code: delivery.result });
          onGivenUp(givenUpWords(entry));
          return;
        }
        const pause = Math.max(delivery.retryAfterMs, retryDelay(tries + 1, random()));
        store.postpone(seq, tries + 1, now() + pause);
      }
    }
  }

  /** A full disk: what was delivered will be told once more, which the website knows by its id. */
  #survive({ seq, channel }: OutboxEntry, error: unknown): void {
    const event = error instanceof JournalUnavailable ? 'outbox_not_written' : 'outbox_defect';
    this.#options.log.error(event, { channel, seq, ...errorFields(error) });
  }

  #setUntold(pending: readonly OutboxEntry[]): void {
    const untold = new Map<string, Untold>();
    for (const channel of new Set(pending.map((entry) => entry.channel))) {
      const own = pending.filter((entry) => entry.channel === channel);
      const [first] = own;
      if (first === undefined || own.every(({ tries }) => tries === 0)) continue;
      const orders = new Set(own.flatMap(({ orderId }) => orderId ?? [])).size;
      untold.set(channel, { messages: own.length, orders, since: first.at });
    }
    const before = JSON.stringify([...this.#untold]);
    this.#untold = untold;
    if (JSON.stringify([...untold]) !== before) this.#options.onState();
  }

  #tidyAgainAndAgain(): void {
    let more = false;
    try {
      more = this.#options.store.tidy();
    } catch (error) {
      // A full disk has other worries; the next time will do.
      if (!(error instanceof JournalUnavailable)) throw error;
    }
    this.#tidyTimer = setTimeout(() => this.#tidyAgainAndAgain(), more ? 1_000 : TIDY_EVERY_MS);
  }
}

/** What must be told one after the other: all of one order, and all about the store. */
function turnOf({ channel, orderId }: OutboxEntry): string {
  return orderId === null ? channel : `${channel}/${orderId}`;
}

function givenUpWords({ orderId, type }: OutboxEntry): string {
  const what = orderId === null ? 'about this store' : `what happened to order ${orderId}`;
  return `The website could not be told ${what} for three days (${type}). Tell it another way.`;
}
