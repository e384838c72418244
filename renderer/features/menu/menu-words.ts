import type { MenuItem } from './menu-search';

/** Where a dish stands on the menu. */
export function aboutItem({ category, modifiers }: MenuItem): string {
  return [category, ...modifiers].filter((part) => part !== '').join(' · ');
}

/** Why the till goes on selling what is out here, which nobody sees there; `null` when it does not. */
export function whyStillSold({ variants }: MenuItem): string | null {
  return variants.find(({ stillInTill }) => stillInTill !== null)?.stillInTill ?? null;
}
