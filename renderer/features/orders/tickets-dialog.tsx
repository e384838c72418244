import { useState } from 'react';
import type { TicketsView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { Library } from '../../ui/library';
import { clock } from '../../ui/time-words';
import styles from './tickets-dialog.module.css';

interface Props {
  readonly waiting: TicketsView['waiting'];
  readonly onClose: () => void;
}

/** Which of the tickets that waited are printed after all. What is not chosen is not printed. */
export function TicketsDialog({ waiting: now, onClose }: Props) {
  // As it was when the dialog opened: nothing appears under a finger.
  const [waiting] = useState(now);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const action = useAction(waiting);
  const all = waiting.map(({ seq }) => seq);
  const toggle = (seq: number): void =>
    setChosen(new Set(chosen.has(seq) ? [...chosen].filter((one) => one !== seq) : [...chosen, seq]));
  const decide = (): void =>
    action.run('decide', async () => {
      const print = all.filter((seq) => chosen.has(seq));
      await ask('tickets:decide', { print, leave: all.filter((seq) => !chosen.has(seq)) });
      onClose();
    });
  return (
    <Library>
      <Dialog title="Which tickets are printed?" onClose={onClose}>
        <p className={dialog.words}>Tap what the kitchen still has to see. The others are not printed.</p>
        <ul className={styles.list} aria-label="Tickets">
          {waiting.map(({ seq, number, printer, wantedAt }) => (
            <li key={seq}>
              <button
                type="button"
                className={styles.ticket}
                aria-pressed={chosen.has(seq)}
                onClick={() => toggle(seq)}
              >
                <b>{number}</b>
                <span>
                  {printer}, {clock(wantedAt, timezone)}
                </span>
                <em aria-hidden="true">{chosen.has(seq) ? 'Print' : 'Leave'}</em>
              </button>
            </li>
          ))}
        </ul>
        <Failure words={action.failure} />
        <div className={dialog.actions}>
          <Button className={dialog.back} onClick={onClose}>
            Back
          </Button>
          <Button tone="primary" className={dialog.main} pending={action.pending !== null} onClick={decide}>
            {printWords(chosen.size)}
          </Button>
        </div>
      </Dialog>
    </Library>
  );
}

function printWords(count: number): string {
  if (count === 0) return 'Print none';
  return count === 1 ? 'Print 1 ticket' : `Print ${count} tickets`;
}
