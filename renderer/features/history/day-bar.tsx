import { IconChevronLeft, IconChevronRight, IconDownload, IconPrinter } from '@tabler/icons-react';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { dayOnCalendar } from '../../ui/time-words';
import styles from './day-bar.module.css';

interface Props {
  /** When the day began. */
  readonly from: number;
  readonly daysAgo: number;
  readonly timezone: string;
  readonly onDay: (daysAgo: number) => void;
}

/** Which day it is, the days beside it, and what can be done with it. */
export function DayBar({ from, daysAgo, timezone, onDay }: Props) {
  const action = useAction(from);
  const date = dayOnCalendar(from, timezone);
  return (
    <>
      <div className={styles.bar}>
        <Button aria-label="The day before" onClick={() => onDay(daysAgo + 1)}>
          <IconChevronLeft size={26} aria-hidden="true" />
        </Button>
        <h2 className={styles.day} aria-live="polite">
          {daysAgo === 0 ? `Today, ${date}` : date}
        </h2>
        <Button aria-label="The day after" disabled={daysAgo === 0} onClick={() => onDay(daysAgo - 1)}>
          <IconChevronRight size={26} aria-hidden="true" />
        </Button>
        <span className={styles.gap} />
        <Button
          icon={<IconPrinter size={22} aria-hidden="true" />}
          pending={action.pending === 'print'}
          onClick={() => action.run('print', () => ask('history:print', { daysAgo }))}
        >
          Print
        </Button>
        <Button
          icon={<IconDownload size={22} aria-hidden="true" />}
          pending={action.pending === 'save'}
          onClick={() => action.run('save', () => ask('history:save', { daysAgo }))}
        >
          Save as CSV
        </Button>
      </div>
      <Failure words={action.failure} />
    </>
  );
}
