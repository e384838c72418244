import type { Order } from '../../core/order';
import type { OrderEvent } from '../../core/order-events';

/** One order's state after a commit, with what just happened to it. */
export interface OrderChange {
  readonly order: Order;
  /** The state before it; `null` for an order that has just come. */
  readonly before: Order | null;
  readonly events: readonly OrderEvent[];
}

type Listener = (changes: readonly OrderChange[]) => void;

/** Tells everybody of every commit, in the order of the commits. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  readonly #untold: (readonly OrderChange[])[] = [];
  #isTelling = false;

  /** @returns how to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(changes: readonly OrderChange[]): void {
    this.#untold.push(changes);
    this.catchUp();
  }

  /** The same, once whoever waits for the commit has been answered. */
  tellSoon(changes: readonly OrderChange[]): void {
    this.#untold.push(changes);
    setImmediate(() => this.catchUp());
  }

  /** What has been committed and not been told is told now. */
  catchUp(): void {
    if (this.#isTelling) return;
    // A listener may commit something itself: the others hear of it after what it answers to, and never before.
    this.#isTelling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) {
        for (const listener of this.#listeners) listener(next);
      }
    } finally {
      this.#isTelling = false;
    }
  }
}
