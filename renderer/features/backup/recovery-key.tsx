import { TextInput } from '@mantine/core';
import { IconCheck, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackupView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './backup.module.css';

interface RecoveryKeyProps {
  readonly backup: BackupView;
  readonly onBackup: (view: BackupView) => void;
}

/** The end of the key that is typed from the paper. */
const ENDING = 6;

/** A key on paper opens the backups, also on another computer. It counts when its end was typed from the paper. */
export function RecoveryKey({ backup, onBackup }: RecoveryKeyProps) {
  const [ending, setEnding] = useState('');
  const action = useAction(backup);
  const typed = ending.replaceAll(/\s/g, '');
  const make = (): void =>
    action.run('make', async () => {
      setEnding('');
      onBackup(await ask('backup:make-key', {}));
    });
  if (backup.recoveryKey !== 'unconfirmed') {
    const made = backup.recoveryKey === 'made';
    return (
      <div className={styles.stack}>
        {made && (
          <p className={styles.good}>
            <IconCheck size={20} stroke={2.5} aria-hidden="true" />
            The recovery key is made and on paper.
          </p>
        )}
        <Button
          tone={made ? 'plain' : 'primary'}
          className={styles.action}
          icon={<IconKey size={22} aria-hidden="true" />}
          pending={action.pending === 'make'}
          onClick={make}
        >
          {made ? 'Make a new key…' : 'Make the recovery key'}
        </Button>
        {made && <p className={styles.words}>The old key still opens the backups made with it.</p>}
        <Failure words={action.failure} />
      </div>
    );
  }
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.length < ENDING) return;
        action.run('confirm', async () => onBackup(await ask('backup:confirm-key', { ending: typed })));
      }}
    >
      <p className={styles.words}>
        The key is in a window of its own. Print it, or write it down. Then close that window and type the
        last six characters from the paper.
      </p>
      <div className={styles.row}>
        <TextInput
          className={styles.field}
          label="Last six characters of the key"
          autoComplete="off"
          spellCheck={false}
          maxLength={20}
          value={ending}
          onChange={(event) => setEnding(event.currentTarget.value)}
        />
        <Button
          type="submit"
          tone="primary"
          className={styles.side}
          disabled={typed.length < ENDING}
          pending={action.pending === 'confirm'}
        >
          That is the key
        </Button>
      </div>
      <Button tone="quiet" className={styles.start} pending={action.pending === 'make'} onClick={make}>
        The window is gone: make another key
      </Button>
      <Failure words={action.failure} />
    </form>
  );
}
