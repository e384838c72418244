import { lazy, Suspense, useState } from 'react';
import { ManagerGate } from '../manager/manager-gate';
import styles from './setup-screen.module.css';
import { Welcome } from './welcome';

const SetupWizard = lazy(async () => ({ default: (await import('./setup-wizard')).SetupWizard }));
const RestoreScreen = lazy(async () => ({
  default: (await import('../restore/restore-screen')).RestoreScreen,
}));

interface SetupScreenProps {
  /** Given when it was opened from the settings: back to them. Without it the app has no restaurant yet. */
  readonly onClose?: () => void;
}

/** The first minutes: practise, set this restaurant up, or bring it back from a backup. */
export function SetupScreen({ onClose }: SetupScreenProps) {
  const [started, setStarted] = useState<'setup' | 'restore' | null>(null);
  if (onClose !== undefined) {
    return (
      <Suspense>
        <SetupWizard onLeave={onClose} onFinished={onClose} />
      </Suspense>
    );
  }
  if (started === null) {
    return <Welcome onSetup={() => setStarted('setup')} onRestore={() => setStarted('restore')} />;
  }
  const leave = (): void => setStarted(null);
  return (
    <main className={styles.whole}>
      <ManagerGate>
        <Suspense>
          {started === 'setup' ? <SetupWizard onLeave={leave} /> : <RestoreScreen onLeave={leave} />}
        </Suspense>
      </ManagerGate>
    </main>
  );
}
