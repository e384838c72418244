import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './ticket-button.module.css';

/** One more ticket for the kitchen; nothing where there is no printer. */
export function TicketButton({ card }: { readonly card: OrderCard }) {
  const printers = useBoard(({ store }) => store?.tickets.printers ?? 0);
  const [asked, setAsked] = useState(false);
  const action = useAction(asked);
  if (printers === 0) return null;
  return (
    <div className={styles.print}>
      <Button
        icon={<IconPrinter size={22} aria-hidden="true" />}
        pending={action.pending !== null}
        onClick={() => {
          setAsked(false);
          action.run('print', async () => {
            await ask('tickets:print', { key: card.key });
            setAsked(true);
          });
        }}
      >
        Print the ticket
      </Button>
      <p role="status" className={styles.asked}>
        {asked ? 'The ticket is on its way to the printer.' : ''}
      </p>
      <Failure words={action.failure} />
    </div>
  );
}
