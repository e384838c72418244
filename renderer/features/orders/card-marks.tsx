import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import type { OrderCard } from '../../../preload/contract';
import styles from './card-marks.module.css';
import { closingWords } from './order-words';

/** What must not be overlooked: it changed, or it was cancelled. */
export function CardMarks({ card }: { readonly card: OrderCard }) {
  if (card.status === 'cancelled' || card.status === 'rejected') {
    return (
      <p className={styles.closed}>
        <IconAlertTriangle size={20} aria-hidden="true" />
        <span>{closingWords(card)}</span>
      </p>
    );
  }
  if (!card.changed) return null;
  return (
    <p className={styles.changed}>
      <IconPencil size={20} aria-hidden="true" />
      <span>
        <strong>Changed</strong> by the {card.sender}. Read it again.
      </span>
    </p>
  );
}
