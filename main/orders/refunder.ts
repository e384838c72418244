import { isRefundUnderWay, type Order } from '../core/order';
import { refundStep } from '../core/refund-policy';
import { JournalUnavailable } from './intake';
import { appendEvent } from './journal/append-event';
import { seekRefund, sendRefund } from './refund-sender';
import { REFUND_INTERRUPTED } from './refund-trouble';
import { TillLoop } from './till-loop';
import type { RefundParts } from './till-parts';

/** Gives each sale back that a person wants given back, at most once. */
export class Refunder {
  readonly #parts: RefundParts;
  readonly #loop: TillLoop;

  constructor(parts: RefundParts) {
    this.#parts = parts;
    this.#loop = new TillLoop({
      journal: parts.journal,
      now: parts.now,
      concerns: isRefundUnderWay,
      rank: (a, b) => a.updatedAt - b.updatedAt,
      isBegun: ({ refund }) => refund?.status === 'refunding',
      recover: (order) => this.#recover(order),
      step: refundStep,
      work: (order, work) => (work === 'send' ? sendRefund(parts, order) : seekRefund(parts, order)),
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

  wake(): void {
    this.#loop.wake();
  }

  /** A till that had been away answers again: what waited for it goes now. */
  tillBack(name: string): void {
    this.#parts.bench.back(name);
    this.#loop.tillBack();
  }

  /** The app died, or could not write down how a request ended: the till is asked before anything is sent. */
  #recover(order: Order): void {
    const { journal, now } = this.#parts;
    appendEvent(journal, order.key, ({ refund }) =>
      refund?.status === 'refunding'
        ? { type: 'refund_unknown', trouble: REFUND_INTERRUPTED, nextAt: now() }
        : undefined,
    );
  }

  /** A full disk: the refund stays `refunding` in the journal and is recovered once the disk writes again. */
  #survive(order: Order, error: unknown): void {
    const event = error instanceof JournalUnavailable ? 'refund_not_written' : 'refund_defect';
    this.#parts.log.error(event, { order_id: order.key.id, error: String(error) });
  }
}
