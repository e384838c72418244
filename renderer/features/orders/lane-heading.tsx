import type { Lane } from '../../state/lanes';
import styles from './lane-heading.module.css';

export const LANE_NAMES: Readonly<Record<Lane, string>> = {
  new: 'New',
  kitchen: 'In the kitchen',
  ready: 'Ready',
  later: 'Later',
};

/** The name of a lane with how many are in it. */
export function LaneHeading({ lane, count }: { readonly lane: Lane; readonly count: number }) {
  return (
    <h2 className={styles.heading}>
      <LaneCount lane={lane} count={count} />
      {LANE_NAMES[lane]}
    </h2>
  );
}

export function LaneCount({ lane, count }: { readonly lane: Lane; readonly count: number }) {
  return (
    <span className={styles.count} data-lane={count === 0 ? undefined : lane}>
      {count}
    </span>
  );
}
