import type { StoreView } from '../../preload/contract';
import type { Ms } from '../core/order';
import { LOUDER_AFTER_MS } from '../core/ring';

/** Changes of the store's state are told at most so often; cards are told at once. */
const PAUSE_MS = 100;
/** Opening hours and the day's figures change with nobody doing anything. */
const CLOCK_MS = 30_000;

export interface StoreFeedOptions {
  readonly read: () => StoreView;
  readonly send: (store: StoreView) => void;
  readonly now: () => Ms;
}

/** Tells the screen how the store is: after a change, now and then, and at the moment when ringing gets louder. */
export class StoreFeed {
  readonly #options: StoreFeedOptions;
  #pause: NodeJS.Timeout | undefined;
  #louder: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: StoreFeedOptions) {
    this.#options = options;
  }

  start(): void {
    this.#clock = setInterval(() => this.changed(), CLOCK_MS);
    this.changed();
  }

  /** What is still on its way when the journal closes has nobody left to tell. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#pause);
    clearTimeout(this.#louder);
    clearInterval(this.#clock);
  }

  /** Something of it is different; many calls make one message. */
  changed(): void {
    if (this.#stopped) return;
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      const store = this.#options.read();
      this.#options.send(store);
      this.#expectLouder(store.ringing);
    }, PAUSE_MS);
  }

  #expectLouder(ringing: StoreView['ringing']): void {
    clearTimeout(this.#louder);
    if (ringing === null || ringing.louder) return;
    const wait = ringing.since + LOUDER_AFTER_MS - this.#options.now();
    this.#louder = setTimeout(() => this.changed(), Math.max(1, wait));
  }
}
