import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from '../../bridge';
import { takeManager, useManager } from '../../state/manager-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Dialog } from '../../ui/dialog';
import { Failure } from '../../ui/failure';
import { NewPin } from '../manager/new-pin';
import { AuditList } from './audit-list';
import styles from './settings-screen.module.css';

/** Who may change things here, and what was changed. */
export function ManagerSection() {
  const manager = useManager();
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const locking = useAction(manager);
  const close = (): void => setOpen(null);
  if (manager === null) return null;
  const isSet = manager.pin === 'set';
  return (
    <>
      <p className={styles.words}>
        {isSet
          ? 'Settings are locked with a PIN. They lock by themselves after five minutes without a touch.'
          : 'There is no PIN: everybody at the counter can change the settings.'}
      </p>
      <div className={styles.buttons}>
        {isSet && (
          <Button
            tone="primary"
            icon={<IconLock size={22} aria-hidden="true" />}
            pending={locking.pending !== null}
            onClick={() => locking.run('lock', async () => takeManager(await ask('manager:lock', {})))}
          >
            Lock now
          </Button>
        )}
        <Button tone={isSet ? 'plain' : 'primary'} onClick={() => setOpen('change')}>
          {isSet ? 'Change the PIN…' : 'Set a PIN…'}
        </Button>
        {isSet && <Button onClick={() => setOpen('remove')}>Remove the PIN…</Button>}
      </div>
      <Failure words={locking.failure} />
      {/* Read anew with each change that is made here. */}
      <AuditList key={`${manager.pin} ${open}`} />
      {open === 'change' && (
        <Dialog title={isSet ? 'A new PIN' : 'Set a PIN'} onClose={close}>
          <div className={styles.center}>
            <NewPin
              onPin={async (pin) => {
                takeManager(await ask('manager:pin', { pin }));
                close();
              }}
            />
          </div>
        </Dialog>
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title="Remove the PIN?"
          confirm="Remove the PIN"
          onConfirm={async () => takeManager(await ask('manager:pin', { pin: null }))}
          onClose={close}
        >
          Without a PIN everybody at the counter can change the set-up.
        </ConfirmDialog>
      )}
    </>
  );
}
