import type { PaperWidth, Row } from '../../core/ticket-layout';
import type { PrinterState, PrintOutcome, PrintWatcher, TicketPrinter } from '../../tickets/printer';
import { ticketPage } from '../../tickets/ticket-html';
import type { Paper } from './paper';

/**
 * A printer that the system has a driver for. The system says that it has taken a page, and not what became of it: so its
 * tickets count as printed, unproven.
 */
export class SystemPrinter implements TicketPrinter {
  readonly #device: string;
  readonly #width: PaperWidth;
  readonly #paper: Paper;

  constructor(device: string, width: PaperWidth, paper: Paper) {
    this.#device = device;
    this.#width = width;
    this.#paper = paper;
  }

  async check(): Promise<PrinterState> {
    const devices = await this.#paper.devices();
    return devices.some(({ device }) => device === this.#device)
      ? { kind: 'ready', paperLow: false }
      : { kind: 'trouble', trouble: 'off' };
  }

  async print(rows: readonly Row[], watcher: PrintWatcher): Promise<PrintOutcome> {
    const state = await this.check();
    if (state.kind === 'trouble') return { kind: 'not_sent', trouble: state.trouble };
    watcher.begin();
    const refusal = await this.#paper.print(this.#device, ticketPage(rows, this.#width));
    return refusal === null
      ? { kind: 'printed', proven: false, paperLow: false }
      : {
          kind: 'failed',
          because: refusal,
          words: 'This computer could not print it. Check the printer in its settings; then print again.',
        };
  }

  /** What the system has taken it prints. */
  close(): void {}
}
