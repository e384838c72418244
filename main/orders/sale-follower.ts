import { isDeepStrictEqual } from 'node:util';
import { hasOpenBill, type Ms, type Order } from '../core/order';
import { callsOffBill } from '../core/refund-policy';
import type { FollowedSale } from '../pos/provider';
import { troubleOf } from './injection-trouble';
import { appendEvent } from './journal/append-event';
import type { BenchTill } from './till-bench';
import type { TillParts } from './till-parts';

export interface SaleFollowerOptions extends Pick<TillParts, 'journal' | 'bench' | 'now' | 'log'> {
  /** Calls back after some milliseconds; returns how to call it off. */
  readonly timer?: (wake: () => void, ms: Ms) => () => void;
}

/** From one look to the next, in milliseconds: a cashier who took the money looks at the board a moment later. */
const EVERY_MS = 15_000;
/** So long after a sale went in somebody else's copy of it may turn up. */
const DOUBLES_MS = 600_000;

/**
 * Follows the bills that are open in a till until they are paid or called off there, and looks whether a sale that went
 * in a moment ago is there more than once. An order that nobody gets a meal for has its bill called off.
 */
export class SaleFollower {
  readonly #options: SaleFollowerOptions;
  #callOff: (() => void) | undefined;
  #stopListening: (() => void) | undefined;
  #looking: Promise<void> | null = null;
  /** Somebody said that there is news while a look was under way: it may have passed that by. */
  #again = false;
  #running = false;

  constructor(options: SaleFollowerOptions) {
    this.#options = options;
  }

  start(): void {
    const { journal } = this.#options;
    this.#running = true;
    this.#stopListening = journal.onChange((changes) => {
      for (const { order } of changes) if (callsOffBill(order)) this.#callOffBill(order);
    });
    for (const order of journal.active()) if (callsOffBill(order)) this.#callOffBill(order);
    this.look();
  }

  /** Lets what is under way end. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#stopListening?.();
    this.#callOff?.();
    await this.#looking;
  }

  /** Asks now: somebody said that there may be news. */
  look(): void {
    if (!this.#running) return;
    if (this.#looking !== null) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#callOff?.();
    this.#looking = this.#lookAll().finally(() => {
      this.#looking = null;
      const { timer = setTimer } = this.#options;
      if (!this.#running) return;
      if (this.#again) this.look();
      else this.#callOff = timer(() => this.look(), EVERY_MS);
    });
  }

  async #lookAll(): Promise<void> {
    const byTill = new Map<string, Order[]>();
    for (const order of this.#options.journal.active()) {
      const { injection } = order;
      if (injection.status !== 'injected' || !this.#isFollowed(order)) continue;
      byTill.set(injection.provider, [...(byTill.get(injection.provider) ?? []), order]);
    }
    await Promise.all([...byTill].map(([till, orders]) => this.#lookIn(till, orders)));
  }

  #isFollowed(order: Order): boolean {
    return hasOpenBill(order) || Math.abs(this.#options.now() - order.updatedAt) < DOUBLES_MS;
  }

  async #lookIn(key: string, orders: readonly Order[]): Promise<void> {
    const { bench, log } = this.#options;
    const till = bench.find(key);
    const gate = till && bench.gate(till);
    if (till?.provider.followSales === undefined || gate?.isClosed()) return;
    try {
      const news = await bench.gate(till).pass(() => askAbout(till, orders));
      for (const { reference, sale } of news) this.#note(orders, reference, sale);
    } catch (error) {
      // The till's own check says that it is away; the next look asks again.
      log.debug('sales_not_followed', { provider: key, code: troubleOf(error).code });
    }
  }

  #note(orders: readonly Order[], reference: string, sale: FollowedSale['sale']): void {
    const order = orders.find((one) => one.reference === reference);
    if (order === undefined) return;
    appendEvent(this.#options.journal, order.key, ({ injection }) => {
      if (injection.status !== 'injected') return undefined;
      // What was found out by other ways is not in the till's answer.
      const { otherDishes } = injection.sale;
      const known = {
        ...sale,
        ...(otherDishes === undefined ? {} : { otherDishes }),
      };
      return isDeepStrictEqual(injection.sale, known) ? undefined : { type: 'sale_changed', sale: known };
    });
  }

  #callOffBill({ key }: Order): void {
    // Not from within the commit that told of it.
    setImmediate(() => {
      if (!this.#running) return;
      try {
        appendEvent(this.#options.journal, key, (current) =>
          callsOffBill(current) ? { type: 'refund_requested', by: 'app' } : undefined,
        );
      } catch (error) {
        // A full disk: the next change, or the next start, asks again.
        this.#options.log.warn('bill_not_called_off', { order_id: key.id, error: String(error) });
      }
    });
  }
}

function askAbout({ provider }: BenchTill, orders: readonly Order[]): Promise<readonly FollowedSale[]> {
  const asked = orders.flatMap(({ reference, injection }): FollowedSale[] =>
    injection.status === 'injected' ? [{ reference, sale: injection.sale }] : [],
  );
  return provider.followSales?.(asked) ?? Promise.resolve([]);
}

function setTimer(wake: () => void, ms: Ms): () => void {
  const timer = setTimeout(wake, ms);
  return () => clearTimeout(timer);
}
