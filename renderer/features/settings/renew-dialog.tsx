import { useState } from 'react';
import type { SecretsView, SecretView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import styles from './replace-dialog.module.css';
import { TokenDone } from './token-done';

interface RenewDialogProps {
  readonly secret: SecretView;
  readonly onView: (view: SecretsView) => void;
  readonly onClose: () => void;
}

/** The till makes a new key, and nobody has to copy one. */
export function RenewDialog({ secret, onView, onClose }: RenewDialogProps) {
  const [done, setDone] = useState<{ readonly words: string | null } | null>(null);
  const action = useAction(done);
  if (done !== null) {
    return (
      <TokenDone label={secret.label} words="The new one is in use." onClose={onClose}>
        {done.words === null ? (
          <p className={dialog.words}>The old one is void.</p>
        ) : (
          <div className={styles.words}>
            <Failure words={done.words} />
          </div>
        )}
      </TokenDone>
    );
  }
  return (
    <Dialog title={`Make a new key: ${secret.label}`} onClose={onClose}>
      <p className={dialog.words}>
        The till makes it, and Tillside tests it while the old one goes on working. Then the old one is made
        void.
      </p>
      <div className={styles.words}>
        <Failure words={action.failure} />
        {action.failure !== null && <p>The old one is still in use.</p>}
      </div>
      <div className={dialog.actions}>
        <Button className={dialog.back} onClick={onClose}>
          Back
        </Button>
        <Button
          tone="primary"
          className={dialog.main}
          pending={action.pending !== null}
          onClick={() =>
            action.run('renew', async () => {
              const { view, words } = await ask('secrets:renew', { name: secret.name });
              onView(view);
              setDone({ words });
            })
          }
          data-autofocus
        >
          {action.pending === null ? 'Make it and use it' : 'Making it…'}
        </Button>
      </div>
    </Dialog>
  );
}
