import { useState } from 'react';
import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import type { Action } from '../../ui/action';
import { Button } from '../../ui/button';
import { useTicking } from '../../ui/ticker';
import { clock } from '../../ui/time-words';
import styles from './card-steps.module.css';
import { useOverlay } from './overlay';
import { DEFAULT_MINUTES, PromiseChips } from './promise-chips';

interface Props {
  readonly card: OrderCard;
  readonly action: Action;
  readonly timezone: string;
  /** The sheet has its own way to the details: itself. */
  readonly inSheet?: boolean;
}

/** What to do next with an order, and nothing that cannot be done now. */
export function CardSteps(props: Props) {
  const { card, action } = props;
  const { key } = card;
  switch (card.status) {
    case 'new':
      return <Answer {...props} />;
    case 'accepted':
    case 'preparing':
      return (
        <>
          <Seen card={card} action={action} />
          <div className={styles.row}>
            {card.status === 'accepted' && (
              <Button
                className={styles.small}
                pending={action.pending === 'prepare'}
                onClick={() => action.run('prepare', () => ask('order:prepare', { key }))}
              >
                Preparing
              </Button>
            )}
            <Button
              tone="kitchen"
              className={styles.main}
              pending={action.pending === 'ready'}
              onClick={() => action.run('ready', () => ask('order:ready', { key }))}
            >
              Ready
            </Button>
          </div>
        </>
      );
    case 'ready':
      return (
        <>
          <Seen card={card} action={action} />
          <Complete card={card} action={action} />
        </>
      );
    case 'completed':
    case 'rejected':
    case 'cancelled':
      return <Seen card={card} action={action} />;
  }
}

/** Handed over; whoever has not paid yet does so now. */
function Complete({ card, action }: Pick<Props, 'card' | 'action'>) {
  const open = useOverlay();
  const complete = (): void => {
    if (card.paidAtHandover) open({ kind: 'paid', card });
    else action.run('complete', () => ask('order:complete', { key: card.key }));
  };
  return (
    <Button tone="ready" className={styles.main} pending={action.pending === 'complete'} onClick={complete}>
      Completed
    </Button>
  );
}

/** Yes until when, or no. */
function Answer({ card, action, timezone, inSheet = false }: Props) {
  const open = useOverlay();
  const [chosen, setChosen] = useState(DEFAULT_MINUTES);
  const extra = useBoard(({ store }) => store?.mode.busy?.extraMinutes ?? 0);
  const minutes = chosen + extra;
  const kitchen = useTicking((now) => clock(now + minutes * 60_000, timezone));
  const fixed = useTicking((now) => card.requestedFor !== null && card.requestedFor > now + 45 * 60_000);
  const ready = fixed && card.requestedFor !== null ? clock(card.requestedFor, timezone) : kitchen;
  return (
    <div className={styles.answer}>
      {!fixed && <PromiseChips minutes={chosen} extra={extra} onChoose={setChosen} />}
      <Button
        tone="primary"
        className={styles.accept}
        aria-label="Accept"
        pending={action.pending === 'accept'}
        onClick={() => action.run('accept', () => ask('order:accept', { key: card.key, minutes }))}
      >
        Accept · ready {ready}
      </Button>
      <div className={styles.row}>
        <Button className={styles.half} onClick={() => open({ kind: 'close', card, how: 'reject' })}>
          Reject
        </Button>
        {!inSheet && (
          <Button className={styles.half} onClick={() => open({ kind: 'sheet', card })}>
            Details
          </Button>
        )}
      </div>
    </div>
  );
}

/** It rings until somebody says that they have seen it. */
function Seen({ card, action }: Pick<Props, 'card' | 'action'>) {
  if (!card.unanswered) return null;
  const closed = card.status === 'cancelled' || card.status === 'rejected';
  const loud = closed && card.refund?.status !== 'refunded';
  return (
    <Button
      tone={loud ? 'attention' : 'primary'}
      className={styles.main}
      aria-label="Seen"
      pending={action.pending === 'seen'}
      onClick={() => action.run('seen', () => ask('order:seen', { key: card.key }))}
    >
      {card.changed || closed ? 'Seen' : 'Seen?'}
    </Button>
  );
}
