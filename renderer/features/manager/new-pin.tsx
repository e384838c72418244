import { useState } from 'react';
import { useAction } from '../../ui/action';
import { Failure } from '../../ui/failure';
import styles from './new-pin.module.css';
import { PinPad } from './pin-pad';

interface NewPinProps {
  /** Rejects with words when main does not take this PIN. */
  readonly onPin: (pin: string) => Promise<unknown>;
}

/** A new PIN, typed twice: a slip of the finger would lock the manager out. */
export function NewPin({ onPin }: NewPinProps) {
  const [first, setFirst] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [differs, setDiffers] = useState(false);
  const keeping = useAction(null);

  const startAgain = (): void => {
    setFirst(null);
    setPin('');
  };
  const enter = (): void => {
    setDiffers(false);
    if (first === null) {
      setFirst(pin);
      setPin('');
    } else if (first !== pin) {
      setDiffers(true);
      startAgain();
    } else {
      keeping.run('pin', async () => {
        try {
          await onPin(pin);
        } finally {
          startAgain();
        }
      });
    }
  };
  return (
    <div className={styles.whole}>
      <p className={styles.ask} aria-live="polite">
        {first === null ? 'Type a PIN of 4 to 8 digits.' : 'Type the same PIN again.'}
      </p>
      <PinPad
        pin={pin}
        enter={first === null ? 'Next' : 'Keep'}
        pending={keeping.pending !== null}
        onPin={setPin}
        onEnter={enter}
      />
      <Failure
        words={differs ? 'The two PINs are not the same. Type the PIN again, twice.' : keeping.failure}
      />
    </div>
  );
}
