import { useOverlay } from '../features/orders/overlay';
import { useBoard } from '../state/board-store';
import { Button } from '../ui/button';
import { useTicking } from '../ui/ticker';
import { remaining } from '../ui/time-words';
import styles from './mode-buttons.module.css';

/** More time for every order, or none for a while: one tap away from every screen. How a pause ends stands in its bar. */
export function ModeButtons() {
  const isPaused = useBoard(({ store }) => store !== null && store.mode.pause !== null);
  const open = useOverlay();
  return (
    <div className={styles.buttons}>
      <BusyButton />
      {!isPaused && <Button onClick={() => open({ kind: 'pause' })}>Pause</Button>}
    </div>
  );
}

function BusyButton() {
  const extra = useBoard(({ store }) => store?.mode.busy?.extraMinutes ?? null);
  const until = useBoard(({ store }) => store?.mode.busy?.until ?? 0);
  const open = useOverlay();
  const left = useTicking((now) => remaining(until, now).words);
  return (
    <Button
      className={extra === null ? undefined : styles.busy}
      aria-label={extra === null ? 'Busy' : `Busy: ${extra} minutes more, for ${left}`}
      onClick={() => open({ kind: 'busy' })}
    >
      {extra === null ? 'Busy' : `Busy +${extra} · ${left}`}
    </Button>
  );
}
