import {
  IconArmchair,
  IconCash,
  IconCheck,
  IconClockHour4,
  IconFlame,
  IconMapPin,
  IconMotorbike,
  IconShoppingBag,
} from '@tabler/icons-react';
import type { OrderCard } from '../../../preload/contract';
import { useBoard } from '../../state/board-store';
import type { Lane } from '../../state/lanes';
import { money } from '../../ui/money-words';
import { useTicking } from '../../ui/ticker';
import { clockOnDay } from '../../ui/time-words';
import styles from './card-meta.module.css';
import { itemsWords, serviceWords } from './order-words';
import { TillMark } from './till-mark';

const SERVICE_ICONS = {
  pickup: IconShoppingBag,
  delivery: IconMotorbike,
  dine_in: IconArmchair,
} as const;

interface Props {
  readonly card: OrderCard;
  readonly lane: Exclude<Lane, 'later'>;
}

/** Who, how, and how much. */
export function CardMeta({ card, lane }: Props) {
  const Service = SERVICE_ICONS[card.service];
  return (
    <div className={styles.meta}>
      <span className={styles.service}>
        <Service size={18} aria-hidden="true" />
        {serviceWords(card)}
      </span>
      <Paid paid={card.paid} />
      <span className={styles.who}>
        <span className={styles.name}>{whoWords(card, lane)}</span>
        <TillMark card={card} />
      </span>
      {card.requestedFor !== null && lane !== 'ready' && <WantedFor at={card.requestedFor} />}
      {card.status === 'preparing' && (
        <span className={styles.wanted}>
          <IconFlame size={18} aria-hidden="true" /> In preparation
        </span>
      )}
      {card.delivery !== null && lane !== 'kitchen' && (
        <span className={styles.address}>
          <IconMapPin size={18} aria-hidden="true" />
          {card.delivery.address}
        </span>
      )}
    </div>
  );
}

/** The name, how many items there are to cook, and the sum where it is asked for. */
function whoWords(card: OrderCard, lane: Props['lane']): string {
  const asksSum = lane === 'new' || (lane === 'ready' && !card.paid);
  return [
    card.customer.name,
    ...(lane === 'ready' ? [] : [itemsWords(card.itemCount)]),
    ...(asksSum ? [money(card.total, card.currency)] : []),
  ].join(' · ');
}

/** Paid already, or to be asked for. */
function Paid({ paid }: { readonly paid: boolean }) {
  return paid ? (
    <span className={styles.paid}>
      <IconCheck size={15} stroke={3} aria-hidden="true" /> PAID
    </span>
  ) : (
    <span className={styles.toPay}>
      <IconCash size={16} aria-hidden="true" /> TO PAY
    </span>
  );
}

function WantedFor({ at }: { readonly at: number }) {
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const words = useTicking((now) => clockOnDay(at, now, timezone));
  return (
    <span className={styles.wanted}>
      <IconClockHour4 size={18} aria-hidden="true" /> Wanted for {words}
    </span>
  );
}
