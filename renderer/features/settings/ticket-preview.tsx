import { useCallback } from 'react';
import type { PrinterView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import styles from './printer-card.module.css';

/** Screen pixels for a millimetre of paper. */
const SCALE = 5;

/** What a ticket looks like, as the printer lays it out. */
export function TicketPreview({ width }: Pick<PrinterView, 'width'>) {
  const read = useCallback(() => ask('printers:preview', { width }), [width]);
  const reading = useReading(read);
  return (
    <section className={styles.preview} aria-label="Preview">
      <h3>What a ticket looks like</h3>
      {reading.value === null ? (
        <Unread reading={reading} />
      ) : (
        <img
          src={reading.value.picture}
          width={width * SCALE}
          alt="A ticket: the number in large letters, each dish with its extras, and warnings white on black."
        />
      )}
    </section>
  );
}
