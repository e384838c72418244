import { lazy, Suspense, useState } from 'react';
import styles from './setup-screen.module.css';
import { Welcome } from './welcome';

const SetupWizard = lazy(async () => ({ default: (await import('./setup-wizard')).SetupWizard }));

interface SetupScreenProps {
  /** Given when it was opened from the settings: back to them. Without it the app has no restaurant yet. */
  readonly onClose?: () => void;
}

/** The first minutes: practise, or set this restaurant up. */
export function SetupScreen({ onClose }: SetupScreenProps) {
  const [started, setStarted] = useState(false);
  if (onClose !== undefined) {
    return (
      <Suspense>
        <SetupWizard onLeave={onClose} onFinished={onClose} />
      </Suspense>
    );
  }
  if (!started) return <Welcome onSetup={() => setStarted(true)} />;
  return (
    <main className={styles.whole}>
      <Suspense>
        <SetupWizard onLeave={() => setStarted(false)} />
      </Suspense>
    </main>
  );
}
