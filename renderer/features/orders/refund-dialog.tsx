import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { money } from '../../ui/money-words';

interface Props {
  readonly card: OrderCard;
  readonly onClose: () => void;
}

/** Money leaves only after somebody has read how much, of which receipt, and whose it is. */
export function RefundDialog({ card, onClose }: Props) {
  const { refund, customer, number, paid, currency } = card;
  // The order has just been cancelled, and its card is on the way.
  if (refund === null) return null;
  if (refund.bill) {
    return (
      <ConfirmDialog
        title={`Call off bill ${refund.receipt} in the till?`}
        confirm="Call it off"
        keep="Keep"
        onConfirm={() => ask('order:refund', { key: card.key })}
        onClose={onClose}
      >
        {customer.name}, order {number}: nobody has paid it yet, so no money goes back.
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Give back ${money(refund.amount, currency)} of receipt ${refund.receipt}?`}
      confirm="Give back"
      keep="Keep"
      onConfirm={() => ask('order:refund', { key: card.key })}
      onClose={onClose}
    >
      {customer.name}, order {number}: the till books the whole receipt as given back.{' '}
      {paid ? 'Return the money the way it was paid.' : 'If the customer has paid already, return the money.'}
    </ConfirmDialog>
  );
}
