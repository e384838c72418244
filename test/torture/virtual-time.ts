import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Ms } from '../../main/core/order';

/** A request that nobody answers is given so long of real time before virtual time goes on without it. */
const PATIENCE_MS = 40;
/** Turns of the event loop without anything under way after which nothing more is to be expected. */
const QUIET_TURNS = 4;

/**
 * Compressed time: the global timers, `Date.now`, `performance.now` and `Math.random` of this process are replaced, and
 * the clock jumps from one timer to the next. It stands still while an HTTP request is under way, so that the network
 * is as real as ever. By hand: fake timers of test runners know nothing of requests.
 */
export class VirtualTime {
  now: Ms;
  readonly #timers = new Set<VirtualTimeout>();
  /** Requests whose answers are waited for. */
  readonly #requests = new Set<ClientRequest>();
  readonly #real: readonly (() => void)[];

  /** In force until {@link VirtualTime.end}. */
  constructor(start: Ms, random: () => number) {
    this.now = start;
    const set =
      (every: boolean) =>
      (ring: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        this.#set(() => ring(...args), Math.max(1, ms ?? 1), every);
    const clear = (handle: unknown): void => {
      if (handle instanceof VirtualTimeout) this.#timers.delete(handle);
    };
    this.#real = [
      replaced(globalThis, 'setTimeout', set(false)),
      replaced(globalThis, 'setInterval', set(true)),
      replaced(globalThis, 'clearTimeout', clear),
      replaced(globalThis, 'clearInterval', clear),
      replaced(Date, 'now', () => this.now),
      replaced(performance, 'now', () => this.now - start),
      replaced(Math, 'random', random),
    ];
    subscribe('http.client.request.start', this.#onRequest);
  }

  end(): void {
    unsubscribe('http.client.request.start', this.#onRequest);
    for (const restore of this.#real) restore();
  }

  /** Lets time pass until then. `look` is called whenever everything that could happen at a moment has happened. */
  async passUntil(end: Ms, look: () => void): Promise<void> {
    for (;;) {
      await this.settle();
      look();
      const next = Math.min(end, ...[...this.#timers].map(({ at }) => at));
      if (this.now >= end) return;
      this.now = Math.max(this.now, next);
      this.#ring();
    }
  }

  /** Resolves once nothing is under way any more, or once what is under way will not end by itself. */
  async settle(): Promise<void> {
    let waited = 0;
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      if (this.#requests.size === 0) {
        await turn();
        quiet += 1;
        continue;
      }
      await pause(1);
      waited += 1;
      quiet = 0;
      if (waited < PATIENCE_MS) continue;
      this.#requests.clear();
      waited = 0;
    }
  }

  #ring(): void {
    for (const timer of [...this.#timers]) {
      if (timer.at > this.now || !this.#timers.has(timer)) continue;
      if (timer.repeats) timer.at = this.now + timer.ms;
      else this.#timers.delete(timer);
      timer.ring();
    }
  }

  #set(ring: () => void, ms: Ms, repeats: boolean): VirtualTimeout {
    const timer = new VirtualTimeout(ring, ms, repeats, () => {
      timer.at = this.now + ms;
      this.#timers.add(timer);
    });
    timer.refresh();
    return timer;
  }

  readonly #onRequest = (message: unknown): void => {
    const request = requestIn(message);
    this.#requests.add(request);
    request.once('close', () => this.#requests.delete(request));
  };
}

/** With what callers do with a timer beside clearing it. */
class VirtualTimeout {
  at: Ms = 0;
  readonly #start: () => void;

  constructor(
    readonly ring: () => void,
    readonly ms: Ms,
    readonly repeats: boolean,
    start: () => void,
  ) {
    this.#start = start;
  }

  refresh(): this {
    this.#start();
    return this;
  }

  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }
}

function requestIn(message: unknown): ClientRequest {
  return (message as { readonly request: ClientRequest }).request;
}

function replaced(owner: object, name: string, value: unknown): () => void {
  const real: unknown = Reflect.get(owner, name);
  Reflect.set(owner, name, value);
  return () => void Reflect.set(owner, name, real);
}
