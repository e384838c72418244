import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { SecretView } from '../../../preload/contract';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import styles from './replace-dialog.module.css';
import { TokenDone } from './token-done';

interface ReplaceDialogProps {
  readonly secret: SecretView;
  /** Rejects with words when the new one does not work; the old one stays then. */
  readonly onReplace: (value: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** A new token in place of the old one, without a moment in which there is none. */
export function ReplaceDialog({ secret, onReplace, onClose }: ReplaceDialogProps) {
  const [value, setValue] = useState('');
  const [done, setDone] = useState(false);
  const action = useAction(done);
  // As it was when the dialog opened: the answer changes the token itself.
  const [replaces] = useState(secret.present);
  if (done) return <TokenDone label={secret.label} words="It is in use from now on." onClose={onClose} />;
  return (
    <Dialog title={`${replaces ? 'Replace' : 'Enter'}: ${secret.label}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (value.trim() === '') return;
          action.run('replace', async () => {
            await onReplace(value.trim());
            setValue('');
            setDone(true);
          });
        }}
      >
        <p className={dialog.words}>
          {replaces
            ? 'Paste the new one. It is tested first, while the old one goes on working.'
            : 'Paste it. It is tested before it is used.'}
        </p>
        <PasswordInput
          aria-label={secret.label}
          placeholder="Paste it here"
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          maxLength={4096}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <div className={styles.words}>
          <Failure words={action.failure} />
          {action.failure !== null && replaces && <p>Nothing changed: the old one is still in use.</p>}
        </div>
        <div className={dialog.actions}>
          <Button className={dialog.back} onClick={onClose}>
            Back
          </Button>
          <Button
            type="submit"
            tone="primary"
            className={dialog.main}
            disabled={value.trim() === ''}
            pending={action.pending !== null}
          >
            {action.pending === null ? 'Test it and use it' : 'Testing…'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
