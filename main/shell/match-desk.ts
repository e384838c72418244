import {
  dishKey,
  type LineMatch,
  optionKey,
  optionsOf,
  type Unmatched,
  unmatchedIn,
} from '../core/line-match';
import { findVariants, suggestVariants } from '../core/match-suggestions';
import { type FoundVariant, type MenuIndex, variantName } from '../core/menu';
import type { Order, OrderKey } from '../core/order';
import type { DeskAnswer } from '../orders/desk';
import { JournalUnavailable } from '../orders/intake';
import type { MatchBook } from '../orders/match-book';

/** The till that an order belongs to, with its menu. */
export interface OrderTill {
  readonly key: string;
  readonly menu: MenuIndex | undefined;
}

export interface MatchDeskOptions {
  readonly book: MatchBook;
  readonly order: (key: OrderKey) => Order | undefined;
  readonly active: () => readonly Order[];
  readonly tillOf: (order: Order) => OrderTill | undefined;
  /** A match was made or taken back. */
  readonly onChange: () => void;
  /** Nothing keeps this order out of the till any more. */
  readonly onComplete: (key: OrderKey) => void;
}

/** Something of an order that the till's menu does not know, with what it may be there. */
export interface MatchQuestion {
  readonly part: Unmatched;
  /** The likeliest first; for an option, all that its dish offers. */
  readonly choices: readonly MatchChoice[];
}

export interface MatchChoice {
  readonly id: string;
  readonly label: string;
  /** Minor units; `null` when it is typed at the till. */
  readonly price: number | null;
}

/** Where a part of an order stands: a line, or a modifier of it. From 0. */
export interface PartPlace {
  readonly line: number;
  readonly modifier: number | null;
}

/** More than this nobody reads through: another word is typed sooner. */
const MOST_FOUND = 20;

/** Where staff say what a website's dish is in the till. Said once, it holds for every order to come. */
export class MatchDesk {
  readonly #options: MatchDeskOptions;

  constructor(options: MatchDeskOptions) {
    this.#options = options;
  }

  /** What of this order is not on the till's menu; empty when all is, or when nobody can say. */
  questions(key: OrderKey): readonly MatchQuestion[] {
    const found = this.#find(key);
    if (found === undefined) return [];
    const { menu } = found;
    return unmatchedIn(found.order.document, menu).map((part) => ({ part, choices: choicesFor(part, menu) }));
  }

  /** Variants of the order's till, for whoever finds none of the suggestions right. */
  search(key: OrderKey, query: string): readonly MatchChoice[] {
    const found = this.#find(key);
    return found === undefined ? [] : findVariants(found.menu.menu, query, MOST_FOUND).map(choiceOf);
  }

  /** @param id a variant of the till, or for a modifier one of the dish's options. */
  match(key: OrderKey, { line, modifier }: PartPlace, id: string): DeskAnswer {
    const found = this.#find(key);
    if (found === undefined) return refuse('This order is not known here.');
    const { order, till, menu } = found;
    const part = unmatchedIn(order.document, menu).find(
      (candidate) => candidate.line === line && placeOf(candidate) === modifier,
    );
    if (part === undefined) return refuse('It is on the till’s menu by now.');
    const match = this.#matchOf(part, order, menu, id);
    if (match === undefined) return refuse('The till does not have this any more. Choose another one.');
    const answer = this.#write(() => this.#options.book.keep(till, match));
    if (answer.ok) this.#release(till);
    return answer;
  }

  /** Everything that was matched for one till, the newest first. */
  list(till: string): readonly LineMatch[] {
    return [...this.#options.book.of(till)].reverse();
  }

  forget(till: string, key: string): DeskAnswer {
    return this.#write(() => this.#options.book.forget(till, key));
  }

  #matchOf(part: Unmatched, { document }: Order, menu: MenuIndex, id: string): LineMatch | undefined {
    if (part.kind === 'option') {
      const isOffered = optionsOf(menu, part.of.item).some((option) => option.id === id);
      return isOffered ? { key: optionKey(part.of.item, part.name), name: part.name, id } : undefined;
    }
    const entry = document.lines[part.line];
    if (entry === undefined || menu.variant({ variant_id: id, sku: null }) === undefined) return undefined;
    return { key: dishKey(entry), name: part.name, id };
  }

  /** Every order that this till refused for what it knows by now. */
  #release(till: string): void {
    for (const order of this.#options.active()) {
      const { injection } = order;
      if (injection.status !== 'failed' || injection.provider !== till) continue;
      if (injection.trouble.code !== 'not_in_menu') continue;
      const menu = this.#options.tillOf(order)?.menu;
      if (menu !== undefined && unmatchedIn(order.document, menu).length === 0)
        this.#options.onComplete(order.key);
    }
  }

  #find(key: OrderKey): { order: Order; till: string; menu: MenuIndex } | undefined {
    const order = this.#options.order(key);
    const till = order && this.#options.tillOf(order);
    return order && till?.menu && { order, till: till.key, menu: till.menu };
  }

  #write(work: () => void): DeskAnswer {
    try {
      work();
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return refuse('This computer’s disk is full or does not answer. Free some space; then tap again.');
    }
    this.#options.onChange();
    return { ok: true };
  }
}

function placeOf(part: Unmatched): number | null {
  return part.kind === 'option' ? part.modifier : null;
}

function choicesFor(part: Unmatched, index: MenuIndex): readonly MatchChoice[] {
  if (part.kind === 'option') {
    return optionsOf(index, part.of.item).map(({ id, name, price }) => ({ id, label: name, price }));
  }
  return suggestVariants(index.menu, part).map(choiceOf);
}

function choiceOf(found: FoundVariant): MatchChoice {
  return { id: found.variant.id, label: variantName(found), price: found.variant.price };
}

function refuse(words: string): DeskAnswer {
  return { ok: false, words };
}
