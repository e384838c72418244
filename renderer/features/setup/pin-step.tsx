import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ask } from '../../bridge';
import { takeManager } from '../../state/manager-store';
import { Button } from '../../ui/button';
import { NewPin } from '../manager/new-pin';
import styles from './setup-wizard.module.css';

interface PinStepProps {
  readonly isSet: boolean;
  readonly back: ReactNode;
  readonly onSkip: () => void;
  readonly onNext: () => void;
}

/** Who may change the set-up later. */
export function PinStep({ isSet, back, onSkip, onNext }: PinStepProps) {
  const [changing, setChanging] = useState(false);
  if (isSet && !changing) {
    return (
      <>
        <h1>The manager’s PIN</h1>
        <p className={styles.kept} data-present>
          <IconCheck size={20} stroke={2.5} aria-hidden="true" />A PIN is set.
        </p>
        <div className={styles.actions}>
          {back}
          <Button className={styles.back} onClick={() => setChanging(true)}>
            Change it
          </Button>
          <Button tone="primary" className={styles.next} onClick={onNext}>
            Next
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <h1>Choose the manager’s PIN</h1>
      <p className={styles.help}>
        Settings open with it. Orders need none. Without a PIN everybody at the counter can change the set-up.
      </p>
      <NewPin
        onPin={async (pin) => {
          takeManager(await ask('manager:pin', { pin }));
          onNext();
        }}
      />
      <div className={styles.actions}>
        {back}
        <Button className={styles.back} onClick={isSet ? () => setChanging(false) : onSkip}>
          {isSet ? 'Keep the old one' : 'Go on without a PIN'}
        </Button>
      </div>
    </>
  );
}
