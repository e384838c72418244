import type { NewsPace } from '../pos/provider';

/** Makes two reads of any number of webhooks: one soon after the first of them, one a while after the last. */
export class LateReads {
  readonly #read: () => void;
  readonly #pace: NewsPace['readsAfterMs'];
  #soon: NodeJS.Timeout | undefined;
  #last: NodeJS.Timeout | undefined;

  constructor(read: () => void, pace: NewsPace['readsAfterMs']) {
    this.#read = read;
    this.#pace = pace;
  }

  run(): void {
    const [soonMs, lastMs] = this.#pace;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#read();
    }, soonMs);
    clearTimeout(this.#last);
    this.#last = setTimeout(this.#read, lastMs);
  }

  /** Nothing more comes of what was asked for. */
  stop(): void {
    clearTimeout(this.#soon);
    clearTimeout(this.#last);
    this.#soon = undefined;
  }
}
