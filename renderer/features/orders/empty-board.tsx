import { IconBellRinging } from '@tabler/icons-react';
import { useBoard } from '../../state/board-store';
import { useTicking } from '../../ui/ticker';
import { ago, clockOnDay } from '../../ui/time-words';
import styles from './empty-board.module.css';

/** Nothing to do: what is being listened to, and since when. */
export function EmptyBoard() {
  const store = useBoard((state) => state.store);
  const since = useTicking((now) =>
    store === null ? '' : clockOnDay(store.listeningSince, now, store.location.timezone),
  );
  const last = useTicking((now) =>
    store === null || store.lastOrderAt === null ? '' : ago(store.lastOrderAt, now),
  );
  if (store === null) return null;
  const { websites, tills } = store.links;
  const hears = websites.some(({ status }) => status === 'ok');
  const sells = tills.some(({ status }) => status === 'ok');
  const listening =
    hears && sells ? 'the website and the till' : hears ? 'the website' : sells ? 'the till' : null;
  return (
    <div className={styles.empty}>
      <IconBellRinging size={56} stroke={1.5} aria-hidden="true" />
      <h2 className={styles.title}>No orders right now</h2>
      <p className={styles.words}>
        {listening === null
          ? 'Waiting for the website and the till to answer.'
          : `Listening to ${listening} since ${since}.`}
        {last !== '' && (
          <>
            <br />
            Last order {last}.
          </>
        )}
      </p>
    </div>
  );
}
