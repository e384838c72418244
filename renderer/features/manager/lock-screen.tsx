import { useState } from 'react';
import type { ManagerView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { readManager, takeManager } from '../../state/manager-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { useTicking } from '../../ui/ticker';
import styles from './lock-screen.module.css';
import { waitWords } from './pin-entry';
import { PinPad } from './pin-pad';
import { PinReset } from './pin-reset';

/** A number pad, nothing else. */
export function LockScreen({ view }: { readonly view: ManagerView }) {
  const [pin, setPin] = useState('');
  const [forgotten, setForgotten] = useState(false);
  const unlocking = useAction(view);
  const wait = useTicking((now) => waitWords(view.waitUntil, now) ?? '');
  const unlock = (): void =>
    unlocking.run('unlock', async () => {
      try {
        takeManager(await ask('manager:unlock', { pin }));
      } catch (error) {
        await readManager();
        throw error;
      } finally {
        setPin('');
      }
    });
  if (forgotten) return <PinReset canReset={view.canReset} onBack={() => setForgotten(false)} />;
  return (
    <section className={styles.lock} aria-label="Locked">
      <h1>Manager’s PIN</h1>
      <PinPad
        pin={pin}
        enter="Unlock"
        pending={unlocking.pending !== null}
        disabled={wait !== ''}
        onPin={setPin}
        onEnter={unlock}
      />
      <div className={styles.words}>
        {wait !== '' ? (
          <p className={styles.wait}>Too many wrong PINs. Try again in {wait}.</p>
        ) : (
          <Failure words={unlocking.failure} />
        )}
      </div>
      <Button tone="quiet" onClick={() => setForgotten(true)}>
        Forgot the PIN?
      </Button>
    </section>
  );
}
