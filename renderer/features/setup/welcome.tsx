import { IconBuildingStore, IconRestore, IconSchool } from '@tabler/icons-react';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './welcome.module.css';

interface WelcomeProps {
  readonly onSetup: () => void;
  readonly onRestore: () => void;
}

/** Nobody has to have a till to see how it works. */
export function Welcome({ onSetup, onRestore }: WelcomeProps) {
  const training = useAction(null);
  return (
    <main className={styles.welcome}>
      <span className={styles.logo} aria-hidden="true">
        T
      </span>
      <h1>Welcome to Tillside</h1>
      <p>
        Online orders ring here, you answer them, and they land in the till. Try it with a till and a website
        that this computer plays, or set up your restaurant.
      </p>
      <div className={styles.choices}>
        <Button
          tone="primary"
          className={styles.choice}
          icon={<IconSchool size={30} aria-hidden="true" />}
          pending={training.pending !== null}
          onClick={() => training.run('training', () => ask('training:start', {}))}
        >
          Start training
        </Button>
        <Button
          className={styles.choice}
          icon={<IconBuildingStore size={30} aria-hidden="true" />}
          onClick={onSetup}
        >
          Set up this store
        </Button>
        <Button
          className={styles.choice}
          icon={<IconRestore size={30} aria-hidden="true" />}
          onClick={onRestore}
        >
          Restore from a backup
        </Button>
      </div>
      <Failure words={training.failure} />
    </main>
  );
}
