import type { MenuView } from '../../../preload/contract';

export type MenuItem = MenuView['items'][number];

/** An item with the text that a search looks in, made ready once and not at every keystroke. */
interface Entry {
  readonly item: MenuItem;
  readonly name: string;
  readonly text: string;
}

export type MenuIndex = readonly Entry[];

/** `Jalapeño` is found by `jalapeno`: case and accents do not matter. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** In the order of the alphabet, which is how people look for a dish. */
export function indexMenu(items: readonly MenuItem[]): MenuIndex {
  const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  return items
    .map((item) => {
      const name = plain(item.name);
      const variants = item.variants.map(({ label, sku }) => `${label} ${sku}`).join(' ');
      return { item, name, text: `${name} ${plain(`${item.category} ${variants}`)}` };
    })
    .sort((a, b) => collator.compare(a.item.name, b.item.name));
}

/** Nothing of it can be sold. An item without variants is not sold at all, which is not the same. */
export function isOut({ variants }: MenuItem): boolean {
  return variants.length > 0 && variants.every(({ available }) => !available);
}

export interface MenuResults {
  /** Sold out, wholly: they stand first, because staff look for them. */
  readonly out: readonly MenuItem[];
  readonly rest: readonly MenuItem[];
}

/**
 * Items in which every word of the query occurs. Names that begin with it come first, then names in which a word begins
 * with it, then all others.
 */
export function searchMenu(index: MenuIndex, query: string): MenuResults {
  const wanted = plain(query).trim();
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  const ranked: readonly [MenuItem[], MenuItem[], MenuItem[]] = [[], [], []];
  const out: MenuItem[] = [];
  for (const { item, name, text } of index) {
    if (!words.every((word) => text.includes(word))) continue;
    if (isOut(item)) out.push(item);
    else ranked[rank(name, wanted)].push(item);
  }
  return { out, rest: ranked.flat() };
}

function rank(name: string, wanted: string): 0 | 1 | 2 {
  if (name.startsWith(wanted)) return 0;
  return name.includes(` ${wanted}`) ? 1 : 2;
}

/** A name cut where the query occurs, so that it can be marked. */
export function cutAtMatch(name: string, query: string): readonly { text: string; match: boolean }[] {
  const wanted = plain(query).trim();
  const flat = plain(name);
  // Where taking accents off changed the length, positions no longer fit; such a name is shown unmarked.
  if (wanted === '' || flat.length !== name.length) return [{ text: name, match: false }];
  const at = flat.indexOf(wanted);
  if (at < 0) return [{ text: name, match: false }];
  return [
    { text: name.slice(0, at), match: false },
    { text: name.slice(at, at + wanted.length), match: true },
    { text: name.slice(at + wanted.length), match: false },
  ].filter(({ text }) => text !== '');
}
