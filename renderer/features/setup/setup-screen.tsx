import { useState } from 'react';
import { Library } from '../../ui/library';
import styles from './setup-screen.module.css';
import { SetupWizard } from './setup-wizard';
import { Welcome } from './welcome';

interface SetupScreenProps {
  /** Given when it was opened from the settings: back to them. Without it the app has no restaurant yet. */
  readonly onClose?: () => void;
}

/** The first minutes: practise, or set this restaurant up. */
export function SetupScreen({ onClose }: SetupScreenProps) {
  const [started, setStarted] = useState(onClose !== undefined);
  if (!started) return <Welcome onSetup={() => setStarted(true)} />;
  if (onClose !== undefined) {
    return (
      <Library>
        <SetupWizard onLeave={onClose} onFinished={onClose} />
      </Library>
    );
  }
  return (
    <Library>
      <main className={styles.whole}>
        <SetupWizard onLeave={() => setStarted(false)} />
      </main>
    </Library>
  );
}
