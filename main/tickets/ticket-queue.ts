import { unreachable } from '../core/never';
import { isOpen, type Ms } from '../core/order';
import { type TicketJob, type TicketStatus, ticketStep } from '../core/ticket-job';
import type { PrinterSetting } from '../core/ticket-printer';
import { STOPPED_WORDS } from '../core/ticket-words';
import type { TicketPrinter } from './printer';
import { type LanePauses, PrinterLane } from './printer-lane';
import { printTicket, type TicketMove, type TurnOptions } from './ticket-turn';

export interface TicketQueueOptions extends TurnOptions {
  readonly open: (setting: PrinterSetting) => TicketPrinter;
  readonly pauses?: LanePauses;
}

/** A timer is never longer than this, so that a machine that slept or whose clock moved looks again soon. */
const LONGEST_NAP_MS = 30_000;
/** So long an end waits for the printer's word; after that a person is asked. */
const STOP_WAITS_MS = 2_000;

/**
 * Brings wanted tickets onto paper, each at most once by itself. What it knows is on disk: `sending` is written before the
 * first byte leaves, and whatever is `sending` when the app starts is a person's question.
 */
export class TicketQueue {
  readonly #options: TicketQueueOptions;
  readonly #lanes = new Map<string, PrinterLane>();
  readonly #underWay = new Map<number, Promise<void>>();
  /** What happened and the disk did not take yet. */
  readonly #unwritten: TicketMove[] = [];
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #running = false;

  constructor(options: TicketQueueOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    for (const { seq, status } of this.#options.book.open()) {
      if (status === 'sending') this.#settle({ seq, from: 'sending', to: 'unclear', words: STOPPED_WORDS });
    }
    this.#tidy();
    this.wake();
  }

  /** Lets a ticket that is at its printer end, if that takes no longer than a moment. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    const closing = setTimeout(() => this.#closeLanes(), STOP_WAITS_MS);
    await Promise.all(this.#underWay.values());
    clearTimeout(closing);
    this.#closeLanes();
  }

  /** Something may be to be printed, or a setting is different; many calls make one look. */
  wake(): void {
    if (!this.#running || this.#immediate !== undefined) return;
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#pass();
    });
  }

  /** The printers as they were heard last, in the order of the settings. */
  lanes(): readonly Pick<PrinterLane, 'setting' | 'trouble' | 'paperLow'>[] {
    return this.#options.printers().flatMap(({ id }) => this.#lanes.get(id) ?? []);
  }

  /** The printer that prints in the place of one that has trouble; `null` when there is none, or no need. */
  standInOf(id: string): PrinterLane | null {
    const lane = this.#lanes.get(id);
    if (lane === undefined || lane.trouble === null || lane.setting.backup === null) return null;
    const other = this.#lanes.get(lane.setting.backup);
    return other === undefined || other === lane || other.trouble !== null ? null : other;
  }

  #pass(): void {
    clearTimeout(this.#timer);
    if (!this.#running) return;
    this.#followSettings();
    for (const move of this.#unwritten.splice(0)) this.#settle(move);
    const now = this.#options.now();
    let nextAt = now + LONGEST_NAP_MS;
    const due: TicketJob[] = [];
    for (const job of this.#options.book.open()) {
      if (this.#underWay.has(job.seq)) continue;
      const at = this.#consider(job, now);
      if (at !== null && at <= now) due.push(job);
      else if (at !== null) nextAt = Math.min(nextAt, at);
    }
    for (const lane of this.#lanes.values()) if (lane.isFree) this.#employ(lane, due);
    this.#timer = setTimeout(() => this.#pass(), Math.max(1, nextAt - now));
    this.#options.onChange();
  }

  #followSettings(): void {
    const { open, pauses } = this.#options;
    const settings = this.#options.printers();
    for (const setting of settings) {
      const lane = this.#lanes.get(setting.id);
      if (lane === undefined) {
        this.#lanes.set(setting.id, new PrinterLane(setting, { open, pauses, wake: () => this.wake() }));
      } else lane.use(setting);
    }
    for (const [id, lane] of this.#lanes) {
      if (lane.isBusy || settings.some((setting) => setting.id === id)) continue;
      lane.close();
      this.#lanes.delete(id);
    }
  }

  /** @returns when a ticket is to be printed; `null` when not by itself. */
  #consider(job: TicketJob, now: Ms): Ms | null {
    const { order: find, trustedSince } = this.#options;
    const order = find(job.key);
    const { seq, status: from } = job;
    const move = (to: TicketStatus, words: string | null = null): null => {
      // A disk that does not take it leaves it as it is: the next look tries again.
      this.#move({ seq, from, to, words });
      return null;
    };
    switch (from) {
      case 'wanted': {
        if (!this.#lanes.has(job.printer))
          return move('failed', 'Its printer is not in the settings any more.');
        const step = ticketStep(job, order, now, trustedSince);
        if (step.kind === 'wait') return step.at;
        if (step.kind === 'print') return now;
        return move(step.kind === 'hold' ? 'held' : 'dropped');
      }
      case 'held':
      case 'failed':
        // Nobody cooks it any more, so that nobody need decide.
        return order !== undefined && isOpen(order) ? null : move('dropped');
      case 'unclear':
        return order !== undefined && isOpen(order) ? null : move('printed');
      case 'sending':
      case 'printed':
      case 'dropped':
        return null;
      default:
        return unreachable(from);
    }
  }

  #employ(lane: PrinterLane, due: readonly TicketJob[]): void {
    const free = due.filter(({ seq }) => !this.#underWay.has(seq));
    const { id } = lane.setting;
    const job =
      free.find(({ printer }) => printer === id) ??
      free.find(({ printer }) => this.standInOf(printer) === lane);
    if (job !== undefined) this.#begin(lane, job.seq, () => this.#print(lane, job));
    // Numbers below zero are no tickets: a look at how the printer is, which an end waits for, too.
    else if (lane.isCheckDue)
      this.#begin(lane, -1 - [...this.#lanes.values()].indexOf(lane), () => this.#check(lane));
  }

  #begin(lane: PrinterLane, seq: number, work: () => Promise<void>): void {
    lane.isBusy = true;
    const ended = work()
      .catch((error: unknown) => {
        // A defect: the printer is left alone for a moment, and the others go on.
        this.#options.log.error('ticket_failed', { printer: lane.setting.name, error: String(error) });
        lane.rest();
      })
      .finally(() => {
        lane.isBusy = false;
        this.#underWay.delete(seq);
        this.wake();
      });
    this.#underWay.set(seq, ended);
  }

  async #check(lane: PrinterLane): Promise<void> {
    const state = await lane.printer.check();
    if (state.kind === 'ready') lane.heard(null, state.paperLow);
    else lane.heard(state.trouble, false);
  }

  async #print(lane: PrinterLane, job: TicketJob): Promise<void> {
    const move = await printTicket(lane, job, this.#options);
    if (move !== null) this.#settle(move);
  }

  /** What has happened must be written down: when the disk does not take it now, then later. */
  #settle(move: TicketMove): void {
    if (!this.#move(move)) this.#unwritten.push(move);
  }

  /** @returns whether the disk took it. */
  #move({ seq, from, to, words }: TicketMove): boolean {
    try {
      this.#options.book.move(seq, from, to, words);
      return true;
    } catch (error) {
      this.#options.log.warn('ticket_not_written', { status: to, error: String(error) });
      return false;
    }
  }

  #tidy(): void {
    try {
      if (this.#running && this.#options.book.tidy()) setImmediate(() => this.#tidy());
    } catch (error) {
      // The next start tidies as well.
      this.#options.log.warn('tickets_not_tidied', { error: String(error) });
    }
  }

  #closeLanes(): void {
    for (const lane of this.#lanes.values()) lane.close();
  }
}
