import { isDeepStrictEqual } from 'node:util';
import type { Menu, MenuChange, MenuItem, Modifier, Tax } from '../core/menu';
import { unreachable } from '../core/never';

/**
 * A menu in the making, beside the one in use, so that nobody ever sees half of one.
 * Starts from `base` for a read of changes, from nothing for a full read.
 */
export class MenuDraft {
  readonly #items: Map<string, MenuItem>;
  #modifiers: readonly Modifier[];
  #taxes: readonly Tax[];
  #changed = false;

  constructor(base: Menu = { items: [], modifiers: [], taxes: [] }) {
    this.#items = new Map(base.items.map((item) => [item.id, item]));
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
      default:
        unreachable(change);
    }
  }

  finish(): Menu {
    return { items: [...this.#items.values()], modifiers: this.#modifiers, taxes: this.#taxes };
  }

  #compare(before: unknown, after: unknown): void {
    this.#changed ||= !isDeepStrictEqual(before, after);
  }
}
