import { IconChevronUp } from '@tabler/icons-react';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { useBoard } from '../state/board-store';
import { Button } from '../ui/button';
import { type Bar, barKey, planBars } from './bar-plan';
import styles from './bars.module.css';
import { AttentionBar, WhatsappBar } from './order-bars';
import { PauseBar } from './pause-bar';
import { isSoundBlocked, subscribeToSound, testSound } from './sound';
import { DiskBar, EnterAllBar, NoticeBar, SilentBar, TillDownBar } from './store-bars';
import { PrinterBar, TicketQuestionBar, WaitingTicketsBar } from './ticket-bars';

/** More would push the orders off the screen. */
const SHOWN = 2;

/** What concerns the whole store, above every screen; nothing while all is well. */
export function Bars() {
  const store = useBoard((state) => state.settledStore);
  const cards = useBoard((state) => state.cards);
  const soundBlocked = useSyncExternalStore(subscribeToSound, isSoundBlocked);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState(false);
  const bars = useMemo(
    () => (store === null ? [] : planBars({ store, cards: cards.values(), soundBlocked, dismissed })),
    [store, cards, soundBlocked, dismissed],
  );
  if (bars.length === 0) return null;
  const shown = unfolded ? bars : bars.slice(0, SHOWN);
  const hidden = bars.length - shown.length;
  const dismiss = (words: string): void => setDismissed(new Set([...dismissed, words]));
  return (
    <section className={styles.bars} aria-label="Needs somebody">
      {shown.map((bar, index) => (
        <div key={barKey(bar)} className={styles.row}>
          <OneBar bar={bar} onDismiss={dismiss} />
          {bars.length > SHOWN && index === SHOWN - 1 && (
            <Button
              aria-label={unfolded ? 'Show less' : `${hidden} more to know`}
              aria-expanded={unfolded}
              className={styles.fold}
              onClick={() => setUnfolded(!unfolded)}
            >
              {unfolded ? <IconChevronUp size={24} aria-hidden="true" /> : `+ ${hidden}`}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

function OneBar({ bar, onDismiss }: { readonly bar: Bar; readonly onDismiss: (words: string) => void }) {
  switch (bar.kind) {
    case 'disk':
      return <DiskBar words={bar.words} />;
    case 'silent':
      return <SilentBar onTap={testSound} />;
    case 'paused':
      return <PauseBar pause={bar.pause} />;
    case 'whatsapp':
      return <WhatsappBar card={bar.card} />;
    case 'attention':
      return <AttentionBar card={bar.card} more={bar.more} />;
    case 'printer':
      return <PrinterBar words={bar.words} />;
    case 'waiting_tickets':
      return <WaitingTicketsBar waiting={bar.waiting} />;
    case 'ticket_question':
      return <TicketQuestionBar question={bar.question} more={bar.more} />;
    case 'enter_all':
      return <EnterAllBar orders={bar.orders} />;
    case 'till_down':
      return <TillDownBar words={bar.words} />;
    case 'notice':
      return <NoticeBar words={bar.words} onDismiss={() => onDismiss(bar.words)} />;
  }
}
