import { TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { BackupView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './backup.module.css';

interface FolderChoiceProps {
  readonly backup: BackupView;
  readonly onBackup: (view: BackupView) => void;
}

/** Where backups go: chosen in the system’s own dialog, or by its path. */
export function FolderChoice({ backup, onBackup }: FolderChoiceProps) {
  const [path, setPath] = useState(backup.folder ?? '');
  const action = useAction(backup);
  useEffect(() => setPath(backup.folder ?? ''), [backup.folder]);
  const typed = path.trim();
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === '' || typed === backup.folder) return;
        action.run('keep', async () => onBackup(await ask('backup:folder', { folder: typed })));
      }}
    >
      <div className={styles.row}>
        <TextInput
          className={styles.field}
          label="Folder"
          placeholder="None chosen yet"
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Button
          className={styles.side}
          icon={<IconFolderOpen size={22} aria-hidden="true" />}
          pending={action.pending === 'choose'}
          onClick={() => action.run('choose', async () => onBackup(await ask('backup:choose-folder', {})))}
        >
          Choose…
        </Button>
        <Button
          type="submit"
          className={styles.side}
          disabled={typed === '' || typed === backup.folder}
          pending={action.pending === 'keep'}
        >
          Use it
        </Button>
      </div>
      <Failure words={action.failure} />
    </form>
  );
}
