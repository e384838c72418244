import type { Output } from '../../../preload/contract';
import { clock } from '../../ui/time-words';
import styles from './order-sheet.module.css';

interface OrderTimelineProps {
  readonly timeline: Output<'order:details'>['timeline'];
  readonly timezone: string;
}

/** The life of the order in sentences, oldest first. */
export function OrderTimeline({ timeline, timezone }: OrderTimelineProps) {
  if (timeline.length === 0) return null;
  return (
    <section className={styles.timeline} aria-label="What happened">
      <h3>What happened</h3>
      <ol>
        {timeline.map(({ at, words }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end.
          <li key={index}>
            <time dateTime={new Date(at).toISOString()}>{clock(at, timezone)}</time>
            <span>{words}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
