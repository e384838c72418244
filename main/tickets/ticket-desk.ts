import { isOpen, type Order, type OrderKey } from '../core/order';
import { nextIssue, type TicketJob } from '../core/ticket-job';
import type { PrinterSetting } from '../core/ticket-printer';
import type { TicketBook } from './ticket-turn';

/** Done, or one sentence why not. */
export type TicketAnswer = { readonly ok: true } | { readonly ok: false; readonly words: string };

export interface TicketDeskOptions {
  readonly book: TicketBook & {
    /** Throws when the disk does not take it. */
    want(key: OrderKey, place: Pick<PrinterSetting, 'id' | 'copies'>, issue: number): void;
  };
  readonly order: (key: OrderKey) => Order | undefined;
  readonly printers: () => readonly PrinterSetting[];
  readonly wake: () => void;
  /** The disk refused: the error says so. */
  readonly isDiskTrouble: (error: unknown) => boolean;
}

/** What people decide about tickets. Two who tap at once do one thing. */
export class TicketDesk {
  readonly #options: TicketDeskOptions;

  constructor(options: TicketDeskOptions) {
    this.#options = options;
  }

  /** Prints an order's ticket because somebody wants it; it says whether it is the first. */
  print(key: OrderKey): TicketAnswer {
    const { book, order, printers } = this.#options;
    if (order(key) === undefined) return { ok: false, words: 'This order is not known here.' };
    if (printers().length === 0) return { ok: false, words: 'There is no printer. Add one in Settings.' };
    return this.#change(() => {
      const all = book.of(key);
      let wanted = 0;
      for (const place of printers()) {
        const issue = nextIssue(place.id, all);
        if (issue === null) continue;
        book.want(key, place, issue);
        // The older ones of this printer are answered with it.
        for (const job of all.filter(({ printer }) => printer === place.id)) this.#giveUp(job);
        wanted += 1;
      }
      return wanted > 0 ? OK : { ok: false, words: 'Its ticket is on its way to the printer already.' };
    });
  }

  /** After an outage: which of the tickets that waited are printed, and which are not. */
  decide(print: readonly number[], leave: readonly number[]): TicketAnswer {
    const { book } = this.#options;
    return this.#change(() => {
      for (const seq of print) book.move(seq, 'held', 'wanted');
      for (const seq of leave) book.move(seq, 'held', 'dropped');
      return OK;
    });
  }

  /** Somebody looked: it is on paper, or not and is printed again. */
  answer(seq: number, isOnPaper: boolean): TicketAnswer {
    const { book, printers } = this.#options;
    const job = book.open().find((one) => one.seq === seq);
    if (job === undefined || (job.status !== 'unclear' && job.status !== 'failed')) return OK;
    return this.#change(() => {
      if (isOnPaper) {
        book.move(seq, job.status, job.status === 'unclear' ? 'printed' : 'dropped');
        return OK;
      }
      const place = printers().find(({ id }) => id === job.printer) ?? printers()[0];
      if (place === undefined) return { ok: false, words: 'There is no printer. Add one in Settings.' };
      const issue = nextIssue(place.id, book.of(job.key));
      if (issue !== null) book.want(job.key, { id: place.id, copies: 1 }, issue);
      // Half of it may have come out, so that the next one says that it is not the first.
      book.move(seq, job.status, job.status === 'unclear' ? 'printed' : 'dropped');
      return OK;
    });
  }

  /** The tickets that waited too long, of orders that are still to be made. */
  held(): readonly TicketJob[] {
    return this.#open('held');
  }

  /** The tickets of which somebody must say whether they are on paper, or that could not be printed. */
  questions(): readonly TicketJob[] {
    return [...this.#open('unclear'), ...this.#open('failed')];
  }

  #open(status: TicketJob['status']): readonly TicketJob[] {
    const { book, order } = this.#options;
    return book.open().filter((job) => {
      const found = job.status === status ? order(job.key) : undefined;
      return found !== undefined && isOpen(found);
    });
  }

  #giveUp({ seq, status }: TicketJob): void {
    const { book } = this.#options;
    if (status === 'unclear') book.move(seq, 'unclear', 'printed');
    if (status === 'held' || status === 'failed') book.move(seq, status, 'dropped');
  }

  #change(work: () => TicketAnswer): TicketAnswer {
    try {
      return work();
    } catch (error) {
      if (!this.#options.isDiskTrouble(error)) throw error;
      return {
        ok: false,
        words: 'This computer’s disk is full or does not answer. Free some space; then tap again.',
      };
    } finally {
      this.#options.wake();
    }
  }
}

const OK: TicketAnswer = { ok: true };
