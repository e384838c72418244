import { Drawer } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { type Action, useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { CardMarks } from './card-marks';
import { CardSteps } from './card-steps';
import { CustomerContact } from './customer-contact';
import { DeliveryLinks } from './delivery-links';
import { OrderFacts } from './order-facts';
import { OrderLines } from './order-lines';
import styles from './order-sheet.module.css';
import { OrderTimeline } from './order-timeline';
import { OrderTotals } from './order-totals';
import { serviceWords } from './order-words';
import { useOverlay } from './overlay';
import { TestMark } from './test-mark';
import { TicketButton } from './ticket-button';
import { TillHelp } from './till-help';
import { MARK_WORDS, tillView } from './till-view';
import { useOrderDetails } from './use-order-details';

interface Props {
  readonly card: OrderCard;
  readonly onClose: () => void;
}

/** Everything about one order, from the right. */
export function OrderSheet({ card: opened, onClose }: Props) {
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const { card, timeline, trouble } = useOrderDetails(opened);
  const action = useAction(card);
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={480}>
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content aria-label={`All about ${card.number}`}>
        <div className={styles.sheet}>
          <div className={styles.head}>
            <div>
              <h2>
                {card.number} {card.test && <TestMark />}
              </h2>
              <p>
                {serviceWords(card)} · {tillWords(card)}
              </p>
            </div>
            <button
              type="button"
              className={styles.close}
              aria-label="Close"
              onClick={onClose}
              data-autofocus
            >
              <IconX size={28} aria-hidden="true" />
            </button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it. */}
          <section className={styles.body} aria-label="The order" tabIndex={0}>
            <CardMarks card={card} />
            <TillHelp card={card} action={action} />
            <OrderFacts card={card} timezone={timezone} />
            <CustomerContact card={card} />
            <OrderLines lines={card.lines} currency={card.currency} />
            <OrderTotals card={card} />
            <Failure words={trouble} />
            {card.service === 'delivery' && <DeliveryLinks />}
            <TicketButton card={card} />
            <OrderTimeline timeline={timeline} timezone={timezone} />
            <LastResorts card={card} action={action} />
          </section>
          <div className={styles.foot}>
            <Failure words={action.failure} />
            <CardSteps card={card} action={action} timezone={timezone} inSheet />
          </div>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function tillWords(card: OrderCard): string {
  const { mark } = tillView(card);
  if (card.pos.receipt !== null) return `receipt ${card.pos.receipt}`;
  if (card.paidAtHandover) return 'goes into the till when it is handed over';
  return mark === 'none' ? 'not in the till yet' : MARK_WORDS[mark].toLowerCase();
}

/** What is rarely wanted: other ways to the till, and calling it off. */
function LastResorts({ card, action }: { readonly card: OrderCard; readonly action: Action }) {
  const open = useOverlay();
  const { key, status, pos } = card;
  if (status !== 'accepted' && status !== 'preparing' && status !== 'ready') return null;
  const isMissing = pos.status === 'waiting' || pos.status === 'unknown' || pos.status === 'failed';
  const offersWhatsapp = tillView(card).steps.includes('whatsapp');
  return (
    <div className={styles.last}>
      {isMissing && !offersWhatsapp && (
        <Button
          pending={action.pending === 'whatsapp'}
          onClick={() => action.run('whatsapp', () => ask('order:whatsapp', { key }))}
        >
          Open WhatsApp
        </Button>
      )}
      {isMissing && <Button onClick={() => open({ kind: 'entered', card })}>Entered by hand</Button>}
      <Button className={styles.cancel} onClick={() => open({ kind: 'close', card, how: 'cancel' })}>
        Cancel this order
      </Button>
    </div>
  );
}
