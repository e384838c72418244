import type { Ms } from '../core/order';

/** Makes one call of many: the first goes through at once, those within the pause behind it become one at its end. */
export class SpacedCall {
  readonly #call: () => void;
  readonly #pauseMs: Ms;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  constructor(call: () => void, pauseMs: Ms) {
    this.#call = call;
    this.#pauseMs = pauseMs;
  }

  run(): void {
    this.#again = this.#timer !== undefined;
    if (this.#again) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#again) this.run();
    }, this.#pauseMs);
    this.#call();
  }

  /** Nothing more comes of what was asked for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }
}
