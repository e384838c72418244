import type { OrderCard } from '../../preload/contract';
import { ask } from '../bridge';
import { useOverlay } from '../features/orders/overlay';
import { useAction } from '../ui/action';
import { Button } from '../ui/button';
import { BarFrame } from './bar';
import styles from './bars.module.css';

/** The oldest order that needs a person. */
export function AttentionBar({ card, more }: { readonly card: OrderCard; readonly more: number }) {
  const open = useOverlay();
  const missing = card.pos.status === 'failed' || card.pos.status === 'unknown';
  return (
    <BarFrame tone="attention" buttons={<Button onClick={() => open({ kind: 'sheet', card })}>Open</Button>}>
      <strong className={styles.number}>{card.number}</strong>
      {missing ? ' is not in the till: ' : ' needs you: '}
      {card.attention}
      {more > 0 && (
        <span className={styles.more}> {more === 1 ? 'One more needs you.' : `${more} more need you.`}</span>
      )}
    </BarFrame>
  );
}

/** One WhatsApp window at a time: the next opens once this one is answered. */
export function WhatsappBar({ card }: { readonly card: OrderCard }) {
  const { key } = card;
  const action = useAction(card);
  return (
    <BarFrame
      tone="whatsapp"
      failure={action.failure}
      buttons={
        <>
          <Button
            pending={action.pending === 'again'}
            onClick={() => action.run('again', () => ask('order:whatsapp', { key }))}
          >
            Open again
          </Button>
          <Button
            tone="primary"
            pending={action.pending === 'sent'}
            onClick={() => action.run('sent', () => ask('order:sent', { key }))}
          >
            Yes, sent
          </Button>
        </>
      }
    >
      <strong>{card.number}</strong> opened in WhatsApp. {card.diversion?.words ?? 'Sent?'}
    </BarFrame>
  );
}
