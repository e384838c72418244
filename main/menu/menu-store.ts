import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/log';
import type { Menu, MenuCursor, MenuIndex, MenuPlace } from '../core/menu';
import type { Ms } from '../core/order';
import { DraftFile } from './draft-file';
import { MenuDraft } from './menu-draft';
import { readMenuFile, writeMenuFile } from './menu-file';
import { indexInSlices } from './menu-indexing';

/** The menu in use for one till. */
export interface CurrentMenu {
  readonly index: MenuIndex;
  readonly cursor: MenuCursor;
  /** When its last read ended. */
  readonly syncedAt: Ms;
}

/** Whose menu it is. */
export interface MenuOwner {
  /** The till's key, which names the file. */
  readonly till: string;
  /** The store behind the key. A file that was read from another one counts as absent. */
  readonly source: string;
}

/** A full read that is under way, or was. */
export interface FullRead {
  readonly draft: MenuDraft;
  readonly file: DraftFile;
  /** Where it goes on; `undefined` at its beginning. */
  readonly place: MenuPlace | undefined;
  readonly beganAt: Ms;
}

/** A page's cursor does not live for ever, and the pages that were read grow stale. */
const RESUMED_WITHIN_MS = 600_000;

/** Whether a read that began then may be gone on with. A clock that was set back leaves nothing to rely on. */
export function isStillGood(beganAt: Ms, now: Ms): boolean {
  return beganAt <= now && now - beganAt <= RESUMED_WITHIN_MS;
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
  async load({ till, source }: MenuOwner): Promise<MenuIndex | undefined> {
    const file = await readMenuFile(this.#path(till), source);
    if (file.kind === 'unreadable' || file.kind === 'draft') {
      const why = file.kind === 'draft' ? 'no end' : file.why;
      this.#log.warn('menu_file_unreadable', { provider: till.toUpperCase(), why });
    }
    if (file.kind === 'read') {
      const { menu, cursor, syncedAt } = file.stored;
      const index = await indexInSlices(menu);
      if (!this.#menus.has(till)) this.#swap(till, { index, cursor, syncedAt });
    }
    return this.#menus.get(till)?.index;
  }

  current(tillKey: string): CurrentMenu | undefined {
    return this.#menus.get(tillKey);
  }

  /** A full read from the beginning. */
  beginRead(owner: MenuOwner, beganAt: Ms): FullRead {
    return { draft: new MenuDraft(), file: this.#draftFile(owner, beganAt, 0), place: undefined, beganAt };
  }

  /** What an earlier run of the app had read when it was cut off, if that is still good. */
  async resumeRead(owner: MenuOwner, now: Ms): Promise<FullRead | undefined> {
    const file = await readMenuFile(this.#draftPath(owner.till), owner.source);
    if (file.kind !== 'draft' || !isStillGood(file.stored.beganAt, now)) return undefined;
    const { draft, place, beganAt, length } = file.stored;
    return { draft, file: this.#draftFile(owner, beganAt, length), place, beganAt };
  }

  /**
   * Puts a whole menu in place of the old one, at once for everybody, then on disk.
   * A disk that does not take it costs only the next start's head start: it is logged, not thrown.
   * @param draft the file of the read that the menu came from, if it was a full one
   */
  async replace(
    { till, source }: MenuOwner,
    menu: CurrentMenu,
    draft: DraftFile | null = null,
  ): Promise<void> {
    this.#swap(till, menu);
    const { cursor, syncedAt } = menu;
    const stored = { menu: menu.index.menu, cursor, syncedAt };
    const end = { kind: 'end', cursor, syncedAt, items: stored.menu.items.length } as const;
    const write = (this.#writes.get(till) ?? Promise.resolve()).then(async () => {
      if (await draft?.finish(end, this.#path(till))) return;
      try {
        await mkdir(this.#folder, { recursive: true });
        await writeMenuFile(this.#path(till), source, stored);
        await draft?.discard();
      } catch (error) {
        this.#log.error('menu_file_not_written', { provider: till.toUpperCase(), why: reason(error) });
      }
    });
    this.#writes.set(till, write);
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

  /** The till has just taken this: the menu in use follows, and the next read finds nothing new. */
  async patch(owner: MenuOwner, change: (menu: Menu) => Menu): Promise<void> {
    const before = this.#menus.get(owner.till);
    if (before === undefined) return;
    const menu = change(before.index.menu);
    if (menu === before.index.menu) return;
    const index = await indexInSlices(menu);
    // A read that ended meanwhile knows better.
    if (this.#menus.get(owner.till)?.index !== before.index) return;
    await this.replace(owner, { ...before, index });
  }

  /** The till is another one now: what was read from the old one must not be sold at the new one. */
  async drop(tillKey: string): Promise<void> {
    this.#menus.delete(tillKey);
    const gone = (this.#writes.get(tillKey) ?? Promise.resolve()).then(async () => {
      await rm(this.#path(tillKey), { force: true });
      await rm(this.#draftPath(tillKey), { force: true });
    });
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

  #draftFile({ till, source }: MenuOwner, beganAt: Ms, keep: number): DraftFile {
    const onFailure = (error: unknown) =>
      this.#log.warn('menu_draft_not_written', { provider: till.toUpperCase(), why: reason(error) });
    return new DraftFile(this.#draftPath(till), { source, beganAt }, { keep, onFailure });
  }

  #draftPath(tillKey: string): string {
    return `${this.#path(tillKey)}.draft`;
  }

  /** A key is free text in the YAML; it must not lead out of the folder. */
  #path(tillKey: string): string {
    return join(this.#folder, `menu-${encodeURIComponent(tillKey)}.jsonl`);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
