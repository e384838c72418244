import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { money } from '../../ui/money-words';

interface Props {
  readonly card: OrderCard;
  /** Tillside asks the till, or somebody has done it there. */
  readonly how: 'by_app' | 'by_hand';
  readonly onClose: () => void;
}

/** One order, two sales: which of them is given back, and that the customer is owed nothing for it. */
export function CopyDialog({ card: { key, copy, number, pos, status, currency }, how, onClose }: Props) {
  // It has just been given back, and the card is on the way.
  if (copy === null) return null;
  const { till, name, receipt, amount, bill } = copy;
  const isWanted = status !== 'cancelled' && status !== 'rejected';
  if (how === 'by_hand') {
    return (
      <ConfirmDialog
        title={`Is receipt ${receipt} given back in ${name}?`}
        confirm="Yes, it is"
        keep="Not yet"
        onConfirm={() => ask('order:copy-given-back', { key, till })}
        onClose={onClose}
      >
        {isWanted
          ? `Order ${number} then stands in the till as receipt ${pos.receipt} alone.`
          : `Order ${number} is not made, so neither receipt stays.`}
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={
        bill
          ? `Call off bill ${receipt} in ${name}?`
          : `Give back ${money(amount, currency)} of receipt ${receipt} in ${name}?`
      }
      confirm={bill ? 'Call it off' : 'Give back'}
      keep="Keep"
      onConfirm={() => ask('order:refund-copy', { key, till })}
      onClose={onClose}
    >
      {isWanted
        ? `Order ${number} is in two tills. Receipt ${pos.receipt} stays, and nothing changes for the customer.`
        : `Order ${number} is not made, so neither receipt stays. For this one no money goes back.`}
    </ConfirmDialog>
  );
}
