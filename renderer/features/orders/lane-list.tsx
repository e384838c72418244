import type { OrderCard as Card } from '../../../preload/contract';
import { useBoard } from '../../state/board-store';
import { cardKey, type Lane } from '../../state/lanes';
import { useGrowing } from '../../ui/growing';
import styles from './lane-list.module.css';
import { OrderCard } from './order-card';

interface Props {
  readonly lane: Exclude<Lane, 'later'>;
  readonly cards: readonly Card[];
  readonly timezone: string;
}

/** Enough to fill any screen: these can be touched before the rest of a long lane is made. */
const FIRST = 12;
/** More than any evening has in one lane. */
const STEP = 240;

/** The cards of one lane, the most urgent first. */
export function LaneList({ lane, cards, timezone }: Props) {
  const arrived = useBoard((state) => state.arrived);
  const { shown, end } = useGrowing(FIRST, STEP);
  if (cards.length === 0)
    return lane === 'new' ? <p className={styles.none}>Everything is answered.</p> : null;
  return (
    <div className={styles.list} data-lane={lane}>
      {cards.slice(0, shown).map((card) => {
        const key = cardKey(card);
        return <OrderCard key={key} card={card} lane={lane} timezone={timezone} arrived={arrived.has(key)} />;
      })}
      {shown < cards.length && <div className={styles.end} ref={end} key={shown} />}
    </div>
  );
}
