import type { Log } from '../../core/log';
import { unreachable } from '../../core/never';
import type { Ms } from '../../core/order';
import { JournalUnavailable } from '../intake';
import { ARCHIVE_START } from './archive-store';
import { noteDamage } from './damage-mark';
import type { Journal } from './journal';
import type { OrderPlace } from './rows';
import { CHECK_DUE, CHECKED_AT } from './start-check';
import { checkWhole, type WholeCheck } from './whole-check';

export interface UpkeepOptions {
  readonly journal: Journal;
  readonly path: string;
  /** The journal's. */
  readonly key: string;
  readonly now: () => Ms;
  readonly log: Log;
  /** A part of the file is damaged. The board is whole, and at the next start the file is moved aside. */
  readonly onDamage: () => void;
  /** How long to leave the start alone, in milliseconds. */
  readonly startAfterMs?: number;
  /** How long nothing may have happened to an order before anything is done here, in milliseconds. */
  readonly quietMs?: number;
  /** Between two steps, in milliseconds. */
  readonly pauseMs?: number;
}

/** Chromium, the menu and the tills have the computer first. */
const START_AFTER_MS = 15_000;
const QUIET_MS = 2_000;
/** Between two orders of an evening there is time to bring what was committed into the file. */
const LOG_QUIET_MS = 300;
const STEPS_LOGGED = 8;
/** Steps are short and pauses long: three quarters of the time are left to everything else. */
const PAUSE_MS = 20;
/** A step that took less does more the next time, one that took longer less; the aim is well below 20 ms. */
const STEP_MS = 5;
const MOST_ORDERS = 16;
const PAGES = 32;
/** What is due only grows old: several walks a day find nothing but what another day added. */
const EVERY_MS: Ms = 6 * 3_600_000;
/** A sound disk may go bad under a file that is always ended tidily. */
const CHECK_EVERY_MS: Ms = 7 * 86_400_000;

/** What is left to do until the next walk. */
type Work =
  | { readonly kind: 'forget'; readonly from: OrderPlace }
  | { readonly kind: 'index' | 'shrink' | 'empty_log' | 'rest' };

const REST: Work = { kind: 'rest' };

/**
 * Keeps the journal small and sound while nobody needs it: makes old orders be found, forgets customers, gives space back, keeps the log short, and
 * reads the whole file after an unclean end. Each step is a transaction, so it may die anywhere.
 */
export class Upkeep {
  readonly #options: Required<UpkeepOptions>;
  #work: Work = REST;
  #walkAt = 0;
  /** Steps whose commits are only in the log so far. */
  #logged = 0;
  #orders = 1;
  #timer: NodeJS.Timeout | undefined;
  #lastChange = Number.NEGATIVE_INFINITY;
  #stopListening: (() => void) | undefined;
  #check: Promise<void> = Promise.resolve();
  #isChecking = false;

  constructor(options: UpkeepOptions) {
    const defaults = { startAfterMs: START_AFTER_MS, quietMs: QUIET_MS, pauseMs: PAUSE_MS };
    this.#options = { ...defaults, ...options };
  }

  start(): void {
    const { journal, startAfterMs } = this.#options;
    this.#walkAt = performance.now() + startAfterMs;
    this.#wait(startAfterMs);
    this.#stopListening = journal.onChange(() => {
      const wasIdle = this.#logged === 0 && this.#work.kind === 'rest';
      this.#logged = STEPS_LOGGED;
      this.#lastChange = performance.now();
      if (wasIdle) this.#wait(LOG_QUIET_MS);
    });
  }

  /** The journal may be closed when this resolves: a look at the whole file is waited for. */
  async stop(): Promise<void> {
    this.#stopListening?.();
    clearTimeout(this.#timer);
    await this.#check;
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), ms);
  }

  /** One thing each time, so that everybody else has their turn between two. */
  #tick(): void {
    const { journal, log } = this.#options;
    const restMs = this.#restLeft();
    if (restMs > 0) {
      this.#wait(restMs);
      return;
    }
    try {
      if (this.#isLogLong()) {
        journal.archive.checkpoint();
        this.#logged = 0;
      } else {
        this.#work = this.#step(this.#work);
        this.#logged += 1;
      }
    } catch (error) {
      this.#lastChange = performance.now();
      // A full disk: the same step comes again when it is quiet. Damage is the check's to tell; today's orders go on without this.
      if (!(error instanceof JournalUnavailable)) {
        log.error('upkeep_failed', { error: String(error) });
        this.#work = REST;
        this.#logged = 0;
      }
    }
    this.#wait(Math.max(this.#options.pauseMs, this.#restLeft()));
  }

  /** How long there is nothing to be done, in milliseconds. */
  #restLeft(): number {
    const { journal, quietMs } = this.#options;
    if (journal.disk.status === 'failing') return quietMs;
    const now = performance.now();
    const quietFor = now - this.#lastChange;
    if (this.#isLogLong()) return LOG_QUIET_MS - quietFor;
    if (this.#work.kind === 'rest' && now < this.#walkAt) return this.#walkAt - now;
    // To empty the log is to wait for whoever reads it.
    if (this.#isChecking) return LOG_QUIET_MS;
    return quietMs - quietFor;
  }

  /** It is brought into the file every few steps, when an order came, and before it is emptied. */
  #isLogLong(): boolean {
    return this.#logged >= STEPS_LOGGED || (this.#logged > 0 && this.#work.kind === 'empty_log');
  }

  /** Does the next few milliseconds of it. @returns what is left */
  #step(work: Work): Work {
    const { archive, search } = this.#options.journal;
    switch (work.kind) {
      case 'rest':
        this.#walkAt = performance.now() + EVERY_MS;
        this.#isChecking = true;
        this.#check = this.#checkIfDue().finally(() => {
          this.#isChecking = false;
        });
        return { kind: 'index' };
      case 'index': {
        const more = this.#measured((orders) => search.fill(orders));
        return more ? work : { kind: 'forget', from: ARCHIVE_START };
      }
      case 'forget': {
        const from = this.#measured((orders) => archive.forget(work.from, orders));
        return from === null ? { kind: 'shrink' } : { kind: 'forget', from };
      }
      case 'shrink':
        return archive.shrink(PAGES) ? work : { kind: 'empty_log' };
      case 'empty_log':
        archive.truncateLog();
        return REST;
      default:
        return unreachable(work);
    }
  }

  /** As many orders at once as a step has time for. */
  #measured<T>(step: (orders: number) => T): T {
    const began = performance.now();
    const result = step(this.#orders);
    const more = performance.now() - began < STEP_MS ? 1 : -2;
    this.#orders = Math.min(MOST_ORDERS, Math.max(1, this.#orders + more));
    return result;
  }

  async #checkIfDue(): Promise<void> {
    const { journal, path, key, now, log, onDamage } = this.#options;
    try {
      const checkedAt = Number(journal.kept(CHECKED_AT) ?? 0);
      // Either way: a clock that was set back must not put it off.
      const isDue = journal.kept(CHECK_DUE) === '1' || Math.abs(now() - checkedAt) >= CHECK_EVERY_MS;
      if (!isDue) return;
      const check = await checkWhole(path, key);
      if (check.kind === 'damaged') onDamage();
      this.#note(check);
    } catch (error) {
      // It could not be written down, so it is due at the next walk still.
      log.error('journal_check_not_kept', { error: String(error) });
    }
  }

  #note(check: WholeCheck): void {
    const { journal, now, log } = this.#options;
    switch (check.kind) {
      case 'sound':
        log.info('journal_checked', { status: 'success' });
        journal.keep(CHECK_DUE, '0');
        journal.keep(CHECKED_AT, String(now()));
        return;
      case 'damaged':
        log.error('journal_damaged', { found: check.found });
        noteDamage(this.#options.path);
        return;
      case 'unchecked':
        log.warn('journal_not_checked', { because: check.because });
        return;
      default:
        unreachable(check);
    }
  }
}
