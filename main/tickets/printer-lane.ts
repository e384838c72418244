import { isDeepStrictEqual } from 'node:util';
import type { Ms } from '../core/order';
import type { PrinterSetting } from '../core/ticket-printer';
import type { PrinterTrouble } from '../core/ticket-words';
import type { TicketPrinter } from './printer';

/** In milliseconds. */
export interface LanePauses {
  /** After trouble it is tried again so soon: a new roll takes half a minute. */
  readonly rest: Ms;
  /** While nothing is to be printed it is asked so often how it is: whoever finds out with a ticket finds out too late. */
  readonly idle: Ms;
}

const PAUSES: LanePauses = { rest: 5_000, idle: 30_000 };

export interface LaneOptions {
  readonly open: (setting: PrinterSetting) => TicketPrinter;
  /** It may be asked again. */
  readonly wake: () => void;
  readonly pauses?: LanePauses;
}

/** One printer, what it said last, and when it is to be asked again. One thing at a time happens on it. */
export class PrinterLane {
  setting: PrinterSetting;
  printer: TicketPrinter;
  trouble: PrinterTrouble | null = null;
  paperLow = false;
  /** Half a ticket may hang out of it: the next one must be told apart from it. */
  hasHalf = false;
  isBusy = false;
  /** It had trouble a moment ago. */
  isResting = false;
  /** Nobody has asked it for a while. */
  isCheckDue = true;
  readonly #options: LaneOptions;
  readonly #pauses: LanePauses;
  #timer: NodeJS.Timeout | undefined;

  constructor(setting: PrinterSetting, options: LaneOptions) {
    this.setting = setting;
    this.#options = options;
    this.#pauses = options.pauses ?? PAUSES;
    this.printer = options.open(setting);
  }

  /** The settings as they are now. What is under way ends as it began. */
  use(setting: PrinterSetting): void {
    const isSamePrinter = isDeepStrictEqual(setting.connection, this.setting.connection);
    const isSamePaper = setting.width === this.setting.width;
    this.setting = setting;
    if (isSamePrinter && isSamePaper) return;
    this.printer = this.#options.open(setting);
    this.isCheckDue = true;
    this.isResting = false;
  }

  get isFree(): boolean {
    return !this.isBusy && !this.isResting;
  }

  /** What it just said. @param trouble `null`: it works */
  heard(trouble: PrinterTrouble | null, paperLow: boolean): void {
    this.trouble = trouble;
    if (trouble === null) this.paperLow = paperLow;
    this.isCheckDue = false;
    if (trouble === null) this.#after(this.#pauses.idle, () => (this.isCheckDue = true));
    else this.rest();
  }

  /** Leaves it alone for a moment. */
  rest(): void {
    this.isResting = true;
    this.#after(this.#pauses.rest, () => {
      this.isResting = false;
      this.isCheckDue = true;
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.printer.close();
  }

  #after(wait: Ms, change: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      change();
      this.#options.wake();
    }, wait);
  }
}
