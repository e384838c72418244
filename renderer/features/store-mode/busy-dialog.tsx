import { useState } from 'react';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import styles from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { BUSY_FOR, EXTRAS } from './mode-words';

/** More time for every order: how much, and for how long. */
export function BusyDialog({ onClose }: { readonly onClose: () => void }) {
  const busy = useBoard(({ store }) => store?.mode.busy ?? null);
  const [forMinutes, setForMinutes] = useState<(typeof BUSY_FOR)[number]['value']>(60);
  const action = useAction(null);
  const run = (name: string, work: () => Promise<unknown>): void =>
    action.run(name, async () => {
      await work();
      onClose();
    });
  return (
    <Dialog title="The kitchen is busy" onClose={onClose}>
      <p className={styles.words}>Every promise gets longer, and the website says so.</p>
      <Choice label="For how long" options={BUSY_FOR} chosen={forMinutes} onChoose={setForMinutes} />
      <h3 className={styles.question}>How much longer?</h3>
      <div className={styles.thirds}>
        {EXTRAS.map((extraMinutes) => (
          <Button
            key={extraMinutes}
            className={styles.reason}
            aria-pressed={busy?.extraMinutes === extraMinutes}
            pending={action.pending === String(extraMinutes)}
            onClick={() => run(String(extraMinutes), () => ask('store:busy', { extraMinutes, forMinutes }))}
          >
            +{extraMinutes} min
          </Button>
        ))}
      </div>
      {busy !== null && (
        <div className={styles.actions}>
          <Button
            tone="primary"
            className={styles.main}
            pending={action.pending === 'calm'}
            onClick={() => run('calm', () => ask('store:calm', {}))}
          >
            Not busy any more
          </Button>
        </div>
      )}
      <Failure words={action.failure} />
    </Dialog>
  );
}
