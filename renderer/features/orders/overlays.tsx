import { useBoard } from '../../state/board-store';
import { cardKey } from '../../state/lanes';
import { Library } from '../../ui/library';
import { BusyDialog } from '../store-mode/busy-dialog';
import { PauseDialog } from '../store-mode/pause-dialog';
import { CopyDialog } from './copy-dialog';
import { EnteredDialog } from './entered-dialog';
import { MatchDialog } from './match-dialog';
import { OrderSheet } from './order-sheet';
import type { OrderOverlay, Overlay } from './overlay';
import { PaidDialog } from './paid-dialog';
import { ReasonDialog } from './reason-dialog';
import { RefundDialog } from './refund-dialog';

interface Props {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

/** The sheet and the dialogs; they load after the board. */
export function Overlays({ overlay, onClose }: Props) {
  switch (overlay.kind) {
    case 'pause':
      return (
        <Library>
          <PauseDialog onClose={onClose} />
        </Library>
      );
    case 'busy':
      return (
        <Library>
          <BusyDialog onClose={onClose} />
        </Library>
      );
    default:
      return <OfOrder overlay={overlay} onClose={onClose} />;
  }
}

function OfOrder({ overlay, onClose }: { readonly overlay: OrderOverlay; readonly onClose: () => void }) {
  const key = cardKey(overlay.card);
  const card = useBoard(({ cards }) => cards.get(key)) ?? overlay.card;
  return <Library>{content(overlay, card, onClose)}</Library>;
}

function content(overlay: OrderOverlay, card: OrderOverlay['card'], onClose: () => void) {
  switch (overlay.kind) {
    case 'sheet':
      return <OrderSheet card={card} onClose={onClose} />;
    case 'close':
      return <ReasonDialog card={card} how={overlay.how} onClose={onClose} />;
    case 'entered':
      return <EnteredDialog card={card} onClose={onClose} />;
    case 'match':
      return <MatchDialog card={card} onClose={onClose} />;
    case 'paid':
      return <PaidDialog card={card} onClose={onClose} />;
    case 'refund':
      return <RefundDialog card={card} onClose={onClose} />;
    case 'refund_copy':
      return <CopyDialog card={card} how="by_app" onClose={onClose} />;
    case 'copy_given_back':
      return <CopyDialog card={card} how="by_hand" onClose={onClose} />;
  }
}
