import { BrokenCircuitError } from 'cockatiel';
import { type InjectionStep, injectionStep, LOOKS_AFTER_MS, retryDelay } from '../core/injection-policy';
import type { Till } from '../core/location';
import type { Log } from '../core/log';
import type { MenuIndex } from '../core/menu';
import { isHeldBack, keyText, type Ms, type Order, type Sale, type Trouble } from '../core/order';
import type { OrderEvent } from '../core/order-events';
import { tillsFor } from '../core/till-choice';
import { type PosProvider, PosRefused, PosUnreachable, type SaleOrder } from '../pos/provider';
import { AWAY, GONE, INTERRUPTED, NO_MENU, NO_TILL, troubleOf } from './injection-trouble';
import { JournalUnavailable } from './intake';
import type { Journal } from './journal/journal';
import { TillGate } from './till-gate';

export interface InjectorTill {
  readonly till: Till;
  readonly provider: PosProvider;
  readonly menu: () => MenuIndex | undefined;
}

export type InjectionOutcome = 'injected' | 'found' | 'refused' | 'unreachable' | 'unknown';

export interface InjectorOptions {
  readonly journal: Journal;
  /**
   * Those of the moment, asked anew for each order. One that is switched off is only asked about orders whose outcome
   * there is unknown.
   */
  readonly tills: () => readonly InjectorTill[];
  readonly now: () => Ms;
  /** From 0 up to 1; spreads the retries. */
  readonly random: () => number;
  readonly log: Log;
  readonly onOutcome?: (till: string, outcome: InjectionOutcome) => void;
  /** Pauses between one look and the next, in milliseconds. */
  readonly looksAfterMs?: readonly number[];
}

/** Requests under way at once, of each kind: a till that is slow to answer searches must not hold up sales. */
const AT_ONCE = 4;
/** A timer is never longer than this, so that a machine that slept or whose clock moved looks again soon. */
const LONGEST_NAP_MS = 30_000;
/** How far back an order is looked for that is older than the journal: 28 days. */
const SEARCHED_BACK_MS = 28 * 86_400_000;

type Work = Exclude<InjectionStep['kind'], 'none' | 'wait'>;

/**
 * Puts each due order into a till, at most once. One loop over the journal; nothing about an order is kept here but
 * which ones have a request under way, so it can die at any moment: what was under way is then unknown, and asked first.
 */
export class Injector {
  readonly #options: InjectorOptions;
  /** By connector: a till that moved to another address begins anew. */
  readonly #gates = new WeakMap<PosProvider, TillGate>();
  readonly #underWay = new Map<string, { readonly work: Work; readonly ended: Promise<void> }>();
  readonly #tillBackAt = new Map<string, Ms>();
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #stopListening: (() => void) | undefined;
  #running = false;

  constructor(options: InjectorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.#stopListening = this.#options.journal.onChange((changes) => {
      // An order that nobody has accepted is no work yet: a burst of them must not be looked through each time.
      if (changes.some(({ order }) => order.dueAt !== null)) this.wake();
    });
    this.wake();
  }

  /** Lets what is under way end; nothing new begins. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#stopListening?.();
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
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
  tillBack(name: string): void {
    this.#tillBackAt.set(name, this.#options.now());
    const back = this.#find(name);
    if (back !== undefined) this.#gate(back).reset();
    this.wake();
  }

  #pass(): void {
    clearTimeout(this.#timer);
    if (!this.#running) return;
    const now = this.#options.now();
    let nextAt = now + LONGEST_NAP_MS;
    for (const order of this.#byPromise()) {
      if (this.#underWay.has(keyText(order.key))) continue;
      if (order.injection.status === 'injecting') {
        this.#recover(order);
        continue;
      }
      const step = injectionStep(order, now, Math.max(0, ...this.#tillBackAt.values()));
      if (step.kind === 'wait') nextAt = Math.min(nextAt, step.at);
      if (step.kind === 'send' || step.kind === 'look') this.#begin(order, step.kind);
    }
    this.#timer = setTimeout(() => this.#pass(), Math.max(1, nextAt - now));
  }

  #byPromise(): Order[] {
    const promise = (order: Order): number => order.promisedFor ?? order.receivedAt;
    const accepted = this.#options.journal.active().filter(({ dueAt }) => dueAt !== null);
    return accepted.sort((a, b) => promise(a) - promise(b));
  }

  /** The app died, or could not write down how a request ended: the till is asked before anything is sent. */
  #recover(order: Order): void {
    const { injection } = order;
    if (injection.status !== 'injecting') return;
    try {
      this.#append(order, () => ({
        type: 'injection_unknown',
        provider: injection.provider,
        trouble: INTERRUPTED,
        nextAt: this.#options.now(),
      }));
    } catch (error) {
      this.#survive(order, error);
    }
  }

  #begin(order: Order, work: Work): void {
    const sameKind = [...this.#underWay.values()].filter((other) => other.work === work).length;
    if (sameKind >= AT_ONCE) return;
    const key = keyText(order.key);
    const ended = (work === 'send' ? this.#send(order) : this.#look(order))
      .catch((error: unknown) => this.#survive(order, error))
      .finally(() => {
        this.#underWay.delete(key);
        this.wake();
      });
    this.#underWay.set(key, { work, ended });
  }

  /** A full disk: the order stays `injecting` in the journal and is recovered once the disk writes again. */
  #survive(order: Order, error: unknown): void {
    const event = error instanceof JournalUnavailable ? 'injection_not_written' : 'injection_defect';
    this.#options.log.error(event, { order_id: order.key.id, error: String(error) });
  }

  async #send(order: Order): Promise<void> {
    if (await this.#foundFromBefore(order)) return;
    let trouble: Trouble = NO_TILL;
    let retryAfterMs = 0;
    for (const [rank, candidate] of this.#candidates(order).entries()) {
      // A fallback that does not sell these dishes would refuse what its own till takes a minute later.
      if (rank > 0 && !sells(candidate.menu(), order)) continue;
      const outcome = await this.#sendTo(candidate, order);
      if (outcome === 'settled') return;
      trouble = outcome.trouble;
      retryAfterMs = Math.max(retryAfterMs, outcome.retryAfterMs ?? 0);
    }
    this.#append(order, (current) => {
      const delay = Math.max(retryAfterMs, retryDelay(Math.max(1, current.attempts), this.#options.random()));
      return { type: 'injection_postponed', trouble, nextAt: this.#options.now() + delay };
    });
  }

  /**
   * An order that is older than the journal may have been sold by a journal that is gone (moved aside, another
   * computer): every till is asked before the first send.
   */
  async #foundFromBefore(order: Order): Promise<boolean> {
    const { journal, now, random } = this.#options;
    const placedAt = Date.parse(order.document.placed_at);
    if (order.attempts > 0 || placedAt >= journal.createdAt) return false;
    // Tills show a month of receipts; an order that claims to be older was sold, if at all, within it.
    const since = Math.max(placedAt, now() - SEARCHED_BACK_MS);
    for (const candidate of this.#candidates(order)) {
      try {
        const sale = await this.#gate(candidate).pass(() =>
          candidate.provider.findSale(this.#question(order, since)),
        );
        if (sale === undefined) continue;
        this.#settle(order, candidate.till.key, sale, true);
        return true;
      } catch (error) {
        const trouble = troubleOf(error);
        this.#append(order, () => ({
          type: 'injection_postponed',
          trouble,
          nextAt: now() + retryDelay(1, random()),
        }));
        return true;
      }
    }
    return false;
  }

  async #sendTo(candidate: InjectorTill, order: Order): Promise<'settled' | PosUnreachable> {
    const { till, provider } = candidate;
    const gate = this.#gate(candidate);
    const menu = candidate.menu();
    if (menu === undefined) return new PosUnreachable(NO_MENU);
    if (gate.isClosed()) return new PosUnreachable(AWAY);
    const started = this.#append(order, (current) =>
      mayBeSent(current) ? { type: 'injection_started', provider: till.key } : undefined,
    );
    // Somebody cancelled, diverted or sent it in the meantime.
    if (started === undefined) return 'settled';
    try {
      const sale = await gate.pass(() => provider.createSale(this.#question(started), menu));
      this.#settle(started, till.key, sale, false);
      return 'settled';
    } catch (error) {
      return this.#sendFailed(started, till.key, error);
    }
  }

  #sendFailed(order: Order, till: string, error: unknown): 'settled' | PosUnreachable {
    const { now, onOutcome, log } = this.#options;
    if (error instanceof JournalUnavailable) throw error;
    log.warn('injection_failed', { order_id: order.key.id, provider: till, code: troubleOf(error).code });
    if (error instanceof PosUnreachable || error instanceof BrokenCircuitError) {
      onOutcome?.(till, 'unreachable');
      const unreachable = error instanceof PosUnreachable ? error : new PosUnreachable(AWAY);
      // Back to waiting at once, so that the next till may take it.
      this.#append(order, () => ({
        type: 'injection_postponed',
        trouble: unreachable.trouble,
        nextAt: now(),
      }));
      return unreachable;
    }
    if (error instanceof PosRefused) {
      onOutcome?.(till, 'refused');
      this.#append(order, () => ({ type: 'injection_refused', provider: till, trouble: error.trouble }));
      return 'settled';
    }
    // Unknown by name, or a defect of ours after the request left: either way the till is asked first.
    onOutcome?.(till, 'unknown');
    this.#append(order, () => ({
      type: 'injection_unknown',
      provider: till,
      trouble: troubleOf(error),
      nextAt: now(),
    }));
    return 'settled';
  }

  async #look(order: Order): Promise<void> {
    const { injection } = order;
    if (injection.status !== 'unknown') return;
    const { now, random } = this.#options;
    const asked = this.#find(injection.provider);
    if (asked === undefined) {
      this.#append(order, () => ({
        type: 'sale_search_failed',
        trouble: GONE,
        nextAt: now() + LONGEST_NAP_MS,
      }));
      return;
    }
    try {
      const sale = await this.#gate(asked).pass(() => asked.provider.findSale(this.#question(order)));
      if (sale !== undefined) {
        this.#settle(order, injection.provider, sale, true);
        return;
      }
      const again = (this.#options.looksAfterMs ?? LOOKS_AFTER_MS)[injection.looks];
      this.#append(order, () =>
        again === undefined
          ? { type: 'sale_absent', nextAt: now() }
          : { type: 'sale_not_found', nextAt: now() + again },
      );
    } catch (error) {
      if (error instanceof JournalUnavailable) throw error;
      this.#append(order, (current) => ({
        type: 'sale_search_failed',
        trouble: troubleOf(error),
        nextAt: now() + retryDelay(Math.max(1, current.attempts), random()),
      }));
    }
  }

  /** The tills that may take the order, its own first. */
  #candidates({ reference }: Order): readonly InjectorTill[] {
    const tills = this.#options.tills();
    const enabled = tills.map(({ till }) => till).filter((till) => till.enabled);
    return tillsFor(reference, enabled).flatMap((till) => tills.find((other) => other.till === till) ?? []);
  }

  #find(key: string): InjectorTill | undefined {
    return this.#options.tills().find(({ till }) => till.key === key);
  }

  #gate({ provider }: InjectorTill): TillGate {
    const gate = this.#gates.get(provider) ?? new TillGate();
    this.#gates.set(provider, gate);
    return gate;
  }

  #settle(order: Order, till: string, sale: Sale, found: boolean): void {
    this.#append(order, () => ({ type: 'injected', provider: till, sale, found }));
    this.#options.onOutcome?.(till, found ? 'found' : 'injected');
    this.#options.log.info('order_injected', {
      order_id: order.key.id,
      provider: till,
      receipt: sale.number,
      found,
      status: 'success',
    });
  }

  #append(order: Order, event: (current: Order) => OrderEvent | undefined): Order | undefined {
    return this.#options.journal.append(order.key, (current) => {
      const decided = event(current);
      return decided === undefined ? [] : [decided];
    });
  }

  /** @param since when this order can have been sold at the earliest. */
  #question(order: Order, since: Ms = order.receivedAt): SaleOrder {
    return { ...order, firstAttemptAt: since };
  }
}

function sells(menu: MenuIndex | undefined, { document }: Order): boolean {
  return menu !== undefined && document.lines.every((line) => menu.variant(line) !== undefined);
}

/** Asked inside the transaction that marks the start: no second worker gets past it. */
function mayBeSent(order: Order): boolean {
  return order.injection.status === 'waiting' && order.dueAt !== null && !isHeldBack(order);
}
