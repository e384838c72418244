import type { MenuChange, MenuCursor, MenuIndex, MenuPlace } from '../core/menu';
import type { Ms } from '../core/order';
import { type PosProvider, PosUnreachable } from '../pos/provider';
import { createTimeSlice } from '../pos/time-slice';
import type { DraftFile } from './draft-file';
import { MenuDraft } from './menu-draft';
import { indexInSlices } from './menu-indexing';
import { type FullRead, isStillGood, type MenuOwner, type MenuStore } from './menu-store';

export interface MenuReaderOptions {
  readonly provider: Pick<PosProvider, 'name' | 'readMenu'>;
  readonly store: MenuStore;
  readonly now: () => Ms;
  /** Names the store that the provider talks to, for as long as its menu is kept. */
  readonly source: string;
  /** Items that were taken off sale from here, as they are when a read begins. */
  readonly soldOut?: () => readonly string[];
}

/** A menu that was read to its end. */
export interface MenuRead {
  readonly index: MenuIndex;
  readonly cursor: MenuCursor;
  readonly beganAt: Ms;
  /** Whether it differs from the menu in use; for a full read always `true`. */
  readonly changed: boolean;
  /** Its first pages are of an earlier try. */
  readonly resumed: boolean;
  /** The file of a full read, which has all but its end. */
  readonly file: DraftFile | null;
}

type DraftChange = Exclude<MenuChange, { kind: 'end' }>;

/** The till answered with nothing where there was a menu. */
export class EmptyMenu extends Error {}

/** Reads one till's menu. A full read that breaks off is gone on with by the next one, also after a crash. */
export class MenuReader {
  readonly #options: MenuReaderOptions;
  readonly #owner: MenuOwner;
  #unfinished: FullRead | null = null;
  /** What an earlier run of the app left is asked for once: from then on we know ourselves. */
  #askedDisk = false;

  constructor(options: MenuReaderOptions) {
    this.#options = options;
    this.#owner = { till: options.provider.name, source: options.source };
  }

  /**
   * The whole menu.
   * @param fresh begins anew: what an earlier try has may be from before what is looked for
   * @throws {PosUnreachable} when the till fails; the next call then goes on, for some minutes.
   */
  async full(signal: AbortSignal, fresh: boolean): Promise<MenuRead> {
    const read = await this.#open(fresh);
    this.#unfinished = read;
    try {
      const cursor = await this.#pour(read.draft, undefined, signal, read.place, (change) => {
        read.file.add(change);
        if (change.kind === 'checkpoint') this.#unfinished = { ...read, place: change.place };
        if (change.kind === 'restart') this.#unfinished = { ...read, place: undefined };
      });
      const index = await this.#finish(read.draft);
      this.#unfinished = null;
      const resumed = read.place !== undefined;
      return { index, cursor, beganAt: read.beganAt, changed: true, resumed, file: read.file };
    } catch (error) {
      if (!(error instanceof PosUnreachable)) {
        this.#unfinished = null;
        await read.file.discard();
      }
      throw error;
    }
  }

  /** The menu in use with what has changed since it was read. */
  async changes(signal: AbortSignal): Promise<MenuRead> {
    const beganAt = this.#options.now();
    const base = this.#options.store.current(this.#owner.till);
    const draft = new MenuDraft(base?.index.menu);
    const cursor = await this.#pour(draft, base?.cursor, signal);
    const changed = base === undefined || draft.changed;
    const index = changed ? await this.#finish(draft) : base.index;
    return { index, cursor, beganAt, changed, resumed: false, file: null };
  }

  /** Puts what was read to use. Resolves once it is on disk. */
  async use({ index, cursor, changed, file }: MenuRead): Promise<void> {
    const { store, now } = this.#options;
    if (changed) await store.replace(this.#owner, { index, cursor, syncedAt: now() }, file);
    else store.confirm(this.#owner.till, cursor, now());
  }

  /** Leaves what an interrupted read has got on disk, to whoever reads next. */
  async leave(read?: MenuRead): Promise<void> {
    const file = read?.file ?? this.#unfinished?.file;
    this.#unfinished = null;
    this.#askedDisk = false;
    await file?.close();
  }

  async #open(fresh: boolean): Promise<FullRead> {
    const { store, now } = this.#options;
    const left = this.#unfinished;
    this.#unfinished = null;
    if (left !== null) {
      if (!fresh && left.place !== undefined && isStillGood(left.beganAt, now())) return left;
      await left.file.discard();
    }
    const stored = fresh || this.#askedDisk ? undefined : await store.resumeRead(this.#owner, now());
    this.#askedDisk = true;
    return stored ?? store.beginRead(this.#owner, now());
  }

  /** Pours the till's pages into the draft. A stream that ends without its `end` was cut off. */
  async #pour(
    draft: MenuDraft,
    since: MenuCursor | undefined,
    signal: AbortSignal,
    place?: MenuPlace,
    keep?: (change: DraftChange) => void,
  ): Promise<MenuCursor> {
    const otherWork = createTimeSlice();
    const { provider, soldOut } = this.#options;
    for await (const change of provider.readMenu(since, { place, signal, soldOut: soldOut?.() })) {
      if (change.kind === 'end') return change.cursor;
      draft.apply(change);
      keep?.(change);
      // Pages that were fetched ahead come without a pause; orders and the screen must get their turn.
      await otherWork();
    }
    throw new Error('The menu ended before its end.');
  }

  /** @throws {EmptyMenu} A till does not lose its whole menu overnight. A server that answers with nothing happens. */
  #finish(draft: MenuDraft): Promise<MenuIndex> {
    const menu = draft.finish();
    const before = this.#options.store.current(this.#owner.till)?.index.menu.items.length ?? 0;
    if (menu.items.length === 0 && before > 0) throw new EmptyMenu();
    return indexInSlices(menu);
  }
}
