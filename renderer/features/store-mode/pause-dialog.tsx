import { useState } from 'react';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import styles from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { clock } from '../../ui/time-words';
import { LENGTHS, REASONS } from './mode-words';

/** No more orders for a while: why, and for how long. */
export function PauseDialog({ onClose }: { readonly onClose: () => void }) {
  const [reason, setReason] = useState<(typeof REASONS)[number]['value']>('too_busy');
  const action = useAction(null);
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const closes = useBoard(({ store }) => (store?.hours.open ? store.hours.until : null));
  return (
    <Dialog title="Pause new orders" onClose={onClose}>
      <p className={styles.words}>The website stops selling. What comes in all the same still rings.</p>
      <Choice label="Why" options={REASONS} chosen={reason} onChoose={setReason} />
      <h3 className={styles.question}>For how long?</h3>
      <div className={styles.reasons}>
        {LENGTHS.map(({ length, words }) => (
          <Button
            key={length}
            className={styles.reason}
            pending={action.pending === length}
            onClick={() =>
              action.run(length, async () => {
                await ask('store:pause', { length, reason });
                onClose();
              })
            }
          >
            {words}
            {length === 'day' && closes !== null && ` (${clock(closes, timezone)})`}
          </Button>
        ))}
      </div>
      <Failure words={action.failure} />
    </Dialog>
  );
}
