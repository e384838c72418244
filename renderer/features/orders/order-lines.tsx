import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { OrderCard } from '../../../preload/contract';
import { money } from '../../ui/money-words';
import { isAllergyNote } from './allergy-note';
import { Note } from './note';
import styles from './order-lines.module.css';
import { quantityWords } from './order-words';

type Line = OrderCard['lines'][number];

interface Props {
  readonly lines: readonly Line[];
  /** Show so many at first, so that the next step stays in sight. Lines with an allergy always show. */
  readonly limit?: number;
  /** With the price of each line, in this currency. */
  readonly currency?: string;
}

/** What to cook. */
export function OrderLines({ lines, limit = Number.POSITIVE_INFINITY, currency }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  // A button that hides a single line takes more room than the line.
  const folded = !unfolded && lines.length > limit + 1;
  const shown = lines
    .map((line, index) => ({ line, index }))
    .filter(({ line, index }) => {
      return !folded || index < limit || isAllergyNote(line.note);
    });
  const hidden = lines.length - shown.length;
  return (
    <>
      <ul className={styles.lines}>
        {shown.map(({ line, index }) => (
          <OrderLine key={index} line={line} currency={currency} />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setUnfolded(true)}>
          + {hidden} more {hidden === 1 ? 'line' : 'lines'}
        </button>
      )}
    </>
  );
}

function OrderLine({ line, currency }: { readonly line: Line; readonly currency: string | undefined }) {
  return (
    <li className={styles.line}>
      <span className={styles.quantity} data-many={line.quantity > 1 || undefined}>
        {quantityWords(line.quantity)}
      </span>
      <div className={styles.what}>
        <span className={styles.name}>{line.name}</span>
        {!line.mapped && (
          <span className={styles.unmapped}>
            <IconAlertTriangle size={16} aria-hidden="true" /> Not on the till’s menu
          </span>
        )}
        {line.modifiers.map((modifier, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same option may be there twice; lines never reorder.
          <span key={index} className={styles.modifier}>
            + {modifier.quantity > 1 ? `${quantityWords(modifier.quantity)} ` : ''}
            {modifier.name}
            {!modifier.mapped && (
              <span className={styles.unmapped}>
                <IconAlertTriangle size={16} aria-hidden="true" /> Not on the till’s menu
              </span>
            )}
          </span>
        ))}
        {line.note !== '' && <Note text={line.note} />}
      </div>
      {currency !== undefined && <span className={styles.price}>{money(line.total, currency)}</span>}
    </li>
  );
}
