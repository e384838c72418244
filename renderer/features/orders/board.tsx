import { useEffect, useMemo } from 'react';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { intoLanes } from '../../state/lanes';
import { useMedia } from '../../ui/media';
import { BoardMany } from './board-many';
import { BoardNarrow } from './board-narrow';
import { BoardTabs } from './board-tabs';
import { EmptyBoard } from './empty-board';

/** The orders that need somebody, in lanes as the screen is wide. */
export function Board() {
  const cards = useBoard((state) => state.cards);
  const laidOutAt = useBoard((state) => state.laidOutAt);
  const timezone = useBoard((state) => state.store?.location.timezone ?? 'UTC');
  const lanes = useMemo(() => intoLanes(cards.values(), laidOutAt), [cards, laidOutAt]);
  const isWide = useMedia('(min-width: 1180px)');
  const isNarrow = useMedia('(max-width: 959px)');
  useEffect(tellShown, []);
  if (cards.size === 0) return <EmptyBoard />;
  if (isWide) return <BoardMany lanes={lanes} timezone={timezone} />;
  if (isNarrow) return <BoardNarrow lanes={lanes} timezone={timezone} />;
  return <BoardTabs lanes={lanes} timezone={timezone} />;
}

let isShown = false;

/** Tells main, once, when the first board is on the screen: that ends the measured start. */
function tellShown(): void {
  if (isShown) return;
  isShown = true;
  // The second frame begins when the first one has been painted.
  requestAnimationFrame(() => requestAnimationFrame(() => void ask('board:shown', {}).catch(ignore)));
}

function ignore(): void {
  // Only a measurement is lost.
}
