import type { MatchLine, MatchQuestion as QuestionView } from '../../../preload/contract';
import { type MenuIndex, variantName } from '../../core/menu';
import type { MatchDesk, MatchQuestion } from '../match-desk';
import type { RunningTill } from '../tills';

/** A question as the screen asks it. */
export function questionView({ part, choices }: MatchQuestion): QuestionView {
  return {
    line: part.line,
    modifier: part.kind === 'option' ? part.modifier : null,
    name: part.name,
    price: part.price,
    dish: part.kind === 'option' ? variantName(part.of) : null,
    choices: [...choices],
  };
}

/** All that was matched by hand, with what it is called in the till today. */
export function matchLines(matches: MatchDesk, tills: readonly RunningTill[]): MatchLine[] {
  return tills.flatMap(({ till, menu }) => {
    const index = menu();
    return matches
      .list(till.key)
      .map(({ key, name, id }) => ({ till: till.key, key, name, means: nameOf(id, index) }));
  });
}

function nameOf(id: string, index: MenuIndex | undefined): string | null {
  const found = index?.variant({ variant_id: id, sku: null });
  if (found !== undefined) return variantName(found);
  const options = index?.menu.modifiers.flatMap((modifier) => modifier.options);
  return options?.find((option) => option.id === id)?.name ?? null;
}
