import { useState } from 'react';
import { ask } from '../../bridge';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import styles from './settings-screen.module.css';

/** Takes the restaurant off this computer; asked twice, because only a backup brings it back. */
export function ClearStore() {
  const [step, setStep] = useState<0 | 1 | 2>(0);
  const close = (): void => setStep(0);
  return (
    <>
      <h3 className={styles.heading}>Take this restaurant off this computer</h3>
      <p className={styles.words}>
        For a computer that moves to another restaurant or is given away. All its tokens are deleted here.
      </p>
      <div className={styles.buttons}>
        <Button className={styles.danger} onClick={() => setStep(1)}>
          Clear this restaurant…
        </Button>
      </div>
      {step === 1 && (
        <Dialog title="Clear this restaurant?" onClose={close}>
          <p className={dialog.words}>
            Orders stop coming in here, and every token of this restaurant is deleted from this computer. With
            a backup and the recovery key it can come back.
          </p>
          <div className={dialog.actions}>
            <Button className={dialog.back} onClick={close} data-autofocus>
              Back
            </Button>
            <Button className={dialog.main} onClick={() => setStep(2)}>
              Go on
            </Button>
          </div>
        </Dialog>
      )}
      {step === 2 && (
        <ConfirmDialog
          title="Really clear it now?"
          confirm="Clear this restaurant"
          onConfirm={() => ask('secrets:clear', {})}
          onClose={close}
        >
          This cannot be taken back here. Open orders should be finished first.
        </ConfirmDialog>
      )}
    </>
  );
}
