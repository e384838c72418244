import type { FoundVariant, Menu } from './menu';
import type { Minor } from './money';

/** As many as fit under a thumb without scrolling. */
const SHOWN = 5;

/** The same price says less than a word in common, and much less than the same name. */
const SAME_PRICE = 0.3;

/**
 * The variants that an unknown dish most likely is, the likeliest first: words in common count, and the same price.
 * Nothing that shares neither is suggested. Nothing is ever matched by this alone: names lie.
 */
export function suggestVariants(
  menu: Menu,
  wanted: { readonly name: string; readonly price: Minor },
): readonly FoundVariant[] {
  const words = wordsOf(wanted.name);
  return menu.items
    .flatMap((item) =>
      item.variants.map((variant) => {
        const alike = likeness(words, wordsOf(`${item.name} ${variant.label}`));
        const score = alike + (variant.price === wanted.price ? SAME_PRICE : 0);
        return { found: { item, variant }, alike, score };
      }),
    )
    .filter(({ alike, score }) => alike > 0 || score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ found }) => found);
}

/** The variants in which every word of the query occurs, by name, option or SKU; in the menu's order. */
export function findVariants(menu: Menu, query: string, most: number): readonly FoundVariant[] {
  const words = plainText(query).split(/\s+/);
  const found: FoundVariant[] = [];
  for (const item of menu.items) {
    for (const variant of item.variants) {
      const text = plainText(`${item.name} ${variant.label} ${variant.sku}`);
      if (words.every((word) => text.includes(word))) found.push({ item, variant });
      if (found.length === most) return found;
    }
  }
  return found;
}

/** Dice's coefficient over words: 1 for the same words, 0 for none in common. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 0;
  let common = 0;
  for (const word of one) if (other.has(word)) common += 1;
  return (2 * common) / (one.size + other.size);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(plainText(text).match(/[\p{Letter}\p{Number}]+/gu) ?? []);
}

/** Case and accents do not matter to whoever types a dish. */
function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();
}
