import type { Log } from '../core/log';
import { unreachable } from '../core/never';
import type { Ms, Order, OrderKey } from '../core/order';
import { kitchenTicket, unfinishedAbove } from '../core/ticket';
import { duplicateNumber, type TicketJob, type TicketStatus, ticketStep } from '../core/ticket-job';
import { COLUMNS, type Row } from '../core/ticket-layout';
import type { PrinterSetting } from '../core/ticket-printer';
import { unclearWords } from '../core/ticket-words';
import type { PrintOutcome } from './printer';
import type { PrinterLane } from './printer-lane';

/** The tickets on disk. */
export interface TicketBook {
  /** What is not on paper and not given up, oldest first. */
  open(): readonly TicketJob[];
  of(key: OrderKey): readonly TicketJob[];
  /** @returns whether it was still at `from`. Throws when the disk does not take it. */
  move(seq: number, from: TicketStatus, to: TicketStatus, words?: string | null): boolean;
  tidy(): boolean;
}

export interface TurnOptions {
  readonly book: TicketBook;
  readonly order: (key: OrderKey) => Order | undefined;
  readonly printers: () => readonly PrinterSetting[];
  /** IANA. */
  readonly timezone: string;
  /** Orders placed before may have had their tickets printed by a journal that is gone. */
  readonly trustedSince: Ms;
  /** Something of the state is different. */
  readonly onChange: () => void;
  readonly log: Log;
  readonly now: () => Ms;
}

/** What has happened to a ticket, and is to be written down. */
export interface TicketMove {
  readonly seq: number;
  readonly from: TicketStatus;
  readonly to: TicketStatus;
  readonly words: string | null;
}

/** Nobody wants the ticket any more when its first byte is about to leave. */
class NotWanted extends Error {
  override readonly name = 'NotWanted';
}

/**
 * One ticket's turn on a printer. `sending` is on disk before the first byte leaves.
 * @returns what became of it; `null` when it is as it was.
 */
export async function printTicket(
  lane: PrinterLane,
  job: TicketJob,
  options: TurnOptions,
): Promise<TicketMove | null> {
  const { book, log, now, order: find, trustedSince } = options;
  const { seq, key, issue, copy } = job;
  const fields = { printer: lane.setting.name, order_id: key.id, channel: key.channel, issue, copy };
  let begun = false;
  let refused = false;
  const begin = (): void => {
    refused = true;
    const isWanted = ticketStep(job, find(key), now(), trustedSince).kind !== 'drop';
    if (!isWanted || !book.move(seq, 'wanted', 'sending')) throw new NotWanted();
    refused = false;
    begun = true;
  };
  const onTrouble = (trouble: PrinterLane['trouble']): void => {
    lane.trouble = trouble;
    options.onChange();
  };
  try {
    const outcome = await lane.printer.print(rowsOf(lane, job, options), { begin, onTrouble });
    const because = outcome.kind === 'failed' ? { because: outcome.because } : {};
    log.info('ticket', { ...fields, outcome: outcome.kind, ...because });
    return ended(lane, seq, outcome);
  } catch (error) {
    if (error instanceof NotWanted) return null;
    log.error('ticket_failed', { ...fields, error: String(error) });
    lane.rest();
    // The disk does not take it: nothing was sent, and it is tried again. Anything else would only happen again.
    if (refused) return null;
    const words = 'This ticket could not be made. Write it by hand, and tell support.';
    return { seq, from: begun ? 'sending' : 'wanted', to: begun ? 'unclear' : 'failed', words };
  }
}

function rowsOf({ setting, hasHalf }: PrinterLane, job: TicketJob, options: TurnOptions): readonly Row[] {
  const { book, now, order: find, timezone, printers } = options;
  const order = find(job.key);
  if (order === undefined) throw new NotWanted();
  const meant = printers().find(({ id }) => id === job.printer);
  const facts = {
    timezone,
    now: now(),
    duplicate: duplicateNumber(job, book.of(job.key)),
    copy: job.copy,
    copies: job.copies,
    standsInFor: meant === undefined || meant.id === setting.id ? null : meant.name,
  };
  const columns = COLUMNS[setting.width];
  return [...(hasHalf ? unfinishedAbove(columns) : []), ...kitchenTicket(order, facts, columns)];
}

function ended(lane: PrinterLane, seq: number, outcome: PrintOutcome): TicketMove | null {
  const from = 'sending';
  switch (outcome.kind) {
    case 'printed':
      lane.heard(null, outcome.paperLow);
      lane.hasHalf = false;
      return { seq, from, to: 'printed', words: null };
    case 'not_sent':
      lane.heard(outcome.trouble, false);
      return null;
    case 'unclear':
      lane.hasHalf = true;
      lane.heard(outcome.trouble === 'gone' ? 'off' : outcome.trouble, false);
      return { seq, from, to: 'unclear', words: unclearWords(lane.setting.name, outcome.trouble) };
    case 'failed':
      lane.heard(null, false);
      return { seq, from, to: 'failed', words: outcome.words };
    default:
      return unreachable(outcome);
  }
}
