import type { Lanes } from '../../state/lanes';
import styles from './board.module.css';
import { LaneHeading } from './lane-heading';
import { LaneList } from './lane-list';
import { LaterList } from './later-list';

export interface BoardProps {
  readonly lanes: Lanes;
  readonly timezone: string;
}

/** All lanes side by side; what is for later stands below what is ready. */
export function BoardMany({ lanes, timezone }: BoardProps) {
  return (
    <div className={styles.many}>
      {(['new', 'kitchen'] as const).map((lane) => (
        <section key={lane} className={styles.lane}>
          <LaneHeading lane={lane} count={lanes[lane].length} />
          <div className={styles.scroll}>
            <LaneList lane={lane} cards={lanes[lane]} timezone={timezone} />
          </div>
        </section>
      ))}
      <section className={styles.lane}>
        <LaneHeading lane="ready" count={lanes.ready.length} />
        <div className={styles.scroll}>
          <LaneList lane="ready" cards={lanes.ready} timezone={timezone} />
          {lanes.later.length > 0 && (
            <details className={styles.later} open>
              <summary className={styles.fold}>
                <LaneHeading lane="later" count={lanes.later.length} />
              </summary>
              <LaterList cards={lanes.later} timezone={timezone} />
            </details>
          )}
        </div>
      </section>
    </div>
  );
}
