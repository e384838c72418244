import type { IncomingMessage } from 'node:http';
import { errorFields } from '../core/error-fields';
import type { Location } from '../core/location';
import type { Log } from '../core/log';
import { unreachable } from '../core/never';
import type { Ms } from '../core/order';
import type { OrderIntake } from '../orders/intake';
import { type Answer, comeAgain, NOT_FOUND, refusal, wrongMethod } from './answer';
import { inTime } from './deadline';
import { FailureBudget } from './failure-budget';
import type { TillHint } from './hint-body';
import { HintHook } from './hint-hook';
import { findHookRoute, type HookRoute } from './hook-route';
import { OrderHook } from './order-hook';
import type { ReadSecret, RelayMetrics } from './ports';
import { SlidingWindow } from './sliding-window';

export interface HookOptions {
  readonly location: Location;
  readonly intake: Pick<OrderIntake, 'take'>;
  readonly secret: ReadSecret;
  readonly metrics: RelayMetrics;
  readonly log: Log;
  readonly now: () => Ms;
  /** A till said that something happened there; repeats are left out. */
  readonly onPosHint?: (till: string, hint: TillHint) => void;
}

/** Refusals a minute in the log: whoever finds the relay must not be able to flush everything else out of it. */
const LOGGED_REFUSALS_A_MINUTE = 60;
const KEYCHAIN_RETRY_MS = 30_000;
/** It answers within milliseconds, or asks a person to unlock it and waits for half a minute. */
const KEYCHAIN_MS = 450;

/** Every webhook's way in: it finds whom the address names, and notes what became of the message. */
export class Hooks {
  readonly #options: HookOptions;
  readonly #secret: ReadSecret;
  readonly #failures: FailureBudget;
  readonly #hints: HintHook;
  #location: Location;
  #orders: ReadonlyMap<string, OrderHook> = new Map();
  readonly #logged = new SlidingWindow(LOGGED_REFUSALS_A_MINUTE);

  constructor(options: HookOptions) {
    this.#options = options;
    this.#location = options.location;
    this.#secret = this.#typed(options.secret);
    this.#failures = new FailureBudget(options.now);
    this.#hints = new HintHook({ ...options, secret: this.#secret, failures: this.#failures });
    this.use(options.location);
  }

  /** Serves the location as it is now. A channel that did not change keeps its budget and its last proof. */
  use(location: Location): void {
    const context = { currency: location.currency, tables: location.orderingTables };
    const orders = location.channels.map((channel) => {
      const served = this.#orders.get(channel.name);
      if (served?.serves(channel, context)) return [channel.name, served] as const;
      const parts = { channel, context, secret: this.#secret, failures: this.#failures };
      return [channel.name, new OrderHook({ ...this.#options, ...parts })] as const;
    });
    this.#orders = new Map(orders);
    this.#location = location;
  }

  /** When a good signature last proved that the channel's messages reach us; `null` before that. */
  lastHookAt(channel: string): Ms | null {
    return this.#orders.get(channel)?.lastSignedAt ?? null;
  }

  /** When a message last proved that the till's webhooks reach us; `null` before that. */
  lastHintAt(till: string): Ms | null {
    return this.#hints.lastProvenAt(till);
  }

  /** @returns what to answer, or `undefined` when the sender has gone away. */
  async answer(request: IncomingMessage): Promise<Answer | undefined> {
    const route = findHookRoute(request.url ?? '', this.#location);
    const answer = await this.#answerRoute(route, request).catch((error) => this.#answerTrouble(error));
    if (answer === undefined) return undefined;
    const channel = route?.kind === 'channel' ? route.channel.name : 'none';
    this.#options.metrics.webhookAnswered(channel, answer.status);
    if (answer.because !== undefined) this.#logRefusal(channel, answer.status, answer.because);
    return answer;
  }

  async #answerRoute(route: HookRoute | undefined, request: IncomingMessage): Promise<Answer | undefined> {
    if (route === undefined) return NOT_FOUND;
    if (request.method !== 'POST') return wrongMethod('POST');
    switch (route.kind) {
      case 'channel':
        return this.#orders.get(route.channel.name)?.answer(request) ?? NOT_FOUND;
      case 'till':
        return this.#hints.answer(route.till, route.token, request);
      default:
        return unreachable(route);
    }
  }

  /** @throws {SecretUnreadable} */
  #typed(secret: ReadSecret): ReadSecret {
    // Nobody waits for it any more, and its trouble was told when it was late.
    const toldAlready = () => {};
    return (name) =>
      inTime(secret(name), KEYCHAIN_MS, toldAlready).catch((cause) => {
        throw new SecretUnreadable('The keychain did not answer.', { cause });
      });
  }

  #answerTrouble(error: unknown): Answer {
    if (error instanceof SecretUnreadable) {
      if (this.#mayLog()) this.#options.log.error('secret_unreadable', errorFields(error.cause));
      return comeAgain(503, 'Signatures cannot be checked right now. Send this again.', KEYCHAIN_RETRY_MS);
    }
    this.#options.log.error('webhook_failed', errorFields(error));
    return refusal(500, 'Something went wrong here. Send this again.');
  }

  #logRefusal(channel: string, status: number, because: string): void {
    if (this.#mayLog()) this.#options.log.warn('webhook_refused', { channel, status, because });
  }

  #mayLog(): boolean {
    return this.#logged.charge(this.#options.now()) === 0;
  }
}

/** A locked keychain: the message may well be genuine, so its sender must come again. */
class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}
