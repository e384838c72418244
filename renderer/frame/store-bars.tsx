import { ask } from '../bridge';
import { useAction } from '../ui/action';
import { Button } from '../ui/button';
import { BarFrame } from './bar';

/** No order can be taken: nothing is more urgent. */
export function DiskBar({ words }: { readonly words: string }) {
  return <BarFrame tone="alarm">{words}</BarFrame>;
}

/** The ring is not heard. */
export function SilentBar({ onTap }: { readonly onTap: () => void }) {
  return (
    <BarFrame tone="alarm" buttons={<Button onClick={onTap}>Sound is off: tap here</Button>}>
      New orders cannot be heard.
    </BarFrame>
  );
}

/** After an outage: what went by WhatsApp still has to be sold. */
export function EnterAllBar({ orders }: { readonly orders: number }) {
  const action = useAction(orders);
  return (
    <BarFrame
      tone="whatsapp"
      failure={action.failure}
      buttons={
        <Button
          tone="primary"
          pending={action.pending === 'all'}
          onClick={() => action.run('all', () => ask('till:enter-all', {}))}
        >
          {orders === 1 ? 'Enter it in the till' : 'Enter all in till'}
        </Button>
      }
    >
      {orders === 1
        ? '1 order went by WhatsApp and is not in the till.'
        : `${orders} orders went by WhatsApp and are not in the till.`}
    </BarFrame>
  );
}

/** No till answers. */
export function TillDownBar({ words }: { readonly words: string }) {
  const action = useAction(words);
  return (
    <BarFrame
      tone="attention"
      failure={action.failure}
      buttons={
        <Button
          pending={action.pending === 'check'}
          onClick={() => action.run('check', () => ask('till:check', {}))}
        >
          Try now
        </Button>
      }
    >
      {words}
    </BarFrame>
  );
}

/** Something that happened to the app itself; it stays until somebody has read it. */
export function NoticeBar({ words, onDismiss }: { readonly words: string; readonly onDismiss: () => void }) {
  return (
    <BarFrame tone="info" buttons={<Button onClick={onDismiss}>OK</Button>}>
      {words}
    </BarFrame>
  );
}
