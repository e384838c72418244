import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/log';
import { indexMenu, type Menu, type MenuCursor, type MenuIndex } from '../core/menu';
import type { Ms } from '../core/order';
import { readMenuFile, writeMenuFile } from './menu-file';

/** The menu in use for one till. */
export interface CurrentMenu {
  readonly index: MenuIndex;
  readonly cursor: MenuCursor;
  /** When its last read ended. */
  readonly syncedAt: Ms;
}

interface MenuStoreOptions {
  /** The app's data folder; made if it is not there. */
  readonly folder: string;
  readonly log: Log;
}

/**
 * The menus in use, by till, in memory; a file for each, so that orders can be mapped after a start without the
 * Internet. The files hold nothing that the till does not have: a lost one is read again.
 */
export class MenuStore {
  readonly #folder: string;
  readonly #log: Log;
  readonly #menus = new Map<string, CurrentMenu>();
  readonly #listeners = new Set<(tillKey: string) => void>();
  /** The last write of each till: the next one waits for it. */
  readonly #writes = new Map<string, Promise<void>>();

  constructor({ folder, log }: MenuStoreOptions) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Brings back what was stored. A file that cannot be used counts as absent. Never undoes a newer menu. */
  async load(tillKey: string): Promise<MenuIndex | undefined> {
    const file = await readMenuFile(this.#path(tillKey));
    if (file.kind === 'unreadable') {
      this.#log.warn('menu_file_unreadable', { provider: tillKey.toUpperCase(), why: file.why });
    }
    if (file.kind === 'read' && !this.#menus.has(tillKey)) {
      const { menu, cursor, syncedAt } = file.stored;
      this.#swap(tillKey, { index: indexMenu(menu), cursor, syncedAt });
    }
    return this.#menus.get(tillKey)?.index;
  }

  current(tillKey: string): CurrentMenu | undefined {
    return this.#menus.get(tillKey);
  }

  /**
   * Puts a whole menu in place of the old one, at once for everybody, then on disk.
   * A disk that does not take it costs only the next start's head start: it is logged, not thrown.
   */
  async replace(tillKey: string, menu: Menu, cursor: MenuCursor, syncedAt: Ms): Promise<void> {
    this.#swap(tillKey, { index: indexMenu(menu), cursor, syncedAt });
    const write = (this.#writes.get(tillKey) ?? Promise.resolve()).then(async () => {
      try {
        await mkdir(this.#folder, { recursive: true });
        await writeMenuFile(this.#path(tillKey), { menu, cursor, syncedAt });
      } catch (error) {
        const why = error instanceof Error ? error.message : 'unknown';
        this.#log.error('menu_file_not_written', { provider: tillKey.toUpperCase(), why });
      }
    });
    this.#writes.set(tillKey, write);
    await write;
  }

  /**
   * The menu in use is still the till's. Nothing is written: a start reads the whole menu anyway, and rewriting
   * an unchanged one every few minutes would only wear the disk.
   */
  confirm(tillKey: string, cursor: MenuCursor, syncedAt: Ms): void {
    const current = this.#menus.get(tillKey);
    if (current !== undefined) this.#menus.set(tillKey, { ...current, cursor, syncedAt });
  }

  /** The till is another one now: what was read from the old one must not be sold at the new one. */
  async drop(tillKey: string): Promise<void> {
    this.#menus.delete(tillKey);
    const gone = (this.#writes.get(tillKey) ?? Promise.resolve()).then(() =>
      rm(this.#path(tillKey), { force: true }),
    );
    this.#writes.set(tillKey, gone);
    await gone;
  }

  /** Calls back with the till's key after each change of a menu; returns how to stop. */
  onChange(listener: (tillKey: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #swap(tillKey: string, menu: CurrentMenu): void {
    this.#menus.set(tillKey, menu);
    for (const listener of this.#listeners) listener(tillKey);
  }

  /** A key is free text in the YAML; it must not lead out of the folder. */
  #path(tillKey: string): string {
    return join(this.#folder, `menu-${encodeURIComponent(tillKey)}.jsonl`);
  }
}
