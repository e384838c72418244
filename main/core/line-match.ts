import {
  type FoundVariant,
  type LineIdentity,
  type MenuIndex,
  type MenuItem,
  type ModifierOption,
  plainName,
} from './menu';
import type { Minor } from './money';
import type { OnlineOrder } from './online-order';

/**
 * What staff said a website's dish or option is in the till, once and for all. Only asked where the till's own ids, SKUs
 * and names do not answer.
 */
export interface LineMatch {
  /** What is matched; see {@link dishKey} and {@link optionKey}. */
  readonly key: string;
  /** What the website calls it. */
  readonly name: string;
  /** The till's variant, or the option of a modifier. */
  readonly id: string;
}

/** A dish is known by its SKU, else by the website's id for it, else by its name. */
export function dishKey({ sku, variant_id, name = '' }: LineIdentity): string {
  if (sku !== null) return `sku:${sku}`;
  return variant_id === null ? `name:${plainName(name)}` : `id:${variant_id}`;
}

/** The same extra may mean something else with another dish. */
export function optionKey(item: Pick<MenuItem, 'id'>, name: string): string {
  return `option:${item.id}:${plainName(name)}`;
}

/** The menu with what was matched by hand. A match whose target is gone counts as none. */
export function withMatches(index: MenuIndex, matches: readonly LineMatch[]): MenuIndex {
  if (matches.length === 0) return index;
  const ids = new Map(matches.map(({ key, id }) => [key, id]));
  return {
    ...index,
    variant: (line) => {
      const found = index.variant(line);
      const id = found === undefined ? ids.get(dishKey(line)) : undefined;
      return id === undefined ? found : index.variant({ variant_id: id, sku: null });
    },
    option: (item, wanted) => {
      const found = index.option(item, wanted);
      const id = found === undefined ? ids.get(optionKey(item, wanted.name)) : undefined;
      return id === undefined ? found : optionsOf(index, item).find((option) => option.id === id);
    },
  };
}

/** Every option that the item's modifiers offer. */
export function optionsOf(
  { menu }: MenuIndex,
  item: Pick<MenuItem, 'modifierIds'>,
): readonly ModifierOption[] {
  return menu.modifiers.filter(({ id }) => item.modifierIds.includes(id)).flatMap(({ options }) => options);
}

/** A part of an order that the till's menu does not know. Places count from 0. */
export type Unmatched =
  | { readonly kind: 'dish'; readonly line: number; readonly name: string; readonly price: Minor }
  | {
      readonly kind: 'option';
      readonly line: number;
      readonly modifier: number;
      readonly name: string;
      readonly price: Minor;
      /** The dish that it belongs to. */
      readonly of: FoundVariant;
    };

/** What staff must match before the order can go into the till; in the order of its lines. */
export function unmatchedIn({ lines }: Pick<OnlineOrder, 'lines'>, index: MenuIndex): readonly Unmatched[] {
  return lines.flatMap((entry, line): Unmatched[] => {
    const of = index.variant(entry);
    if (of === undefined) return [{ kind: 'dish', line, name: entry.name, price: entry.unit_price }];
    return entry.modifiers.flatMap((wanted, modifier): Unmatched[] =>
      index.option(of.item, wanted) === undefined
        ? [{ kind: 'option', line, modifier, name: wanted.name, price: wanted.price, of }]
        : [],
    );
  });
}
