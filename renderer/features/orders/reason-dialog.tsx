import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OrderCard, RejectReason } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import styles from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { REASONS } from './order-words';
import { useOverlay } from './overlay';

interface Props {
  readonly card: OrderCard;
  readonly how: 'reject' | 'cancel';
  readonly onClose: () => void;
}

/** Why not: one tap for the usual reasons, a few words for any other. The customer is told. */
export function ReasonDialog({ card, how, onClose }: Props) {
  const [text, setText] = useState('');
  const action = useAction(null);
  const open = useOverlay();
  const verb = how === 'reject' ? 'Reject' : 'Cancel';
  const close = (reason: RejectReason): void => {
    const input = { key: card.key, reason, text: text.trim() };
    action.run(reason, async () => {
      await (how === 'reject' ? ask('order:reject', input) : ask('order:cancel', input));
      const { card: closed } = await ask('order:details', { key: card.key });
      // Whoever calls it off knows best whether the money goes back.
      if (closed.refund?.status === 'offered') open({ kind: 'refund', card: closed });
      else onClose();
    });
  };
  return (
    <Dialog title={`${verb} ${card.number}: why?`} onClose={onClose}>
      <TextInput
        label="A few words for the customer, if you like"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.reasons}>
        {REASONS.map(({ reason, words }) => (
          <Button
            key={reason}
            className={styles.reason}
            pending={action.pending === reason}
            onClick={() => close(reason)}
          >
            {words}
          </Button>
        ))}
      </div>
      <Failure words={action.failure} />
    </Dialog>
  );
}
