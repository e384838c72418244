import styles from './board.module.css';
import type { BoardProps } from './board-many';
import { LaneHeading } from './lane-heading';
import { LaneList } from './lane-list';
import { LaterList } from './later-list';

const LANES = ['new', 'kitchen', 'ready'] as const;

/** One list for a small screen. Empty lanes take no room. */
export function BoardNarrow({ lanes, timezone }: BoardProps) {
  return (
    <div className={styles.narrow}>
      {LANES.filter((lane) => lanes[lane].length > 0).map((lane) => (
        <section key={lane} className={styles.stacked}>
          <LaneHeading lane={lane} count={lanes[lane].length} />
          <LaneList lane={lane} cards={lanes[lane]} timezone={timezone} />
        </section>
      ))}
      {lanes.later.length > 0 && (
        <section className={styles.stacked}>
          <LaneHeading lane="later" count={lanes.later.length} />
          <LaterList cards={lanes.later} timezone={timezone} />
        </section>
      )}
    </div>
  );
}
