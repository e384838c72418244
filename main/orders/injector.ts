import { injectionStep, isFresh } from '../core/injection-policy';
import { unreachable } from '../core/never';
import type { Order } from '../core/order';
import { INTERRUPTED } from './injection-trouble';
import { JournalUnavailable } from './intake';
import { appendEvent } from './journal/append-event';
import { foundFromBefore, seekSale } from './sale-seeker';
import { sendSale } from './sale-sender';
import { TillLoop } from './till-loop';
import type { InjectionParts } from './till-parts';

/** Puts each due order into a till, at most once. */
export class Injector {
  readonly #parts: InjectionParts;
  readonly #loop: TillLoop;

  constructor(parts: InjectionParts) {
    this.#parts = parts;
    this.#loop = new TillLoop({
      journal: parts.journal,
      now: parts.now,
      concerns: maySend,
      rank: (a, b) => promiseOf(a) - promiseOf(b),
      isFresh,
      heldForMs: (order) => parts.bench.heldForMs(order),
      isBegun: ({ injection }) => injection.status === 'injecting',
      recover: (order) => this.#recover(order),
      step: injectionStep,
      work: (order, work) => (work === 'send' ? this.#send(order) : seekSale(parts, order)),
      survive: (order, error) => this.#survive(order, error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Lets what is under way end; nothing new begins. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Looks over the journal again soon; many calls make one look. */
  wake(): void {
    this.#loop.wake();
  }

  /** A till that had been away answers again: what waited for it goes now. */
  tillBack(name: string): void {
    this.#parts.bench.back(name);
    this.#loop.tillBack();
  }

  async #send(order: Order): Promise<void> {
    if (!(await foundFromBefore(this.#parts, order))) await sendSale(this.#parts, order);
  }

  /** The app died, or could not write down how a request ended: the till is asked before anything is sent. */
  #recover(order: Order): void {
    const { injection } = order;
    if (injection.status !== 'injecting') return;
    const { journal, now } = this.#parts;
    appendEvent(journal, order.key, () => ({
      type: 'injection_unknown',
      provider: injection.provider,
      trouble: INTERRUPTED,
      nextAt: now(),
    }));
  }

  /** A full disk: the order stays `injecting` in the journal and is recovered once the disk writes again. */
  #survive(order: Order, error: unknown): void {
    const event = error instanceof JournalUnavailable ? 'injection_not_written' : 'injection_defect';
    this.#parts.log.error(event, { order_id: order.key.id, error: String(error) });
  }
}

/**
 * What nobody has accepted is no work yet, what is in the till none any more: neither must be looked through each time.
 */
function maySend({ dueAt, injection }: Order): boolean {
  switch (injection.status) {
    case 'waiting':
      return dueAt !== null;
    case 'injecting':
    case 'unknown':
      return true;
    case 'injected':
    case 'failed':
      return false;
    default:
      return unreachable(injection);
  }
}

function promiseOf({ promisedFor, receivedAt }: Order): number {
  return promisedFor ?? receivedAt;
}
