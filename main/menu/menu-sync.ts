import type { Log } from '../core/log';
import type { Ms, Trouble } from '../core/order';
import { PosUnreachable } from '../pos/provider';
import { EmptyMenu, type MenuRead, MenuReader, type MenuReaderOptions } from './menu-reader';
import { isFullReadDue, waitAfterFailure } from './menu-schedule';

export interface MenuSyncOptions extends MenuReaderOptions {
  readonly log: Log;
  /** For the nightly full read. */
  readonly timezone: string;
  /** Between two reads of changes; 3 minutes by default. */
  readonly intervalMs?: Ms;
  /** After a first failure, doubling up to `intervalMs`; 15 seconds by default. */
  readonly retryMs?: Ms;
}

export interface MenuSyncState {
  /** When the menu in use was last in step with the till; `null` when there is none. */
  readonly syncedAt: Ms | null;
  readonly items: number;
  /** Why the last read failed. The menu in use is then the last good one. */
  readonly trouble: Trouble | null;
}

type Mode = 'full' | 'changes';
type Settled = MenuSyncOptions & Required<Pick<MenuSyncOptions, 'intervalMs' | 'retryMs'>>;

/** Keeps one till's menu in step: in full at start and each night, only the changes in between. */
export class MenuSync {
  readonly #options: Settled;
  readonly #reader: MenuReader;
  readonly #listeners = new Set<(state: MenuSyncState) => void>();
  #running: { readonly mode: Mode; readonly done: Promise<MenuSyncState> } | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Counts starts and stops: a read that a stop overtook must not touch the menu any more. */
  #era = 0;
  #stopping = new AbortController();
  #catchingUp: Promise<MenuSyncState> | null = null;
  #started = false;
  #failures = 0;
  #lastFullAt: Ms | null = null;
  #trouble: Trouble | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: MenuSyncOptions) {
    this.#options = { intervalMs: 180_000, retryMs: 15_000, ...options };
    this.#reader = new MenuReader(options);
  }

  get state(): MenuSyncState {
    const current = this.#options.store.current(this.#options.provider.name);
    return {
      syncedAt: current?.syncedAt ?? null,
      items: current?.index.menu.items.length ?? 0,
      trouble: this.#trouble,
    };
  }

  /** Calls back after each read, good or bad; returns how to stop. */
  onChange(listener: (state: MenuSyncState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads at once and then again and again. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#schedule(0);
  }

  /**
   * No more reads; one that is under way is cut off, and what it has got is left on disk for the next start.
   * Resolves once that and the menu in use are there.
   */
  async stop(): Promise<void> {
    this.#started = false;
    this.#era += 1;
    this.#stopping.abort();
    this.#stopping = new AbortController();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await Promise.all([this.#saving, this.#reader.leave()]);
  }

  /** Reads the whole menu now. Never rejects: trouble is part of the state. */
  async syncNow(): Promise<MenuSyncState> {
    // A read of changes that is under way may have begun before what the manager has just changed.
    while (this.#running !== null && this.#running.mode === 'changes') await this.#running.done;
    return this.#running?.done ?? this.#run('full', true);
  }

  /**
   * Reads now what would be read next: the rest of a read that broke off, else the changes. For when the till says that
   * something changed, or is back; however often it says so during a read, one more follows. Never rejects.
   */
  catchUp(): Promise<MenuSyncState> {
    if (this.#running === null) return this.#run(this.#mode(), false);
    // What is under way may have asked before what has just changed.
    this.#catchingUp ??= this.#afterRunning(this.#era);
    return this.#catchingUp;
  }

  async #afterRunning(era: number): Promise<MenuSyncState> {
    while (this.#running !== null) await this.#running.done;
    this.#catchingUp = null;
    return this.#era === era ? this.#run(this.#mode(), false) : this.state;
  }

  #schedule(waitMs: Ms): void {
    if (!this.#started) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#running === null) void this.#run(this.#mode(), false);
    }, waitMs);
  }

  #mode(): Mode {
    const { now, timezone } = this.#options;
    return isFullReadDue(this.#lastFullAt, now(), timezone) ? 'full' : 'changes';
  }

  #run(mode: Mode, fresh: boolean): Promise<MenuSyncState> {
    const done = this.#read(mode, fresh).then((waitMs) => {
      this.#running = null;
      this.#schedule(waitMs);
      const { state } = this;
      for (const listener of this.#listeners) listener(state);
      return state;
    });
    this.#running = { mode, done };
    return done;
  }

  /** One read from beginning to end. Never rejects; answers how long to wait for the next one. */
  async #read(mode: Mode, fresh: boolean): Promise<Ms> {
    const { now, intervalMs } = this.#options;
    const began = now();
    const era = this.#era;
    const { signal } = this.#stopping;
    let read: MenuRead | undefined;
    try {
      read = await (mode === 'full' ? this.#reader.full(signal, fresh) : this.#reader.changes(signal));
      if (this.#era === era) {
        // The disk is not waited for: the menu is in use from here on, and the store logs what goes wrong with it.
        this.#saving = this.#reader.use(read);
        if (mode === 'full') this.#lastFullAt = read.beganAt;
        this.#failures = 0;
        this.#trouble = null;
        this.#tell(mode, read, now() - began);
        // Pages from before an interruption may be some minutes old: what changed since is read at once.
        return read.resumed ? 0 : intervalMs;
      }
    } catch (error) {
      if (this.#era === era) return this.#fail(mode, error);
    }
    // A stop overtook it.
    await this.#reader.leave(read);
    return 0;
  }

  #tell(mode: Mode, { index, changed, resumed }: MenuRead, duration_ms: Ms): void {
    const { log } = this.#options;
    const fields = { ...this.#logged, mode, resumed, items: index.menu.items.length, duration_ms };
    log[changed ? 'info' : 'debug']('menu_synced', fields);
    const { doubledSkus } = index;
    if (!changed || doubledSkus.length === 0) return;
    log.warn('menu_skus_doubled', { ...this.#logged, skus: doubledSkus.slice(0, 10).join(', ') });
  }

  #fail(mode: Mode, error: unknown): Ms {
    const { log, intervalMs, retryMs } = this.#options;
    this.#failures += 1;
    this.#trouble = troubleOf(error);
    log.warn('menu_sync_failed', { ...this.#logged, mode, code: this.#trouble.code });
    const askedFor = error instanceof PosUnreachable ? error.retryAfterMs : null;
    return waitAfterFailure(this.#failures, retryMs, intervalMs, askedFor);
  }

  get #logged() {
    return { provider: this.#options.provider.name.toUpperCase() };
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof PosUnreachable) return error.trouble;
  if (error instanceof EmptyMenu) {
    return { code: 'menu_empty', words: 'The till’s menu came back empty. The last good one stays in use.' };
  }
  return {
    code: 'menu_unreadable',
    words: 'The till’s menu cannot be read. The last good one stays in use.',
  };
}
