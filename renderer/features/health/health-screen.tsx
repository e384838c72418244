import { IconAlertTriangle, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useBoard } from '../../state/board-store';
import { Button } from '../../ui/button';
import { useTicking } from '../../ui/ticker';
import { clockOnDay } from '../../ui/time-words';
import { DeliveryLinks } from '../orders/delivery-links';
import { ClosingDialog } from './closing-dialog';
import styles from './health-screen.module.css';
import { stations } from './health-view';
import { StationCard } from './station-card';

/** More stations than this do not stand in one row, where lines could join them. */
const ONE_ROW = 4;

/** Whether every part of the way works, how it is known, and what came through today. */
export function HealthScreen() {
  const store = useBoard((state) => state.store);
  const [closing, setClosing] = useState(false);
  if (store === null) return null;
  const { figures, notices } = store;
  const way = stations(store);
  return (
    <div className={styles.screen}>
      <ol
        className={styles.chain}
        aria-label="The way of an order"
        data-many={way.length > ONE_ROW || undefined}
      >
        {way.map((station) => (
          <li key={station.name} className={styles.link} data-status={station.status}>
            <StationCard station={station} />
          </li>
        ))}
      </ol>
      <section aria-label="Today">
        <h2 className={styles.heading}>Today</h2>
        <dl className={styles.figures}>
          <Figure name="Orders" count={figures.today} />
          <Figure name="In the till" count={figures.inTill} />
          <Figure name="By WhatsApp" count={figures.diverted} />
          <Figure name="To enter in the till" count={figures.toEnter} calls={figures.toEnter > 0} />
        </dl>
        <Listening
          since={store.listeningSince}
          lastOrderAt={store.lastOrderAt}
          timezone={store.location.timezone}
        />
        <Button
          className={styles.closing}
          icon={<IconReceipt size={24} aria-hidden="true" />}
          onClick={() => setClosing(true)}
        >
          Closing sheet
        </Button>
        {closing && <ClosingDialog timezone={store.location.timezone} onClose={() => setClosing(false)} />}
      </section>
      {way.map(({ name, facts = [] }) => facts.length > 0 && <Facts key={name} name={name} facts={facts} />)}
      <DeliveryLinks />
      {notices.length > 0 && (
        <section aria-label="What happened to this app">
          <h2 className={styles.heading}>What happened to this app</h2>
          <ul className={styles.notices}>
            {notices.map((words) => (
              <li key={words}>
                <IconAlertTriangle size={22} aria-hidden="true" />
                {words}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** What is so about one station, though nothing is wrong: for whoever wants to know, below what everybody looks at. */
function Facts({ name, facts }: { readonly name: string; readonly facts: readonly string[] }) {
  const heading = `About: ${name}`;
  return (
    <section aria-label={heading}>
      <h2 className={styles.heading}>{heading}</h2>
      <ul className={styles.facts}>
        {facts.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly count: number;
  /** Somebody has to do something about it. */
  readonly calls?: boolean;
}

function Figure({ name, count, calls = false }: FigureProps) {
  return (
    <div className={styles.figure} data-calls={calls || undefined}>
      <dt>{name}</dt>
      <dd>{count.toLocaleString('en')}</dd>
    </div>
  );
}

interface ListeningProps {
  readonly since: number;
  readonly lastOrderAt: number | null;
  readonly timezone: string;
}

function Listening({ since, lastOrderAt, timezone }: ListeningProps) {
  const words = useTicking((now) => {
    const last =
      lastOrderAt === null ? 'No order yet.' : `Last order at ${clockOnDay(lastOrderAt, now, timezone)}.`;
    return `Listening since ${clockOnDay(since, now, timezone)}. ${last}`;
  });
  return <p className={styles.listening}>{words}</p>;
}
