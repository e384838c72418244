import { useBoard } from '../state/board-store';
import { useTicking } from '../ui/ticker';
import { clock, clockOnDay } from '../ui/time-words';
import { Chain } from './chain';
import { ModeButtons } from './mode-buttons';
import styles from './top-bar.module.css';

/** Where we are, whether we are open, whether everything is connected, and the time. */
export function TopBar() {
  const name = useBoard(({ store }) => store?.location.name ?? '');
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>
        <span>OMG Sushi{name === '' ? '' : ' ·'}</span> <span>{name}</span>
      </h1>
      <Hours />
      <ModeButtons />
      <Kinds />
      <Chain />
      <Clock />
    </header>
  );
}

/** What kind of place it is, where there is room to say so. */
function Kinds() {
  const kinds = useBoard(({ store }) => store?.location.subcategories.join(' · ') ?? '');
  return (
    <p className={styles.kinds}>
      <span>{kinds}</span>
    </p>
  );
}

function Hours() {
  const open = useBoard(({ store }) => store?.hours.open ?? null);
  const isPaused = useBoard(({ store }) => store !== null && store.mode.pause !== null);
  const until = useBoard(({ store }) => store?.hours.until ?? null);
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const time = useTicking((now) => (until === null ? '' : ` until ${clockOnDay(until, now, timezone)}`));
  if (open === null) return null;
  if (open && isPaused) {
    return (
      <span className={styles.hours} data-paused>
        Paused
      </span>
    );
  }
  return (
    <span className={styles.hours} data-open={open || undefined}>
      {open ? 'Open' : 'Closed'}
      {time}
    </span>
  );
}

function Clock() {
  const timezone = useBoard(({ store }) => store?.location.timezone ?? null);
  const time = useTicking((now) => (timezone === null ? '' : clock(now, timezone)));
  return <time className={styles.clock}>{time}</time>;
}
