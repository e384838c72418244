import { IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { isSoundBlocked, subscribeToSound, testSound } from '../../frame/sound';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './setup-wizard.module.css';

interface SoundStepProps {
  readonly back: ReactNode;
  readonly onHeard: () => void;
  /** Not heard, and put off. */
  readonly onLater: () => void;
}

/** An order that nobody hears is an order that nobody answers. */
export function SoundStep({ back, onHeard, onLater }: SoundStepProps) {
  const blocked = useSyncExternalStore(subscribeToSound, isSoundBlocked);
  const [played, setPlayed] = useState(false);
  const [unheard, setUnheard] = useState(false);
  const play = (): void => {
    setPlayed(true);
    testSound();
  };
  return (
    <>
      <h1>{played ? 'Can you hear it?' : 'How a new order sounds'}</h1>
      <p className={styles.help}>
        Stand where the staff stand. The ring goes on until somebody answers the order, and grows louder.
      </p>
      <Button
        tone={played ? 'plain' : 'primary'}
        className={styles.next}
        icon={<IconPlayerPlay size={24} aria-hidden="true" />}
        onClick={play}
      >
        {played ? 'Play it again' : 'Play the ring'}
      </Button>
      <Failure
        words={blocked ? 'This computer plays no sound. Plug a loudspeaker in, then play it again.' : null}
      />
      {unheard && (
        <ol className={styles.advice} role="status">
          <li>Turn this computer’s volume all the way up.</li>
          <li>Is a loudspeaker plugged in, switched on and turned up?</li>
          <li>In the computer’s sound settings, choose that loudspeaker for output.</li>
          <li>Play it again.</li>
        </ol>
      )}
      <div className={styles.actions}>
        {back}
        {played ? (
          <Button className={styles.back} onClick={() => (unheard ? onLater() : setUnheard(true))}>
            {unheard ? 'See to it later' : 'No'}
          </Button>
        ) : (
          <Button className={styles.back} onClick={onLater}>
            Later
          </Button>
        )}
        {played && (
          <Button tone="primary" className={styles.next} onClick={onHeard}>
            Yes, I hear it
          </Button>
        )}
      </div>
    </>
  );
}
