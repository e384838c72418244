import type { ReactNode } from 'react';
import type { BackupView } from '../../../preload/contract';
import { Button } from '../../ui/button';
import { FolderChoice } from '../backup/folder-choice';
import { RecoveryKey } from '../backup/recovery-key';
import styles from './setup-wizard.module.css';

interface BackupStepProps {
  readonly backup: BackupView;
  readonly back: ReactNode;
  readonly onBackup: (view: BackupView) => void;
  readonly onLater: () => void;
  readonly onNext: () => void;
}

/** Where the daily backup goes. */
export function FolderStep({ backup, back, onBackup, onLater, onNext }: BackupStepProps) {
  return (
    <>
      <h1>Where should backups go?</h1>
      <p className={styles.help}>
        Every day Tillside copies its orders and settings into this folder, locked. A stick or a network drive
        outlives this computer.
      </p>
      <FolderChoice backup={backup} onBackup={onBackup} />
      <Actions back={back} done={backup.folder !== null} onLater={onLater} onNext={onNext} />
    </>
  );
}

/** The key that opens the backups, on paper. */
export function KeyStep({ backup, back, onBackup, onLater, onNext }: BackupStepProps) {
  return (
    <>
      <h1>The recovery key</h1>
      <p className={styles.help}>
        It opens the backups on another computer, and resets a forgotten PIN. It exists on paper only: keep it
        where you keep the restaurant’s papers, away from this computer.
      </p>
      <RecoveryKey backup={backup} onBackup={onBackup} />
      <Actions back={back} done={backup.recoveryKey === 'made'} onLater={onLater} onNext={onNext} />
    </>
  );
}

interface ActionsProps {
  readonly back: ReactNode;
  readonly done: boolean;
  readonly onLater: () => void;
  readonly onNext: () => void;
}

function Actions({ back, done, onLater, onNext }: ActionsProps) {
  return (
    <div className={styles.actions}>
      {back}
      {done ? (
        <Button tone="primary" className={styles.next} onClick={onNext}>
          Next
        </Button>
      ) : (
        <Button className={styles.back} onClick={onLater}>
          Later
        </Button>
      )}
    </div>
  );
}
