import type { TillStep } from '../core/injection-policy';
import { isActive, keyText, type Ms, type Order } from '../core/order';
import type { Journal } from './journal/journal';

export type TillWork = Exclude<TillStep['kind'], 'none' | 'wait'>;

export interface TillLoopOptions {
  readonly journal: Journal;
  readonly now: () => Ms;
  /** Which of the orders on the board may be work, now or later, by what they are. It is asked about every change. */
  readonly concerns: (order: Order) => boolean;
  /** The more urgent of two first, as for `Array.sort`. */
  readonly rank: (a: Order, b: Order) => number;
  /** Goes before all others, and never waits until those under way have ended. */
  readonly isFresh?: (order: Order, now: Ms) => boolean;
  /** How long nothing is sent of those that are not fresh, whatever is due; 0 for no longer. */
  readonly heldForMs?: (order: Order) => Ms;
  /** A request is under way, or was when the app died. */
  readonly isBegun: (order: Order) => boolean;
  /** Writes down that nobody knows how the request of an order ended that nothing here waits for. */
  readonly recover: (order: Order) => void;
  readonly step: (order: Order, now: Ms, tillBackAt: Ms) => TillStep;
  readonly work: (order: Order, work: TillWork) => Promise<void>;
  /** What `work` or `recover` threw. The order stays as the journal has it. */
  readonly survive: (order: Order, error: unknown) => void;
}

/** Requests under way at once, of each kind: a till that is slow to answer searches must not hold up sales. */
const AT_ONCE = 4;
/** A timer is never longer than this, so that a machine that slept or whose clock moved looks again soon. */
export const LONGEST_NAP_MS = 30_000;

/**
 * Looks over the journal's work whenever something may be due. Nothing about an order is kept here but which ones have
 * a request under way, so it can die at any moment: what was under way is then unknown, and asked first.
 */
export class TillLoop {
  readonly #options: TillLoopOptions;
  readonly #underWay = new Map<string, { readonly work: TillWork; readonly ended: Promise<void> }>();
  /** What `concerns` this loop, as the journal has it: thousands of others on the board are not looked at each time. */
  readonly #orders = new Map<string, Order>();
  #tillBackAt: Ms = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #stopListening: readonly (() => void)[] = [];
  #running = false;

  constructor(options: TillLoopOptions) {
    this.#options = options;
  }

  start(): void {
    const { journal } = this.#options;
    this.#running = true;
    for (const order of journal.active()) this.#note(order);
    this.#stopListening = [
      journal.onChange((changes) => {
        // All of them: `some` would stop at the first.
        const concerned = changes.filter(({ order }) => this.#note(order));
        if (concerned.length > 0) this.wake();
      }),
      journal.onDisk(() => this.wake()),
    ];
    this.wake();
  }

  /** Lets what is under way end; nothing new begins. */
  async stop(): Promise<void> {
    this.#running = false;
    for (const stopListening of this.#stopListening) stopListening();
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#orders.clear();
    await Promise.all([...this.#underWay.values()].map(({ ended }) => ended));
  }

  /** Looks over the journal again soon; many calls make one look. */
  wake(): void {
    if (!this.#running || this.#immediate !== undefined) return;
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#pass();
    });
  }

  /** A till that had been away answers again: what waited for it goes now. */
  tillBack(): void {
    this.#tillBackAt = Math.max(this.#tillBackAt, this.#options.now());
    this.wake();
  }

  /** @returns whether it may be work. */
  #note(order: Order): boolean {
    const key = keyText(order.key);
    const concerns = isActive(order) && this.#options.concerns(order);
    if (concerns) this.#orders.set(key, order);
    else this.#orders.delete(key);
    return concerns;
  }

  #pass(): void {
    clearTimeout(this.#timer);
    // What cannot be written down must not be begun; the disk calls when it writes again.
    if (!this.#running || this.#options.journal.disk.status === 'failing') return;
    const { rank, isBegun, step, isFresh, heldForMs } = this.#options;
    const now = this.#options.now();
    let nextAt = now + LONGEST_NAP_MS;
    const fresh: Record<TillWork, Order[]> = { send: [], look: [] };
    const due: Record<TillWork, Order[]> = { send: [], look: [] };
    // A copy: what is written down on the way changes it.
    for (const [key, order] of [...this.#orders]) {
      if (this.#underWay.has(key)) continue;
      if (isBegun(order)) {
        this.#recover(order);
        continue;
      }
      const next = step(order, now, this.#tillBackAt);
      if (next.kind === 'wait') nextAt = Math.min(nextAt, next.at);
      if (next.kind !== 'send' && next.kind !== 'look') continue;
      const isNew = isFresh?.(order, now) === true;
      const heldMs = isNew || next.kind === 'look' ? 0 : (heldForMs?.(order) ?? 0);
      if (heldMs > 0) nextAt = Math.min(nextAt, now + heldMs);
      else (isNew ? fresh : due)[next.kind].push(order);
    }
    for (const work of ['send', 'look'] as const) {
      const free = AT_ONCE - [...this.#underWay.values()].filter((other) => other.work === work).length;
      // A backlog is put in order only when something of it can begin, and leaves a place for what comes meanwhile.
      const first = free > 0 ? fresh[work].sort(rank).slice(0, free) : [];
      const left = free - first.length - (isFresh === undefined ? 0 : 1);
      const then = left > 0 ? due[work].sort(rank).slice(0, left) : [];
      for (const order of [...first, ...then]) this.#begin(order, work);
    }
    this.#timer = setTimeout(() => this.#pass(), Math.max(1, nextAt - now));
  }

  #recover(order: Order): void {
    try {
      this.#options.recover(order);
    } catch (error) {
      this.#options.survive(order, error);
    }
  }

  #begin(order: Order, work: TillWork): void {
    const key = keyText(order.key);
    const ended = this.#options
      .work(order, work)
      .catch((error: unknown) => this.#options.survive(order, error))
      .finally(() => {
        this.#underWay.delete(key);
        this.wake();
      });
    this.#underWay.set(key, { work, ended });
  }
}
