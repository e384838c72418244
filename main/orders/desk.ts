import type { Ms, Order, OrderKey } from '../core/order';
import { decideCommand, type OrderCommand } from '../core/order-commands';
import { DEFAULT_PROMISE_MINUTES, dueTime, promiseTime } from '../core/promise';
import type { Diverter } from './diverter';
import { JournalUnavailable } from './intake';
import type { Journal } from './journal/journal';

/** What the counter hears back: done, or one sentence why not. */
export type DeskAnswer = { readonly ok: true } | { readonly ok: false; readonly words: string };

export interface DeskOptions {
  readonly journal: Journal;
  readonly diverter: Pick<Diverter, 'open'>;
  /** Whether the order's till books what is not paid yet only when it is handed over. */
  readonly booksAtHandover: (order: Order) => boolean;
  /** What every promise is longer by, in minutes. */
  readonly extraMinutes: () => number;
  readonly now: () => Ms;
}

/** Where people's taps become events. */
export class Desk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** @param minutes from now until it is ready. */
  accept(key: OrderKey, minutes: number, by: 'staff' | 'auto'): DeskAnswer {
    const order = this.#options.journal.get(key);
    if (order === undefined) return UNKNOWN;
    const now = this.#options.now();
    const { document } = order;
    const waits = document.payment.status === 'unpaid' && this.#options.booksAtHandover(order);
    return this.run(key, {
      type: 'accept',
      by,
      promisedFor: promiseTime(document, minutes, now),
      dueAt: waits ? null : dueTime(document, now),
    });
  }

  acceptWithDefault(key: OrderKey): DeskAnswer {
    return this.accept(key, DEFAULT_PROMISE_MINUTES + this.#options.extraMinutes(), 'auto');
  }

  run(key: OrderKey, command: OrderCommand): DeskAnswer {
    return this.#apply(key, command).answer;
  }

  /** WhatsApp on request; when another order's window is unanswered, this one waits for it. */
  openWhatsapp(key: OrderKey): DeskAnswer {
    const { journal, diverter } = this.#options;
    const unanswered = journal
      .active()
      .find((order) => order.diversion?.status === 'opened' && order.key.id !== key.id);
    if (unanswered !== undefined) {
      return { ok: false, words: `First say whether ${unanswered.document.number} was sent in WhatsApp.` };
    }
    const { answer, order } = this.#apply(key, { type: 'open_whatsapp' });
    if (order !== undefined) void diverter.open(order);
    return answer;
  }

  /** One tap lets every order that went by WhatsApp go into the till. */
  enterAll(): DeskAnswer {
    for (const { key, diversion, injection } of this.#options.journal.active()) {
      if (diversion === null || diversion.status === 'released' || diversion.status === 'entered') continue;
      // Found there meanwhile: nothing of it is left to enter, and it must not stop the others.
      if (injection.status === 'injected') continue;
      const answer = this.run(key, { type: 'enter_in_till' });
      if (!answer.ok) return answer;
    }
    return { ok: true };
  }

  #apply(key: OrderKey, command: OrderCommand): { answer: DeskAnswer; order?: Order } {
    let answer: DeskAnswer = UNKNOWN;
    try {
      const order = this.#options.journal.append(key, (current) => {
        const result = decideCommand(current, command);
        answer = result.ok ? { ok: true } : { ok: false, words: result.words };
        return result.ok ? result.events : [];
      });
      return order === undefined ? { answer } : { answer, order };
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return { answer: DISK };
    }
  }
}

const UNKNOWN: DeskAnswer = { ok: false, words: 'This order is not known here.' };
/** What is to be written cannot be. */
export const DISK: DeskAnswer = {
  ok: false,
  words: 'This computer’s disk is full or does not answer. Free some space; then tap again.',
};
