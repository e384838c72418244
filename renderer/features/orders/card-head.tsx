import type { OrderCard } from '../../../preload/contract';
import type { Lane } from '../../state/lanes';
import { useTicking } from '../../ui/ticker';
import { clock, remaining, span } from '../../ui/time-words';
import styles from './card-head.module.css';
import { CountdownRing } from './countdown-ring';
import { TestMark } from './test-mark';

/** A number with more characters than this is set smaller: it must never be cut. */
const LONG = 6;

interface Props {
  readonly card: OrderCard;
  readonly lane: Exclude<Lane, 'later'>;
  readonly timezone: string;
  readonly onOpen: () => void;
}

/** Which order, and until when. */
export function CardHead({ card, lane, timezone, onOpen }: Props) {
  return (
    <header className={styles.head} data-marked={card.test || undefined}>
      <button
        type="button"
        className={styles.number}
        aria-label={`${card.number}, all about it`}
        data-long={card.number.length > LONG || undefined}
        onClick={onOpen}
      >
        {card.number}
      </button>
      <Clock card={card} lane={lane} timezone={timezone} />
      {card.test && <TestMark />}
    </header>
  );
}

function Clock({ card, lane, timezone }: Omit<Props, 'onOpen'>) {
  if (card.status === 'cancelled' || card.status === 'rejected') return null;
  if (lane === 'new') return <CountdownRing since={card.receivedAt} />;
  if (lane === 'ready') return <Waiting since={card.readyAt ?? card.receivedAt} />;
  return card.promisedFor === null ? null : <Until at={card.promisedFor} timezone={timezone} />;
}

function Until({ at, timezone }: { readonly at: number; readonly timezone: string }) {
  const words = useTicking((now) => remaining(at, now).words);
  const late = useTicking((now) => remaining(at, now).late);
  return (
    <span className={styles.clock} data-late={late || undefined}>
      <strong>{words}</strong>
      <small>
        {late ? 'was' : 'until'} {clock(at, timezone)}
      </small>
    </span>
  );
}

function Waiting({ since }: { readonly since: number }) {
  const words = useTicking((now) => (now - since < 60_000 ? 'now' : span(now - since)));
  return (
    <span className={styles.clock}>
      <strong>{words}</strong>
      <small>{words === 'now' ? 'ready' : 'waiting'}</small>
    </span>
  );
}
