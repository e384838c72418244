import { type MouseEvent, memo } from 'react';
import type { OrderCard as Card } from '../../../preload/contract';
import type { Lane } from '../../state/lanes';
import { useAction } from '../../ui/action';
import { Failure } from '../../ui/failure';
import { CardHead } from './card-head';
import { CardMarks } from './card-marks';
import { CardMeta } from './card-meta';
import { CardSteps } from './card-steps';
import { Note } from './note';
import styles from './order-card.module.css';
import { OrderLines } from './order-lines';
import { useOverlay } from './overlay';
import { TillHelp } from './till-help';

/** So many lines fit a new card with its answer still in sight. */
const LINES_SHOWN = 6;

interface Props {
  readonly card: Card;
  readonly lane: Exclude<Lane, 'later'>;
  readonly timezone: string;
  /** It came while somebody was looking: it slides in. */
  readonly arrived: boolean;
}

/** One order on the board: which one, until when, who, what to cook, what to do. */
export const OrderCard = memo(function OrderCard({ card, lane, timezone, arrived }: Props) {
  const open = useOverlay();
  const action = useAction(card);
  const openSheet = (event: MouseEvent): void => {
    // The card's own buttons have their own work.
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    open({ kind: 'sheet', card });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the number is a button that does the same.
    <article
      className={styles.card}
      aria-label={`Order ${card.number}`}
      data-lane={lane}
      data-closed={card.status === 'cancelled' || card.status === 'rejected' || undefined}
      data-loud={card.attention !== null || undefined}
      data-arrived={arrived || undefined}
      onClick={openSheet}
    >
      <CardHead card={card} lane={lane} timezone={timezone} onOpen={() => open({ kind: 'sheet', card })} />
      <CardMeta card={card} lane={lane} />
      <CardMarks card={card} />
      {lane !== 'ready' && card.customer.note !== '' && <Note text={card.customer.note} />}
      {lane !== 'ready' && <OrderLines lines={card.lines} limit={LINES_SHOWN} />}
      <TillHelp card={card} action={action} />
      <CardSteps card={card} action={action} timezone={timezone} />
      <Failure words={action.failure} />
    </article>
  );
});
