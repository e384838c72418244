import { type LineMatch, withMatches } from '../core/line-match';
import type { Till } from '../core/location';
import type { Log } from '../core/log';
import { type MenuIndex, withAvailability } from '../core/menu';
import type { Ms } from '../core/order';
import { type SoldOut, stillSoldOut, takenOffItems, withSoldOut } from '../core/sold-out';
import { type MenuOwner, MenuStore } from '../menu/menu-store';
import type { MenuSyncState } from '../menu/menu-sync';
import { JournalUnavailable } from '../orders/intake';
import type { AvailabilityChange } from '../pos/provider';
import type { SoldOutBook } from './sold-out-book';
import { sourceOf } from './till-identity';

export interface TillMenusOptions {
  readonly dataDir: string;
  /** What was matched by hand for the till of this key. */
  readonly matches: (till: string) => readonly LineMatch[];
  /** What is sold out, as far as a till does not tell. */
  readonly soldOut: SoldOutBook;
  readonly log: Log;
  readonly now: () => Ms;
}

interface Known {
  readonly matches: readonly LineMatch[];
  readonly soldOut: readonly SoldOut[];
  readonly index: MenuIndex;
}

/** The tills' menus as orders meet them: what was read, without what is sold out, and with what was matched by hand. */
export class TillMenus {
  readonly store: MenuStore;
  readonly #options: TillMenusOptions;
  /** By the till's own index. */
  readonly #known = new WeakMap<MenuIndex, Known>();

  constructor(options: TillMenusOptions) {
    this.#options = options;
    this.store = new MenuStore({ folder: options.dataDir, log: options.log });
  }

  /** Made anew only when the menu, a match or the list changed: it is asked for at every card. */
  of(till: Till): MenuIndex | undefined {
    const own = this.store.current(till.key)?.index;
    if (own === undefined) return undefined;
    const matches = this.#options.matches(till.key);
    const soldOut = this.soldOut(till);
    const known = this.#known.get(own);
    if (known?.matches === matches && known.soldOut === soldOut) return known.index;
    const index = withMatches(withSoldOut(own, soldOut), matches);
    this.#known.set(own, { matches, soldOut, index });
    return index;
  }

  /** The same array until something changes. */
  soldOut(till: Till): readonly SoldOut[] {
    return this.#options.soldOut.of(ownerOf(till));
  }

  /** What the next read must leave on the menu, although the till may not show it any more. */
  takenOff(till: Till): readonly string[] {
    return takenOffItems(this.soldOut(till));
  }

  /** The till did this at our request. */
  patch(till: Till, change: AvailabilityChange): Promise<void> {
    return this.store.patch(ownerOf(till), (menu) => withAvailability(menu, change));
  }

  /** A menu was read: what of the list it makes void is dropped. */
  settle(till: Till, { trouble }: MenuSyncState): void {
    const menu = this.store.current(till.key)?.index.menu;
    if (trouble !== null || menu === undefined) return;
    const { soldOut, now, log } = this.#options;
    try {
      soldOut.write(ownerOf(till), stillSoldOut(this.soldOut(till), menu, now()));
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      // The board says that the disk fails; a later read settles the list.
      log.warn('sold_out_not_settled', { provider: till.key.toUpperCase() });
    }
  }
}

/** Whose menu it is. */
export function ownerOf(till: Till): MenuOwner {
  return { till: till.key, source: sourceOf(till) };
}
