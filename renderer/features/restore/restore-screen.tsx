import { Textarea, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { Library } from '../../ui/library';
import styles from './restore-screen.module.css';

/** A restaurant moves to this computer: its backup, and the paper that opens it. */
export function RestoreScreen({ onLeave }: { readonly onLeave: () => void }) {
  const [file, setFile] = useState('');
  const [key, setKey] = useState('');
  const [step, setStep] = useState<'file' | 'key'>('file');
  const action = useAction(step);
  const choose = (): void =>
    action.run('choose', async () => {
      const chosen = await ask('backup:choose-file', {});
      if (chosen !== null) setFile(chosen.file);
    });
  const restore = (): void =>
    action.run('restore', () => ask('backup:restore', { file: file.trim(), key: key.trim() }));
  const back = (
    <Button className={styles.back} onClick={step === 'file' ? onLeave : () => setStep('file')}>
      Back
    </Button>
  );
  return (
    <Library>
      <form
        className={styles.screen}
        onSubmit={(event) => {
          event.preventDefault();
          if (step === 'file' && file.trim() !== '') setStep('key');
          if (step === 'key' && key.trim() !== '') restore();
        }}
      >
        {step === 'file' ? (
          <>
            <h1>Which backup?</h1>
            <p className={styles.help}>
              A file whose name ends in “.age”. The newest one in the backup folder is the best.
            </p>
            <div className={styles.row}>
              <TextInput
                className={styles.field}
                label="Backup file"
                placeholder="Choose it, or paste its path"
                autoComplete="off"
                spellCheck={false}
                maxLength={1000}
                value={file}
                onChange={(event) => setFile(event.currentTarget.value)}
              />
              <Button
                className={styles.choose}
                icon={<IconFolderOpen size={22} aria-hidden="true" />}
                pending={action.pending === 'choose'}
                onClick={choose}
              >
                Choose…
              </Button>
            </div>
            <Failure words={action.failure} />
            <div className={styles.actions}>
              {back}
              <Button type="submit" tone="primary" className={styles.next} disabled={file.trim() === ''}>
                Next
              </Button>
            </div>
          </>
        ) : (
          <>
            <h1>What opens it?</h1>
            <p className={styles.help}>
              The recovery key, as it stands on paper, or the passphrase that the backup was made with.
            </p>
            <Textarea
              label="Recovery key or passphrase"
              rows={3}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              maxLength={400}
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            <p className={styles.help}>
              Everything in the backup is read and checked first. Nothing on this computer changes before
              that.
            </p>
            <Failure words={action.failure} />
            <div className={styles.actions}>
              {back}
              <Button
                type="submit"
                tone="primary"
                className={styles.next}
                disabled={key.trim() === ''}
                pending={action.pending === 'restore'}
              >
                {action.pending === 'restore' ? 'Restoring…' : 'Restore and open'}
              </Button>
            </div>
          </>
        )}
      </form>
    </Library>
  );
}
