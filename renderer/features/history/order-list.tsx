import type { HistoryRow } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Failure } from '../../ui/failure';
import { useGrowing } from '../../ui/growing';
import { money } from '../../ui/money-words';
import { useTicking } from '../../ui/ticker';
import { clock, clockOnDay } from '../../ui/time-words';
import { itemsWords } from '../orders/order-words';
import { useOverlay } from '../orders/overlay';
import styles from './order-list.module.css';

interface Props {
  readonly orders: readonly HistoryRow[];
  readonly timezone: string;
  /** They are of several days. */
  readonly withDay?: boolean;
  /** What is said when there are none. */
  readonly none: string;
}

const FIRST = 20;
const STEP = 100;

const STATUS: Readonly<Record<HistoryRow['status'], string>> = {
  new: 'New',
  accepted: 'In the kitchen',
  preparing: 'In the kitchen',
  ready: 'Ready',
  completed: 'Completed',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
};

/** Orders as lines, each opened with a tap. */
export function OrderList({ orders, timezone, withDay = false, none }: Props) {
  const { shown, end } = useGrowing(FIRST, STEP);
  const open = useOverlay();
  const action = useAction(orders);
  if (orders.length === 0) return <p className={styles.none}>{none}</p>;
  const show = ({ key }: HistoryRow): void =>
    action.run(`${key.channel}/${key.id}`, async () => {
      const { card } = await ask('order:details', { key });
      open({ kind: 'sheet', card });
    });
  return (
    <div className={styles.scroll}>
      <Failure words={action.failure} />
      <ul className={styles.list} aria-label="Orders">
        {orders.slice(0, shown).map((order) => (
          <li key={`${order.key.channel}/${order.key.id}`}>
            <button type="button" className={styles.row} onClick={() => show(order)}>
              <When at={order.receivedAt} timezone={timezone} withDay={withDay} />
              <strong className={styles.number}>{order.number}</strong>
              <span className={styles.name}>
                {order.name === '' ? '–' : order.name}
                {order.phone !== '' && <span className={styles.phone}> {order.phone}</span>}
                {order.test && ' (test)'}
              </span>
              <span className={styles.items}>{itemsWords(order.items)}</span>
              <span className={styles.total}>{money(order.total, order.currency)}</span>
              <span className={styles.status} data-status={order.status}>
                {STATUS[order.status]}
              </span>
              <span className={styles.till}>{order.till}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown < orders.length && <div className={styles.end} ref={end} key={shown} />}
    </div>
  );
}

interface WhenProps {
  readonly at: number;
  readonly timezone: string;
  readonly withDay: boolean;
}

function When({ at, timezone, withDay }: WhenProps) {
  const words = useTicking((now) => (withDay ? clockOnDay(at, now, timezone) : clock(at, timezone)));
  return <time className={styles.time}>{words}</time>;
}
