import type { OrderCard } from '../../../preload/contract';
import { cardKey } from '../../state/lanes';
import { useGrowing } from '../../ui/growing';
import { useTicking } from '../../ui/ticker';
import { clockOnDay } from '../../ui/time-words';
import styles from './later-list.module.css';
import { serviceWords } from './order-words';
import { useOverlay } from './overlay';

interface Props {
  readonly cards: readonly OrderCard[];
  readonly timezone: string;
}

const FIRST = 12;
/** More than any day has. */
const STEP = 240;

/** Accepted orders whose time has not come, one row each. */
export function LaterList({ cards, timezone }: Props) {
  const { shown, end } = useGrowing(FIRST, STEP);
  return (
    <div className={styles.list}>
      {cards.slice(0, shown).map((card) => (
        <LaterRow key={cardKey(card)} card={card} timezone={timezone} />
      ))}
      {shown < cards.length && <div className={styles.end} ref={end} key={shown} />}
    </div>
  );
}

function LaterRow({ card, timezone }: { readonly card: OrderCard; readonly timezone: string }) {
  const open = useOverlay();
  const at = card.requestedFor ?? card.receivedAt;
  const words = useTicking((now) => clockOnDay(at, now, timezone));
  return (
    <article aria-label={`Order ${card.number}`}>
      <button type="button" className={styles.row} onClick={() => open({ kind: 'sheet', card })}>
        <span className={styles.what}>
          <strong>{card.number}</strong> · {serviceWords(card)}
        </span>
        <strong className={styles.when}>{words}</strong>
      </button>
    </article>
  );
}
