import { lazy, Suspense, useState } from 'react';
import { ask, failureWords } from '../../bridge';
import { takeManager } from '../../state/manager-store';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './lock-screen.module.css';
import { NewPin } from './new-pin';

const RecoveryKeyField = lazy(async () => ({
  default: (await import('./recovery-key-field')).RecoveryKeyField,
}));

interface PinResetProps {
  readonly canReset: boolean;
  readonly onBack: () => void;
}

/** A forgotten PIN: the recovery key stands in for it, and a new PIN is chosen. */
export function PinReset({ canReset, onBack }: PinResetProps) {
  const [key, setKey] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [step, setStep] = useState<'key' | 'pin'>('key');
  if (!canReset) {
    return (
      <section className={styles.reset} aria-label="Forgot the PIN">
        <h1>No recovery key was made</h1>
        <p>Without one the PIN cannot be reset here. Orders go on as before. Call head office.</p>
        <Back onBack={onBack} />
      </section>
    );
  }
  if (step === 'pin') {
    return (
      <section className={styles.reset} aria-label="Forgot the PIN">
        <h1>Choose a new PIN</h1>
        <NewPin
          onPin={async (pin) => {
            try {
              takeManager(await ask('manager:reset', { recoveryKey: key, pin }));
            } catch (error) {
              setRefused(failureWords(error));
              setStep('key');
            }
          }}
        />
        <Back onBack={() => setStep('key')} />
      </section>
    );
  }
  return (
    <section className={styles.reset} aria-label="Forgot the PIN">
      <h1>Type the recovery key</h1>
      <p>
        It is on the sheet that was printed when backups were set up. Spaces and line breaks do not matter.
      </p>
      <Suspense>
        <RecoveryKeyField value={key} onChange={setKey} />
      </Suspense>
      <Failure words={refused} />
      <div className={styles.actions}>
        <Button className={styles.back} onClick={onBack}>
          Back
        </Button>
        <Button
          tone="primary"
          className={styles.next}
          disabled={key.trim() === ''}
          onClick={() => {
            setRefused(null);
            setStep('pin');
          }}
        >
          Next
        </Button>
      </div>
    </section>
  );
}

function Back({ onBack }: { readonly onBack: () => void }) {
  return (
    <div className={styles.actions}>
      <Button className={styles.back} onClick={onBack}>
        Back
      </Button>
    </div>
  );
}
