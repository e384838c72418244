import type { MenuItem } from './menu-search';

/**
 * The line below a dish's name: where it stands on the menu, or, in the same place, why the till goes on selling what is
 * out here. Staff must know that, since nobody at the till sees it.
 */
export function aboutItem({ category, modifiers, variants }: MenuItem): string {
  const why = variants.find(({ stillInTill }) => stillInTill !== null)?.stillInTill;
  return why ?? [category, ...modifiers].filter((part) => part !== '').join(' · ');
}
