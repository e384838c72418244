import type { Log } from '../core/log';
import { type AvailabilityChange, PosOutcomeUnknown, PosRefused, PosUnreachable } from '../pos/provider';
import type { RunningTill } from './tills';

/** Done, or one sentence why not; then the till stays as it was. */
export type AvailabilityAnswer = { readonly ok: true } | { readonly ok: false; readonly words: string };

export interface AvailabilityDeskOptions {
  /** The till whose menu is on the screen. What is sold out in another one is that one's to say. */
  readonly till: () => Pick<RunningTill, 'till' | 'provider'> | undefined;
  /** The till has taken it: the menu here shows it at once. */
  readonly onTaken: (till: string, change: AvailabilityChange) => Promise<void>;
  readonly log: Log;
}

/**
 * What staff say is sold out, and what is back. One request at a time for each item, in the order of the taps; of
 * several wishes for one variant that wait, only the last is carried out.
 */
export class AvailabilityDesk {
  readonly #options: AvailabilityDeskOptions;
  /** The last change of each item: the next one waits for it. */
  readonly #queues = new Map<string, Promise<unknown>>();
  /** The newest wish for each variant. */
  readonly #newest = new Map<string, number>();
  #wishes = 0;

  constructor(options: AvailabilityDeskOptions) {
    this.#options = options;
  }

  set(change: AvailabilityChange): Promise<AvailabilityAnswer> {
    this.#wishes += 1;
    const wish = this.#wishes;
    for (const id of change.variantIds) this.#newest.set(id, wish);
    const before = this.#queues.get(change.itemId) ?? Promise.resolve();
    const turn = before.then(() => this.#carryOut(change, wish));
    this.#queues.set(change.itemId, turn);
    void turn.finally(() => {
      if (this.#queues.get(change.itemId) === turn) this.#queues.delete(change.itemId);
    });
    return turn;
  }

  async #carryOut(change: AvailabilityChange, wish: number): Promise<AvailabilityAnswer> {
    const { till, onTaken, log } = this.#options;
    const variantIds = change.variantIds.filter((id) => this.#newest.get(id) === wish);
    if (variantIds.length === 0) return { ok: true };
    const running = till();
    if (running === undefined) return { ok: false, words: 'No till is set up here.' };
    const { key } = running.till;
    const fields = { provider: key.toUpperCase(), item: change.itemId, available: change.available };
    try {
      await running.provider.setAvailability({ ...change, variantIds });
      log.info('availability_set', { ...fields, variants: variantIds.length });
      await onTaken(key, { ...change, variantIds });
      return { ok: true };
    } catch (error) {
      if (!isExpected(error)) throw error;
      log.warn('availability_not_set', { ...fields, code: error.trouble.code });
      return { ok: false, words: error.trouble.words };
    } finally {
      for (const id of variantIds) if (this.#newest.get(id) === wish) this.#newest.delete(id);
    }
  }
}

function isExpected(error: unknown): error is PosRefused | PosUnreachable | PosOutcomeUnknown {
  return error instanceof PosRefused || error instanceof PosUnreachable || error instanceof PosOutcomeUnknown;
}
