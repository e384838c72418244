import { diversionTime } from '../core/injection-policy';
import type { Location, Till } from '../core/location';
import type { Log } from '../core/log';
import { isActive, keyText, type Ms, type Order } from '../core/order';
import { whatsappLink, whatsappMessage } from '../core/whatsapp-message';
import { JournalUnavailable } from './intake';
import type { Journal } from './journal/journal';

export interface DiverterOptions {
  readonly journal: Journal;
  /** As it is at the moment. */
  readonly location: () => Location;
  /** The till that an order belongs to: its settings say whether and when WhatsApp opens. */
  readonly tillFor: (order: Order) => Till | undefined;
  readonly now: () => Ms;
  /** Opens a link through the operating system; rejects when nothing there could open it. */
  readonly open: (link: string) => Promise<void>;
  /** Puts a text on the clipboard, for what is too long for a link. */
  readonly copy: (text: string) => void;
  /** Since when a till that had been away answers again; 0 while none does. What still waits is better entered there. */
  readonly tillBackAt: () => Ms;
  readonly log: Log;
  /** Milliseconds that pass whatever is done to the clock; by default those of this process. */
  readonly elapsed?: () => number;
}

const LONGEST_NAP_MS = 30_000;

function passed(): number {
  return performance.now();
}

/**
 * The way by WhatsApp. A due order that no till took in time is written out and opened, once; the next one waits
 * until staff have said that the one before was sent, so that nobody faces a pile of windows.
 */
export class Diverter {
  readonly #options: DiverterOptions;
  /** When an order became due, by `elapsed`: a clock that is moved neither hurries nor holds up WhatsApp. */
  readonly #dueSince = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #stopListening: (() => void) | undefined;

  constructor(options: DiverterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopListening = this.#options.journal.onChange((changes) => {
      for (const { order } of changes) if (isSettled(order)) this.#dueSince.delete(keyText(order.key));
      if (changes.some(({ order }) => order.dueAt !== null)) this.wake();
    });
    this.wake();
  }

  stop(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  wake(): void {
    if (this.#stopListening === undefined || this.#immediate !== undefined) return;
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#pass();
    });
  }

  /** Opens WhatsApp for an order whose journal already says so. The journal comes first: it opens at most once. */
  async open(order: Order): Promise<void> {
    const { journal, log, copy } = this.#options;
    const location = this.#options.location();
    if (location.whatsapp === null) {
      journal.append(order.key, () => [{ type: 'whatsapp_failed', trouble: NO_NUMBER }]);
      return;
    }
    try {
      const { text, toPaste } = whatsappMessage(order, location);
      if (toPaste !== null) {
        copy(toPaste);
        journal.append(order.key, ({ diversion }) =>
          diversion?.status === 'opened' ? [{ type: 'whatsapp_to_paste' }] : [],
        );
      }
      await this.#options.open(whatsappLink(location.whatsapp, text));
      log.info('whatsapp_opened', { order_id: order.key.id, to_paste: toPaste !== null });
    } catch (error) {
      log.error('whatsapp_not_opened', { order_id: order.key.id, error: String(error) });
      journal.append(order.key, () => [{ type: 'whatsapp_failed', trouble: NOT_OPENED }]);
    }
  }

  #pass(): void {
    clearTimeout(this.#timer);
    const { now } = this.#options;
    let nextAt = now() + LONGEST_NAP_MS;
    try {
      nextAt = Math.min(nextAt, this.#divertDue(now()));
      this.#openNext();
    } catch (error) {
      // Nothing was diverted that is not written down; the next pass tries again.
      if (!(error instanceof JournalUnavailable)) throw error;
    }
    this.#timer = setTimeout(() => this.#pass(), Math.max(1, nextAt - now()));
  }

  /** @returns when the next order will be due for diversion. */
  #divertDue(now: Ms): Ms {
    const { journal, location, tillFor } = this.#options;
    if (location().whatsapp === null) return Number.POSITIVE_INFINITY;
    const leftOf = (order: Order): Ms => {
      const till = tillFor(order);
      if (till?.fallbackToWhatsapp !== true) return Number.POSITIVE_INFINITY;
      return this.#left(order, till.fallbackAfterMs, now);
    };
    let next = Number.POSITIVE_INFINITY;
    for (const order of journal.active().filter(mayLeave)) {
      const left = leftOf(order);
      if (left > 0) next = Math.min(next, left);
      else journal.append(order.key, (current) => (leftOf(current) <= 0 ? [{ type: 'diverted' }] : []));
    }
    return now + next;
  }

  /** Milliseconds until an order leaves for WhatsApp; `Infinity` for one that does not. */
  #left(order: Order, fallbackAfterMs: number, now: Ms): Ms {
    const due = diversionTime(order, 0);
    if (due === undefined) return Number.POSITIVE_INFINITY;
    const isForLater = order.document.requested_for !== null && due > now;
    if (isForLater) return due + fallbackAfterMs - now;
    const { elapsed = passed } = this.#options;
    const key = keyText(order.key);
    // What was due before this life began has waited for as long as the clock says.
    const since = this.#dueSince.get(key) ?? elapsed() - Math.min(fallbackAfterMs, Math.max(0, now - due));
    this.#dueSince.set(key, since);
    return since + fallbackAfterMs - elapsed();
  }

  #openNext(): void {
    const { journal, tillBackAt } = this.#options;
    const diverted = journal.active().filter((order) => order.diversion !== null);
    if (diverted.some(({ diversion }) => diversion?.status === 'opened')) return;
    const backAt = tillBackAt();
    const next = diverted.find(
      ({ diversion, updatedAt }) =>
        diversion?.status === 'queued' && diversion.trouble === null && updatedAt >= backAt,
    );
    if (next === undefined) return;
    const opened = journal.append(next.key, ({ diversion }) =>
      diversion?.status === 'queued' ? [{ type: 'whatsapp_opened' }] : [],
    );
    if (opened !== undefined) void this.open(opened);
  }
}

/** Most of the board is in a till: nothing more of it is looked at. */
function mayLeave(order: Order): boolean {
  return diversionTime(order, 0) !== undefined;
}

function isSettled(order: Order): boolean {
  return order.injection.status === 'injected' || !isActive(order);
}

const NO_NUMBER = {
  code: 'no_whatsapp_number',
  words: 'This restaurant has no WhatsApp number. Enter the order in the till by hand.',
};
const NOT_OPENED = {
  code: 'whatsapp_not_opened',
  words: 'WhatsApp did not open on this computer. Try again, or enter the order in the till by hand.',
};
