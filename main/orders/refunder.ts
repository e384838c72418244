import { isRefundUnderWay, type Order } from '../core/order';
import { refundStep } from '../core/refund-policy';
import { copyUnderWay, type GivenBack, type RefundOf, refundEventOf, saleOf } from '../core/sale-copy';
import { JournalUnavailable } from './intake';
import { appendEvent } from './journal/append-event';
import { seekRefund, sendRefund } from './refund-sender';
import { REFUND_INTERRUPTED } from './refund-trouble';
import { TillLoop, type TillWork } from './till-loop';
import type { RefundParts } from './till-parts';

/** Which sales a refunder sees to: those of the orders themselves, or their copies in other tills. */
export type RefundKind = 'own' | 'copy';

/** Gives each sale back that a person wants given back, at most once. */
export class Refunder {
  readonly #parts: RefundParts;
  readonly #kind: RefundKind;
  readonly #loop: TillLoop;

  constructor(parts: RefundParts, kind: RefundKind = 'own') {
    this.#parts = parts;
    this.#kind = kind;
    this.#loop = new TillLoop({
      journal: parts.journal,
      now: parts.now,
      concerns: (order) => this.#saleOf(order) !== undefined,
      rank: (a, b) => a.updatedAt - b.updatedAt,
      isBegun: (order) => this.#saleOf(order)?.refund?.status === 'refunding',
      recover: (order) => this.#recover(order),
      step: (order, now, tillBackAt) =>
        refundStep(
          { refund: this.#saleOf(order)?.refund ?? null, updatedAt: order.updatedAt },
          now,
          tillBackAt,
        ),
      work: (order, work) => this.#work(order, work),
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

  async #work(order: Order, work: TillWork): Promise<void> {
    const sold = this.#saleOf(order);
    if (sold === undefined) return;
    await (work === 'send' ? sendRefund : seekRefund)(this.#parts, order, this.#which(sold));
  }

  #which({ till }: GivenBack): RefundOf {
    return this.#kind === 'own' ? null : till;
  }

  /** The sale of this order that is being given back. */
  #saleOf(order: Order): GivenBack | undefined {
    if (this.#kind === 'copy') return copyUnderWay(order);
    return isRefundUnderWay(order) ? saleOf(order, null) : undefined;
  }

  /** The app died, or could not write down how a request ended: the till is asked before anything is sent. */
  #recover(order: Order): void {
    const { journal, now } = this.#parts;
    appendEvent(journal, order.key, (current) => {
      const sold = this.#saleOf(current);
      return sold?.refund?.status === 'refunding'
        ? refundEventOf(this.#which(sold), {
            type: 'refund_unknown',
            trouble: REFUND_INTERRUPTED,
            nextAt: now(),
          })
        : undefined;
    });
  }

  /** A full disk: the refund stays `refunding` in the journal and is recovered once the disk writes again. */
  #survive(order: Order, error: unknown): void {
    const event = error instanceof JournalUnavailable ? 'refund_not_written' : 'refund_defect';
    this.#parts.log.error(event, { order_id: order.key.id, error: String(error) });
  }
}
