import { useState } from 'react';
import styles from './board.module.css';
import type { BoardProps } from './board-many';
import { LANE_NAMES, LaneCount, LaneHeading } from './lane-heading';
import { LaneList } from './lane-list';
import { LaterList } from './later-list';

const TABS = ['kitchen', 'ready', 'later'] as const;
type Tab = (typeof TABS)[number];

/** Two lanes: what is new, and beside it one of the others. */
export function BoardTabs({ lanes, timezone }: BoardProps) {
  const [tab, setTab] = useState<Tab>('kitchen');
  return (
    <div className={styles.tabbed}>
      <section className={styles.lane}>
        <div className={styles.beside}>
          <LaneHeading lane="new" count={lanes.new.length} />
        </div>
        <div className={styles.scroll}>
          <LaneList lane="new" cards={lanes.new} timezone={timezone} />
        </div>
      </section>
      <section className={styles.lane}>
        <div className={styles.tabs} role="tablist" aria-label="Lanes">
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === tab}
              className={styles.tab}
              onClick={() => setTab(name)}
            >
              <LaneCount lane={name} count={lanes[name].length} />
              {LANE_NAMES[name]}
            </button>
          ))}
        </div>
        <div className={styles.scroll} role="tabpanel" aria-label={LANE_NAMES[tab]}>
          {tab === 'later' ? (
            <LaterList cards={lanes.later} timezone={timezone} />
          ) : (
            <LaneList lane={tab} cards={lanes[tab]} timezone={timezone} />
          )}
        </div>
      </section>
    </div>
  );
}
