import type { ReactNode } from 'react';
import type { OrderCard } from '../../../preload/contract';
import { clockOnDay } from '../../ui/time-words';
import { Note } from './note';
import styles from './order-sheet.module.css';

interface OrderFactsProps {
  readonly card: OrderCard;
  readonly timezone: string;
}

/** Who, where, when, and how it is paid. */
export function OrderFacts({ card, timezone }: OrderFactsProps) {
  const { customer, delivery, pos } = card;
  const time = (at: number): string => clockOnDay(at, Date.now(), timezone);
  return (
    <dl className={styles.facts}>
      <Fact label="Customer">{customer.name}</Fact>
      {delivery !== null && <Fact label="Deliver to">{delivery.address}</Fact>}
      {delivery !== null && delivery.instructions !== '' && (
        <Fact label="How to find it">{delivery.instructions}</Fact>
      )}
      <Fact label="Arrived">{time(card.receivedAt)}</Fact>
      {card.requestedFor !== null && <Fact label="Wanted at">{time(card.requestedFor)}</Fact>}
      {card.promisedFor !== null && <Fact label="Promised for">{time(card.promisedFor)}</Fact>}
      {card.readyAt !== null && <Fact label="Ready since">{time(card.readyAt)}</Fact>}
      <Fact label="Payment">
        {card.paid ? 'Paid' : 'To pay'} · {card.paymentMethod}
      </Fact>
      {pos.receipt !== null && <Fact label="Receipt">{pos.receipt}</Fact>}
      {customer.note.trim() !== '' && (
        <Fact label="Note">
          <Note text={customer.note} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
