import type { StoreView } from '../../../preload/contract';
import type { Location } from '../../core/location';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import type { TicketJob } from '../../core/ticket-job';
import type { PrinterSetting } from '../../core/ticket-printer';
import { type PrinterTrouble, printerWords } from '../../core/ticket-words';
import { JournalUnavailable } from '../../orders/intake';
import type { Journal } from '../../orders/journal/journal';
import { TicketDesk } from '../../tickets/ticket-desk';
import { TicketQueue } from '../../tickets/ticket-queue';
import type { Paper } from './paper';
import { openPrinter } from './printer-opening';

export interface TicketsOptions {
  readonly journal: Journal;
  readonly location: Pick<Location, 'timezone'>;
  readonly printers?: () => readonly PrinterSetting[];
  readonly paper?: Paper;
  readonly onChange: () => void;
  readonly log: Log;
  readonly now: () => Ms;
}

/** More than that is decided in one go, not one by one. */
const LISTED = 200;

/** A computer without printers of its own. */
const NO_PAPER: Paper = {
  devices: async () => [],
  print: async () => 'not here',
  picture: async () => new Uint8Array(),
};

/** The kitchen's paper: what is printed, what is in its way, and what a person must decide. */
export class Tickets {
  readonly desk: TicketDesk;
  readonly #queue: TicketQueue;
  readonly #journal: Journal;
  readonly #printers: () => readonly PrinterSetting[];

  constructor(options: TicketsOptions) {
    const { journal, paper = NO_PAPER, printers = () => [] } = options;
    this.#journal = journal;
    this.#printers = printers;
    const order = journal.get.bind(journal);
    this.#queue = new TicketQueue({
      ...options,
      book: journal.tickets,
      order,
      printers,
      open: (setting) => openPrinter(setting, paper),
      timezone: options.location.timezone,
      trustedSince: trustedSince(journal),
    });
    this.desk = new TicketDesk({
      book: journal.tickets,
      order,
      printers,
      wake: () => this.#queue.wake(),
      isDiskTrouble: (error) => error instanceof JournalUnavailable,
    });
  }

  start(): void {
    this.#queue.start();
  }

  stop(): Promise<void> {
    return this.#queue.stop();
  }

  /** Something may be to be printed, or the settings are different. */
  wake(): void {
    this.#queue.wake();
  }

  /** How a printer is; `undefined` while it has not been asked. */
  stateOf(id: string): { readonly trouble: PrinterTrouble | null; readonly paperLow: boolean } | undefined {
    return this.#queue.lanes().find(({ setting }) => setting.id === id);
  }

  view(): StoreView['tickets'] {
    const held = this.desk.held();
    return {
      printers: this.#printers().length,
      troubles: this.#queue.lanes().flatMap(({ setting, trouble }) => {
        if (trouble === null) return [];
        const { id, name } = setting;
        const standIn = this.#queue.standInOf(id)?.setting.name ?? null;
        return [printerWords(name, trouble, this.#waitingAt(id), standIn)];
      }),
      waiting: held
        // While nothing can be printed there is nothing to decide.
        .filter(({ printer }) => this.#canPrint(printer))
        .slice(0, LISTED)
        .map((job) => ({
          seq: job.seq,
          number: this.#numberOf(job),
          printer: this.#nameOf(job.printer),
          wantedAt: job.wantedAt,
        })),
      questions: this.desk
        .questions()
        .slice(0, LISTED)
        .map((job) => ({
          seq: job.seq,
          number: this.#numberOf(job),
          words: job.words ?? '',
          sure: job.status === 'failed',
        })),
    };
  }

  /** What is good to know of a printer that works. */
  notices(): readonly string[] {
    return this.#queue
      .lanes()
      .filter(({ trouble, paperLow }) => trouble === null && paperLow)
      .map(({ setting }) => `${setting.name}: the paper ends soon. Have a new roll at hand.`);
  }

  #waitingAt(id: string): number {
    const open = this.#journal.tickets.open();
    return open.filter(({ printer, status }) => printer === id && (status === 'wanted' || status === 'held'))
      .length;
  }

  #canPrint(id: string): boolean {
    return this.stateOf(id)?.trouble === null || this.#queue.standInOf(id) !== null;
  }

  #nameOf(id: string): string {
    return this.#printers().find((printer) => printer.id === id)?.name ?? 'a printer that is gone';
  }

  #numberOf({ key }: TicketJob): string {
    return this.#journal.get(key)?.document.number ?? key.id;
  }
}

/** A journal that began anew, or lost something, does not know what was printed before. */
function trustedSince({ opening, lostCommits, createdAt }: Journal): Ms {
  return opening.kind === 'new' || opening.kind === 'set_aside' || lostCommits ? createdAt : 0;
}
