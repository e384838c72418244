import { isDeepStrictEqual } from 'node:util';
import type { Category, Menu, MenuChange, MenuItem, Modifier, Tax } from '../core/menu';
import { unreachable } from '../core/never';

const EMPTY: Menu = { items: [], modifiers: [], taxes: [] };

/**
 * A menu in the making, beside the one in use, so that nobody ever sees half of one.
 * Starts from `base` for a read of changes, from nothing for a full read.
 */
export class MenuDraft {
  readonly #base: Menu;
  #items: Map<string, MenuItem>;
  #modifiers: readonly Modifier[];
  #taxes: readonly Tax[];
  #changed = false;

  constructor(base: Menu = EMPTY) {
    this.#base = base;
    this.#items = itemsById(base);
    this.#modifiers = base.modifiers;
    this.#taxes = base.taxes;
  }

  /** Whether anything differs from the base. A read of changes repeats a little each time, to miss nothing. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Items keep their place when they change; new ones come last. */
  apply(change: Exclude<MenuChange, { kind: 'end' }>): void {
    switch (change.kind) {
      case 'categories':
        this.#rename(change.categories);
        return;
      case 'modifiers':
        this.#compare(this.#modifiers, change.modifiers);
        this.#modifiers = change.modifiers;
        return;
      case 'taxes':
        this.#compare(this.#taxes, change.taxes);
        this.#taxes = change.taxes;
        return;
      case 'items':
        for (const item of change.items) {
          this.#compare(this.#items.get(item.id), item);
          this.#items.set(item.id, item);
        }
        return;
      case 'removed':
        for (const id of change.itemIds) this.#changed = this.#items.delete(id) || this.#changed;
        return;
      case 'checkpoint':
        return;
      case 'restart':
        this.#items = itemsById(this.#base);
        this.#modifiers = this.#base.modifiers;
        this.#taxes = this.#base.taxes;
        this.#changed = false;
        return;
      default:
        unreachable(change);
    }
  }

  finish(): Menu {
    return { items: [...this.#items.values()], modifiers: this.#modifiers, taxes: this.#taxes };
  }

  /** A category's new name reaches the items that did not change themselves, too. */
  #rename(categories: readonly Category[]): void {
    const names = new Map(categories.map(({ id, name }) => [id, name]));
    for (const [id, item] of this.#items) {
      const category = names.get(item.categoryId ?? '') ?? '';
      if (category === item.category) continue;
      this.#items.set(id, { ...item, category });
      this.#changed = true;
    }
  }

  #compare(before: unknown, after: unknown): void {
    this.#changed ||= before === undefined || !isDeepStrictEqual(before, after);
  }
}

function itemsById({ items }: Menu): Map<string, MenuItem> {
  return new Map(items.map((item) => [item.id, item]));
}
