import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import styles from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';

interface Props {
  readonly card: OrderCard;
  readonly onClose: () => void;
}

/** Somebody typed the order into the till: with the receipt's number it can be found again. */
export function EnteredDialog({ card, onClose }: Props) {
  const [receipt, setReceipt] = useState('');
  const action = useAction(null);
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    const number = receipt.trim();
    action.run('enter', async () => {
      await ask('order:entered', { key: card.key, receipt: number === '' ? null : number });
      onClose();
    });
  };
  return (
    <Dialog title={`${card.number} is in the till?`} onClose={onClose}>
      <p className={styles.words}>Tillside will then not send it to the till any more.</p>
      <form onSubmit={enter}>
        <TextInput
          label="Receipt number, if you have it"
          data-autofocus
          maxLength={40}
          value={receipt}
          onChange={(event) => setReceipt(event.currentTarget.value)}
        />
        <div className={styles.actions}>
          <Button className={styles.back} onClick={onClose}>
            Back
          </Button>
          <Button type="submit" tone="primary" className={styles.main} pending={action.pending !== null}>
            It is in the till
          </Button>
        </div>
      </form>
      <Failure words={action.failure} />
    </Dialog>
  );
}
