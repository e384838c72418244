import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import styles from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { money } from '../../ui/money-words';

interface Props {
  readonly card: OrderCard;
  readonly onClose: () => void;
}

/** Money leaves only after somebody has read how much, of which receipt, and whose it is. */
export function RefundDialog({ card, onClose }: Props) {
  const action = useAction(null);
  const { refund, customer, number, paid } = card;
  // The order has just been cancelled, and its card is on the way.
  if (refund === null) return null;
  return (
    <Dialog
      title={`Give back ${money(refund.amount, card.currency)} of receipt ${refund.receipt}?`}
      onClose={onClose}
    >
      <p className={styles.words}>
        {customer.name}, order {number}: the till books the whole receipt as given back.{' '}
        {paid
          ? 'Return the money the way it was paid.'
          : 'If the customer has paid already, return the money.'}
      </p>
      <Failure words={action.failure} />
      <div className={styles.actions}>
        <Button className={styles.back} onClick={onClose} data-autofocus>
          Keep
        </Button>
        <Button
          tone="attention"
          className={styles.main}
          pending={action.pending !== null}
          onClick={() =>
            action.run('refund', async () => {
              await ask('order:refund', { key: card.key });
              onClose();
            })
          }
        >
          Give back
        </Button>
      </div>
    </Dialog>
  );
}
