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

const WAYS = [
  { paidBy: 'cash', words: 'Cash' },
  { paidBy: 'card', words: 'Card' },
] as const;

/** The customer pays at the counter: the till books the sale as what it was paid with. */
export function PaidDialog({ card, onClose }: Props) {
  const action = useAction(null);
  return (
    <Dialog title={`${card.number}: ${money(card.total, card.currency)} paid by?`} onClose={onClose}>
      <p className={styles.words}>It goes into the till now.</p>
      <div className={styles.reasons}>
        {WAYS.map(({ paidBy, words }) => (
          <Button
            key={paidBy}
            tone="primary"
            className={styles.reason}
            pending={action.pending === paidBy}
            onClick={() =>
              action.run(paidBy, async () => {
                await ask('order:complete', { key: card.key, paidBy });
                onClose();
              })
            }
          >
            {words}
          </Button>
        ))}
      </div>
      <div className={styles.actions}>
        <Button className={styles.back} onClick={onClose}>
          Not paid yet
        </Button>
      </div>
      <Failure words={action.failure} />
    </Dialog>
  );
}
