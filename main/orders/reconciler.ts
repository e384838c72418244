import { setImmediate as othersTurn } from 'node:timers/promises';
import { DayAccount, type DayNews, type DayReport, dayStart, type TillDay } from '../core/day-report';
import type { Ms, Order, OrderKey } from '../core/order';
import { refundEventOf, saleOf } from '../core/sale-copy';
import { troubleOf } from './injection-trouble';
import { appendEvent } from './journal/append-event';
import type { BenchTill } from './till-bench';
import type { TillParts } from './till-parts';

export interface ReconcilerOptions extends Pick<TillParts, 'journal' | 'bench' | 'now' | 'log'> {
  readonly timezone: string;
  readonly currency: string;
  /** Whether the store is open now. */
  readonly isOpen: () => boolean;
  /** What staff call a till. */
  readonly nameOf: (till: BenchTill['till']) => string;
  readonly onReport: (report: DayReport) => void;
  /** Calls back after some milliseconds; returns how to call it off. */
  readonly timer?: (wake: () => void, ms: Ms) => () => void;
}

const EVERY_MS: Ms = 15 * 60_000;
/** How often it is looked whether it is time, or whether the store has closed. */
const TICK_MS: Ms = 60_000;
/** Orders of these days before are known, too: one may have been placed for today. */
const EARLIER_MS: Ms = 7 * 86_400_000;

/**
 * Holds the day's orders against the receipts in the tills, every 15 minutes while the store is open, once when it
 * closes, and when somebody asks. What turns up that the journal did not know is written there.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #report: DayReport | null = null;
  #looking: Promise<DayReport> | null = null;
  #callOff: (() => void) | undefined;
  #wasOpen = false;
  #running = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** The last one; `null` before the first. */
  get report(): DayReport | null {
    return this.#report;
  }

  start(): void {
    this.#running = true;
    this.#wasOpen = this.#options.isOpen();
    this.#wait();
  }

  /** Lets what is under way end. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#callOff?.();
    await this.#looking;
  }

  /** Asks the tills now; one look that is under way is waited for. Never rejects for what a till does. */
  look(): Promise<DayReport> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** A till that was away may have kept what it never answered, and another one has been sold it since. */
  tillBack(): void {
    const { now } = this.#options;
    const isRecent = Math.abs(now() - (this.#report?.at ?? 0)) < TICK_MS;
    // One that comes and goes is not asked for the whole day each time.
    if (this.#running && !isRecent) this.#lookAndTell();
  }

  /** Resolves when no look is under way. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  #wait(): void {
    const { timer = setTimer } = this.#options;
    this.#callOff = timer(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    const { isOpen, now } = this.#options;
    const open = isOpen();
    const isClosing = this.#wasOpen && !open;
    // Either way: a clock that was set back must not put it off.
    const isDue = open && Math.abs(now() - (this.#report?.at ?? 0)) >= EVERY_MS;
    this.#wasOpen = open;
    if (isDue || isClosing) this.#lookAndTell();
    if (this.#running) this.#wait();
  }

  #lookAndTell(): void {
    const { log } = this.#options;
    this.look().catch((error: unknown) => log.error('reconciliation_broken', { error: String(error) }));
  }

  async #look(): Promise<DayReport> {
    const { journal, bench, now, timezone, currency, log, onReport } = this.#options;
    const at = now();
    const from = dayStart(at, timezone);
    const references = await inParts(journal.references(from - EARLIER_MS, at));
    const tills = await Promise.all(bench.all().map((till) => this.#ask(till, from, references)));
    // After the tills were asked: whatever is in their answers is in the journal by now.
    const account = new DayAccount({ tills, from, at, currency });
    account.know(references);
    for (const orders of journal.receivedSince(from)) {
      this.#write(account.add(orders));
      await othersTurn();
    }
    const report = account.report();
    this.#report = report;
    const counts = { orders: report.orders, in_till: report.inTill, open: report.open };
    log.info('day_reconciled', { ...counts, findings: report.findings.length, status: 'success' });
    onReport(report);
    return report;
  }

  async #ask(till: BenchTill, since: Ms, references: readonly string[]): Promise<TillDay> {
    const { bench, log, nameOf } = this.#options;
    const day = { till: till.till.key, name: nameOf(till.till) };
    const gate = bench.gate(till);
    if (gate.isClosed()) return { ...day, sales: null };
    try {
      return { ...day, sales: await gate.pass(() => till.provider.listSales(since, references)) };
    } catch (error) {
      log.warn('sales_not_listed', { provider: till.till.key, code: troubleOf(error).code });
      return { ...day, sales: null };
    }
  }

  /** Each inside the transaction that reads the order as it is by now. @throws {JournalUnavailable} */
  #write({ found, copied, gone }: DayNews): void {
    const { journal, log } = this.#options;
    for (const { key, till, sale } of found) {
      const written = appendEvent(journal, key, (order) =>
        isUnsettled(order) ? { type: 'injected', provider: till, sale, found: true } : undefined,
      );
      if (written !== undefined)
        log.warn('sale_turned_up', { ...named(key), provider: till, receipt: sale.number });
    }
    for (const { key, till, name, sale } of copied) {
      const written = appendEvent(journal, key, ({ injection, copies }) =>
        injection.status !== 'injected' || copies.some((copy) => copy.till === till)
          ? undefined
          : { type: 'copy_found', till, name, sale },
      );
      if (written !== undefined)
        log.error('sale_in_two_tills', { ...named(key), provider: till, receipt: sale.number });
    }
    for (const { key, copy } of gone) {
      const { number, total } = copy.sale;
      const refund = { number, total, calledOff: true } as const;
      appendEvent(journal, key, (order) =>
        saleOf(order, copy.till)?.refund === null
          ? refundEventOf(copy.till, { type: 'refunded', refund, found: true })
          : undefined,
      );
    }
  }
}

/** All of it, with everybody else's turn between two parts. */
async function inParts<T>(parts: Iterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for (const part of parts) {
    all.push(...part);
    await othersTurn();
  }
  return all;
}

/** What is under way right now is for the one who waits for its answer. */
function isUnsettled({ injection }: Order): boolean {
  return injection.status !== 'injected' && injection.status !== 'injecting';
}

function named({ id }: OrderKey): { readonly order_id: string } {
  return { order_id: id };
}

function setTimer(wake: () => void, ms: Ms): () => void {
  const timer = setTimeout(wake, ms);
  return () => clearTimeout(timer);
}
