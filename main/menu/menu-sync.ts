import type { Log } from '../core/log';
import type { MenuCursor } from '../core/menu';
import type { Ms, Trouble } from '../core/order';
import { type PosProvider, PosUnreachable } from '../pos/provider';
import { MenuDraft } from './menu-draft';
import { isFullReadDue, waitAfterFailure } from './menu-schedule';
import type { MenuStore } from './menu-store';

export interface MenuSyncOptions {
  readonly provider: Pick<PosProvider, 'name' | 'readMenu'>;
  readonly store: MenuStore;
  readonly log: Log;
  readonly now: () => Ms;
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

/** Keeps one till's menu in step: in full at start and each night, only the changes in between. */
export class MenuSync {
  readonly #options: Required<MenuSyncOptions>;
  readonly #listeners = new Set<(state: MenuSyncState) => void>();
  #running: { readonly mode: Mode; readonly done: Promise<MenuSyncState> } | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Counts starts and stops: a read that a stop overtook must not touch the menu any more. */
  #era = 0;
  #started = false;
  #failures = 0;
  #lastFullAt: Ms | null = null;
  #trouble: Trouble | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: MenuSyncOptions) {
    this.#options = { intervalMs: 180_000, retryMs: 15_000, ...options };
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
   * No more reads; one that is under way is left to end, and its menu is dropped.
   * Resolves once the menu in use is on disk.
   */
  async stop(): Promise<void> {
    this.#started = false;
    this.#era += 1;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#saving;
  }

  /** Reads the whole menu now. Never rejects: trouble is part of the state. */
  async syncNow(): Promise<MenuSyncState> {
    // A read of changes that is under way may have begun before what the manager has just changed.
    while (this.#running !== null && this.#running.mode === 'changes') await this.#running.done;
    return this.#running?.done ?? this.#run('full');
  }

  #schedule(waitMs: Ms): void {
    if (!this.#started) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#running === null) void this.#run(this.#mode());
    }, waitMs);
  }

  #mode(): Mode {
    const { now, timezone } = this.#options;
    return isFullReadDue(this.#lastFullAt, now(), timezone) ? 'full' : 'changes';
  }

  #run(mode: Mode): Promise<MenuSyncState> {
    const done = this.#read(mode).then((waitMs) => {
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
  async #read(mode: Mode): Promise<Ms> {
    const { provider, store, log, now, intervalMs, retryMs } = this.#options;
    const began = now();
    const logName = provider.name.toUpperCase();
    const era = this.#era;
    try {
      const base = store.current(provider.name);
      const menu = new MenuDraft(mode === 'changes' ? base?.index.menu : undefined);
      const since = mode === 'changes' ? base?.cursor : undefined;
      const cursor = await this.#fill(menu, since);
      if (this.#era !== era) return 0;
      const finished = menu.finish();
      // A till does not lose its whole menu overnight. A server that answers with nothing happens.
      if (finished.items.length === 0 && (base?.index.menu.items.length ?? 0) > 0) throw new EmptyMenu();
      // The disk is not waited for: the menu is in use from here on, and the store logs what goes wrong with it.
      if (mode === 'full' || menu.changed)
        this.#saving = store.replace(provider.name, finished, cursor, now());
      else store.confirm(provider.name, cursor, now());
      if (mode === 'full') this.#lastFullAt = began;
      this.#failures = 0;
      this.#trouble = null;
      const fields = { provider: logName, mode, items: finished.items.length, duration_ms: now() - began };
      log[mode === 'full' || menu.changed ? 'info' : 'debug']('menu_synced', fields);
      return intervalMs;
    } catch (error) {
      this.#failures += 1;
      this.#trouble = troubleOf(error);
      log.warn('menu_sync_failed', { provider: logName, mode, code: this.#trouble.code });
      const askedFor = error instanceof PosUnreachable ? error.retryAfterMs : null;
      return waitAfterFailure(this.#failures, retryMs, intervalMs, askedFor);
    }
  }

  /** Pours the till's pages into the draft. A stream that ends without its `end` was cut off. */
  async #fill(draft: MenuDraft, since: MenuCursor | undefined): Promise<MenuCursor> {
    for await (const change of this.#options.provider.readMenu(since)) {
      if (change.kind === 'end') return change.cursor;
      draft.apply(change);
      // Pages that were fetched ahead come without a pause; orders and the screen must get their turn.
      await new Promise(setImmediate);
    }
    throw new Error('The menu ended before its end.');
  }
}

class EmptyMenu extends Error {}

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
