import type { BackupView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { useReading } from '../../ui/reading';
import { useTicking } from '../../ui/ticker';
import { clockOnDay } from '../../ui/time-words';
import { Unread } from '../../ui/unread';
import { FolderChoice } from '../backup/folder-choice';
import { RecoveryKey } from '../backup/recovery-key';
import { ExportForm } from './export-form';
import styles from './settings-screen.module.css';

const readBackup = (): Promise<BackupView> => ask('backup:read', {});

/** What survives this computer. */
export function BackupSection() {
  const reading = useReading(readBackup);
  const { value: backup, take } = reading;
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const making = useAction(backup);
  const last = useTicking((now) => timeWords(backup?.lastAt ?? null, now, timezone));
  const next = useTicking((now) => timeWords(backup?.nextAt ?? null, now, timezone));
  if (backup === null) return <Unread reading={reading} />;
  const possible = backup.folder !== null && backup.recoveryKey === 'made';
  return (
    <>
      <Failure words={backup.trouble} />
      <dl className={styles.facts}>
        <div>
          <dt>Last backup</dt>
          <dd>{last === '' ? 'None yet' : last}</dd>
        </div>
        <div>
          <dt>Next one</dt>
          <dd>{next === '' ? nextWords(possible) : next}</dd>
        </div>
      </dl>
      <div className={styles.buttons}>
        <Button
          disabled={!possible}
          pending={making.pending !== null}
          onClick={() => making.run('now', async () => take(await ask('backup:now', {})))}
        >
          Make one now
        </Button>
      </div>
      <Failure words={making.failure} />
      <h3 className={styles.heading}>Where backups go</h3>
      <p className={styles.words}>
        One a day, kept for 14 days. A stick or a network drive outlives this computer.
      </p>
      <FolderChoice backup={backup} onBackup={take} />
      <h3 className={styles.heading}>The recovery key</h3>
      <p className={styles.words}>
        It opens the backups on another computer, and resets a forgotten PIN. It exists on paper only.
      </p>
      <RecoveryKey backup={backup} onBackup={take} />
      <ExportForm folder={backup.folder} />
    </>
  );
}

function timeWords(at: number | null, now: number, timezone: string): string {
  return at === null ? '' : clockOnDay(at, now, timezone);
}

function nextWords(possible: boolean): string {
  return possible ? 'Soon' : 'When there are a folder and a recovery key';
}
