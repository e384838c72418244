import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import {
  asBefore,
  askedToTakeOff,
  backOnSale,
  entryOf,
  type SoldOut,
  type SoldOutDish,
  takenOffSale,
} from '../core/sold-out';
import { JournalUnavailable } from '../orders/intake';
import {
  type AvailabilityChange,
  type AvailabilityReach,
  PosOutcomeUnknown,
  PosRefused,
  PosUnreachable,
} from '../pos/provider';
import type { SoldOutBook } from './sold-out-book';
import { ownerOf } from './till-menus';
import type { RunningTill, Tills } from './tills';
import type { Availability } from './website-news';

/** Done, or one sentence why not; then everything stays as it was. */
export type AvailabilityAnswer = { readonly ok: true } | { readonly ok: false; readonly words: string };

type Running = Pick<RunningTill, 'till' | 'provider'> & Partial<Pick<RunningTill, 'menu'>>;
type Wish = Omit<AvailabilityChange, 'takenOff'>;

export interface AvailabilityDeskOptions {
  /** The first one is meant: its menu is on the screen. What is sold out in another one is that one's to say. */
  readonly tills: Pick<Tills, 'putAvailability'> & { readonly running: readonly Running[] };
  readonly book: SoldOutBook;
  readonly log: Log;
  readonly now: () => Ms;
  /** What staff said has taken effect. @throws {JournalUnavailable} */
  readonly onSet?: (changes: readonly Availability[]) => void;
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

  set(change: Wish): Promise<AvailabilityAnswer> {
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

  async #carryOut(change: Wish, wish: number): Promise<AvailabilityAnswer> {
    const { tills, log } = this.#options;
    const variantIds = change.variantIds.filter((id) => this.#newest.get(id) === wish);
    if (variantIds.length === 0) return { ok: true };
    const [running] = tills.running;
    if (running === undefined) return { ok: false, words: 'No till is set up here.' };
    const { key } = running.till;
    const fields = { provider: key.toUpperCase(), item: change.itemId, available: change.available };
    const dish = { itemId: change.itemId, variantIds };
    try {
      const reach = await (change.available ? this.#putBack(running, dish) : this.#takeOff(running, dish));
      this.#options.onSet?.(this.#changesOf(running, change, variantIds));
      log.info('availability_set', { ...fields, variants: variantIds.length, reach: reach.kind });
      return { ok: true };
    } catch (error) {
      if (error instanceof JournalUnavailable) return { ok: false, words: DISK };
      if (!isExpected(error)) throw error;
      log.warn('availability_not_set', { ...fields, code: error.trouble.code });
      return { ok: false, words: error.trouble.words };
    } finally {
      for (const id of variantIds) if (this.#newest.get(id) === wish) this.#newest.delete(id);
    }
  }

  #changesOf(
    { menu }: Running,
    { itemId, available }: Wish,
    variantIds: readonly string[],
  ): readonly Availability[] {
    const variants = menu?.()?.menu.items.find(({ id }) => id === itemId)?.variants ?? [];
    return variantIds.map((variantId) => {
      const sku = variants.find(({ id }) => id === variantId)?.sku ?? '';
      return { sku: sku === '' ? null : sku, variantId, available };
    });
  }

  async #takeOff(running: Running, dish: SoldOutDish): Promise<AvailabilityReach> {
    const { book, now } = this.#options;
    const owner = ownerOf(running.till);
    const before = book.of(owner);
    // What is out on the website only may be what was missing to take the whole dish off the till.
    const whole = { ...dish, variantIds: [...new Set([...dish.variantIds, ...outOnWebsite(before, dish)])] };
    book.write(owner, askedToTakeOff(before, whole, now()));
    const reach = await running.provider
      .setAvailability({ ...whole, available: false, takenOff: noteOf(before, whole) })
      .catch((error: unknown) => {
        // Where nobody knows, the till's next menu says what became of it.
        if (!(error instanceof PosOutcomeUnknown)) book.write(owner, asBefore(book.of(owner), before, whole));
        throw error;
      });
    const told =
      reach.kind === 'till'
        ? { stillInTill: null, takenOff: reach.note ?? '' }
        : { stillInTill: reach.words, takenOff: null };
    book.write(owner, takenOffSale(book.of(owner), whole, told, now()));
    const inTill = reach.kind === 'till' ? { ...whole, available: false } : null;
    await this.#options.tills.putAvailability(owner.till, inTill);
    return reach;
  }

  async #putBack(running: Running, dish: SoldOutDish): Promise<AvailabilityReach> {
    const { book } = this.#options;
    const owner = ownerOf(running.till);
    const before = book.of(owner);
    const hidden = outOnWebsite(before, dish);
    const inTill = { ...dish, variantIds: dish.variantIds.filter((id) => !hidden.includes(id)) };
    const asked = inTill.variantIds.length > 0;
    const takenOff = noteOf(before, inTill);
    const reach: AvailabilityReach = asked
      ? await running.provider.setAvailability({ ...inTill, available: true, takenOff })
      : { kind: 'till' };
    book.write(owner, backOnSale(book.of(owner), dish, reach.kind === 'website' ? reach.words : null));
    await this.#options.tills.putAvailability(owner.till, asked ? { ...inTill, available: true } : null);
    return reach;
  }
}

/** Variants of the item that the till sells although they are out. */
function outOnWebsite(list: readonly SoldOut[], { itemId }: SoldOutDish): readonly string[] {
  return list.flatMap((entry) =>
    entry.itemId === itemId && entry.stillInTill !== null && entry.takenOff === null ? [entry.variantId] : [],
  );
}

/** What the till said when it took them off; `null` when it did not. */
function noteOf(list: readonly SoldOut[], { variantIds }: SoldOutDish): string | null {
  return variantIds.reduce<string | null>((note, id) => note ?? entryOf(list, id)?.takenOff ?? null, null);
}

function isExpected(error: unknown): error is PosRefused | PosUnreachable | PosOutcomeUnknown {
  return error instanceof PosRefused || error instanceof PosUnreachable || error instanceof PosOutcomeUnknown;
}

const DISK = 'This computer’s disk is full or does not answer. Free some space; then tap again.';
