import { useTicking } from '../../ui/ticker';
import { stopwatch } from '../../ui/time-words';
import styles from './countdown-ring.module.css';

/** An order should be answered within this. */
const GOAL_MS = 55_000;
/** The ring turns amber here, so that there is still time. */
const HURRY_MS = 28_000;

const SIZE = 52;
const STROKE = 5;
const RADIUS = (SIZE - STROKE) / 2;
const ROUND = 2 * Math.PI * RADIUS;

/** How long an order has waited for its answer: a ring that fills, from green through amber to red. */
export function CountdownRing({ since }: { readonly since: number }) {
  const seconds = useTicking((now) => Math.max(0, Math.floor((now - since) / 1_000)));
  const waited = seconds * 1_000;
  const share = Math.min(1, waited / GOAL_MS);
  const stage = waited >= GOAL_MS ? 'late' : waited >= HURRY_MS ? 'hurry' : 'fresh';
  const words = stopwatch(waited);
  return (
    <div className={styles.ring} data-stage={stage} data-long={words.length > 5 || undefined}>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        <circle className={styles.track} cx={SIZE / 2} cy={SIZE / 2} r={RADIUS} strokeWidth={STROKE} />
        <circle
          className={styles.done}
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={RADIUS}
          strokeWidth={STROKE}
          strokeDasharray={`${share * ROUND} ${ROUND}`}
        />
      </svg>
      <span className={styles.words}>{words}</span>
    </div>
  );
}
