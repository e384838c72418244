import { type ReactNode, useEffect, useState } from 'react';
import { ask, failureWords } from '../../bridge';
import { connectManager, readManager, useManager } from '../../state/manager-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { LockScreen } from './lock-screen';
import styles from './manager-gate.module.css';

/** Main waits five minutes for a sign of life; so many are enough. */
const TELL_EVERY_MS = 20_000;

/** What only the manager may see; a number pad while it is locked. */
export function ManagerGate({ children }: { readonly children: ReactNode }) {
  const view = useManager();
  const [failure, setFailure] = useState<string | null>(null);
  const reading = useAction(view);
  useEffect(() => connectManager((error) => setFailure(failureWords(error))), []);
  useSignsOfLife(view?.pin === 'set' && view.unlocked);
  if (view === null) {
    if (failure === null) return null;
    return (
      <div className={styles.failure}>
        <Failure words={reading.failure ?? failure} />
        <Button onClick={() => reading.run('read', readManager)}>Try again</Button>
      </div>
    );
  }
  return view.unlocked ? children : <LockScreen view={view} />;
}

/** Tells main that somebody is there, at the first touch and then not too often. */
function useSignsOfLife(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = ({ timeStamp }: Event): void => {
      if (timeStamp - toldAt < TELL_EVERY_MS) return;
      toldAt = timeStamp;
      // Refused or lost, the lock closes a little early; the number pad says so by itself.
      ask('manager:active', {}).catch(() => undefined);
    };
    const options = { capture: true, passive: true };
    window.addEventListener('pointerdown', tell, options);
    window.addEventListener('keydown', tell, options);
    return () => {
      window.removeEventListener('pointerdown', tell, options);
      window.removeEventListener('keydown', tell, options);
    };
  }, [on]);
}
