import type { Ms } from '../core/order';
import type { Row } from '../core/ticket-layout';
import { escposBytes } from './escpos-bytes';
import type { PrinterState, PrintOutcome, PrintWatcher, TicketPrinter } from './printer';
import { PrinterLink } from './printer-link';
import { isPaperLow, PAPER_REQUEST, printerState, STATUS_ASKED, statusRequest } from './printer-status';

export interface NetworkPrinterOptions {
  readonly host: string;
  readonly port: number;
  /** It answers no question about its state: what it takes counts as printed. */
  readonly mute: boolean;
  readonly patience?: Patience;
}

/** How long is waited, in milliseconds. */
export interface Patience {
  readonly connect: Ms;
  /** For one answer to a question. */
  readonly answer: Ms;
  /** For the printer to say that it has printed, while nothing is known to be wrong with it. */
  readonly printed: Ms;
  /** … and beyond that for each row: a slow printer does ten in a second. */
  readonly row: Ms;
  /** For somebody to put in a new roll, or to close the cover. */
  readonly mended: Ms;
}

const PATIENCE: Patience = { connect: 4_000, answer: 1_500, printed: 15_000, row: 100, mended: 600_000 };

/**
 * A printer in the network that speaks ESC/POS. It is asked how it is before anything is sent, and whether it has worked
 * through it afterwards: a connection that took the bytes is not a printed ticket.
 */
export class NetworkPrinter implements TicketPrinter {
  readonly #options: NetworkPrinterOptions;
  readonly #patience: Patience;
  #link: PrinterLink | undefined;

  constructor(options: NetworkPrinterOptions) {
    this.#options = options;
    this.#patience = options.patience ?? PATIENCE;
  }

  async check(): Promise<PrinterState> {
    const link = await this.#open();
    if (link === undefined) return { kind: 'trouble', trouble: 'off' };
    try {
      return await this.#stateOf(link);
    } finally {
      link.close();
    }
  }

  async print(rows: readonly Row[], watcher: PrintWatcher): Promise<PrintOutcome> {
    const bytes = await escposBytes(rows);
    const link = await this.#open();
    if (link === undefined) return { kind: 'not_sent', trouble: 'off' };
    try {
      const state = await this.#stateOf(link);
      if (state.kind === 'trouble') return { kind: 'not_sent', trouble: state.trouble };
      watcher.begin();
      link.send(bytes);
      if (this.#options.mute) return await this.#taken(link);
      link.send(PAPER_REQUEST);
      return await this.#worked(link, rows.length, watcher);
    } finally {
      link.close();
    }
  }

  close(): void {
    this.#link?.close();
  }

  async #open(): Promise<PrinterLink | undefined> {
    const { host, port } = this.#options;
    this.#link = await PrinterLink.open({ host, port }, this.#patience.connect);
    return this.#link;
  }

  async #stateOf(link: PrinterLink): Promise<PrinterState> {
    if (this.#options.mute) return { kind: 'ready', paperLow: false };
    const answers: number[] = [];
    for (const asked of STATUS_ASKED) {
      link.send(statusRequest(asked));
      const answer = await link.answer('status', this.#patience.answer);
      if (answer === undefined) return { kind: 'trouble', trouble: link.isOpen ? 'silent' : 'off' };
      answers.push(answer);
    }
    return printerState(answers);
  }

  async #taken(link: PrinterLink): Promise<PrintOutcome> {
    const took = await link.finish(this.#patience.printed);
    return took ? { kind: 'printed', proven: false, paperLow: false } : { kind: 'unclear', trouble: 'gone' };
  }

  /** Waits until it has printed. Meanwhile it is asked how it is: out of paper it says nothing by itself, and goes on later. */
  async #worked(link: PrinterLink, rows: number, watcher: PrintWatcher): Promise<PrintOutcome> {
    const { answer: step, printed, row, mended } = this.#patience;
    const quiet = printed + rows * row;
    let deadline = performance.now() + quiet;
    let last: PrinterState = { kind: 'ready', paperLow: false };
    while (performance.now() < deadline) {
      const answer = await link.answer('paper', step);
      if (answer !== undefined) {
        watcher.onTrouble(null);
        return { kind: 'printed', proven: true, paperLow: isPaperLow(answer) };
      }
      const state = await this.#stateOf(link);
      if (!link.isOpen) return { kind: 'unclear', trouble: 'gone' };
      const trouble = state.kind === 'trouble' ? state.trouble : null;
      const before = last.kind === 'trouble' ? last.trouble : null;
      if (trouble !== before) {
        watcher.onTrouble(trouble);
        // Out of paper it waits for a person; without a word it may be gone, and with paper it should print.
        const isMendable = trouble !== null && trouble !== 'silent';
        deadline = performance.now() + (isMendable ? mended : quiet);
        last = state;
      }
    }
    return { kind: 'unclear', trouble: last.kind === 'trouble' ? last.trouble : 'silent' };
  }
}
