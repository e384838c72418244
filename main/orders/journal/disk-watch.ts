import type { Ms } from '../../core/order';
import { JournalUnavailable } from '../intake';

export type DiskState = { readonly status: 'ok' } | { readonly status: 'failing'; readonly since: Ms };

/** How often a disk that refused is tried again: an order retried by its sender comes in seconds, not minutes. */
const PROBE_MS = 2_000;

export interface DiskWatchOptions {
  /** Writes a little. @throws {JournalUnavailable} after it has told this watch that the disk refused again */
  readonly probe: () => void;
  readonly now: () => Ms;
}

/** Whether the disk lets us write; while it does not, it is tried again and again. */
export class DiskWatch {
  readonly #options: DiskWatchOptions;
  readonly #listeners = new Set<(disk: DiskState) => void>();
  #state: DiskState = { status: 'ok' };
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
  }

  get state(): DiskState {
    return this.#state;
  }

  /** @returns how to stop. */
  listen(listener: (disk: DiskState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  wrote(): void {
    this.#set({ status: 'ok' });
  }

  refused(): void {
    if (this.#state.status === 'ok') this.#set({ status: 'failing', since: this.#options.now() });
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#options.probe();
      } catch (error) {
        // The next try is set by now; anything else than a disk that still refuses is a defect.
        if (!(error instanceof JournalUnavailable)) throw error;
      }
    }, PROBE_MS);
  }

  #set(state: DiskState): void {
    if (state.status === this.#state.status) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
