import type { Row } from '../core/ticket-layout';
import type { PrinterTrouble } from '../core/ticket-words';

/** How a printer is, by its own word. */
export type PrinterState =
  | { readonly kind: 'ready'; readonly paperLow: boolean }
  | { readonly kind: 'trouble'; readonly trouble: PrinterTrouble };

/** What became of a ticket, by what is to be done next. */
export type PrintOutcome =
  /** `proven`: the printer said that it has worked through it; otherwise it only took it, and cannot say more. */
  | { readonly kind: 'printed'; readonly proven: boolean; readonly paperLow: boolean }
  /** Nothing of it left this computer: it may be tried again, here or elsewhere. */
  | { readonly kind: 'not_sent'; readonly trouble: PrinterTrouble }
  /** Something of it left, and nobody knows more. */
  | { readonly kind: 'unclear'; readonly trouble: PrinterTrouble }
  /** It was certainly not printed; `because` is the system's own reason, for the log. */
  | { readonly kind: 'failed'; readonly words: string; readonly because: string };

export interface PrintWatcher {
  /** The first byte is about to leave: it is written down first. What it throws ends the printing, with nothing sent. */
  begin(): void;
  /** What the printer complains about while it has the ticket; `null` once that is over. */
  onTrouble(trouble: PrinterTrouble | null): void;
}

/** One printer. One thing at a time: most take one connection only. */
export interface TicketPrinter {
  check(): Promise<PrinterState>;
  /** Rejects only with what `begin` threw. */
  print(rows: readonly Row[], watcher: PrintWatcher): Promise<PrintOutcome>;
  /** Ends what is under way; what was sent by then is `unclear`. */
  close(): void;
}
