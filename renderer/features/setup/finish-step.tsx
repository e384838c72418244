import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { SetupCheck } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { CheckList } from './check-list';
import { openPoints } from './open-points';
import { missingFields, type SetupState } from './setup-steps';
import styles from './setup-wizard.module.css';

interface FinishStepProps {
  readonly state: SetupState;
  readonly back: ReactNode;
  readonly changeOf: (field: string) => { readonly words: string; readonly onChange: () => void } | undefined;
  readonly onFinished: (() => void) | undefined;
}

/** What works, what is still missing, and the door. */
export function FinishStep({ state, back, changeOf, onFinished }: FinishStepProps) {
  const { checks, failure, test } = useChecks();
  const finishing = useAction(null);
  const chosen = state.view.chosen !== null;
  const ready = chosen && missingFields(state.view).length === 0;
  const finish = (withOrder: boolean): void =>
    finishing.run(withOrder ? 'order' : 'open', async () => {
      await ask('setup:finish', {});
      if (withOrder) await ask('setup:test-order', {});
      onFinished?.();
    });
  return (
    <>
      <h1>{ready ? 'Ready to open' : 'Something is missing'}</h1>
      {!chosen && <p className={styles.help}>Choose the restaurant first.</p>}
      <CheckList
        checks={checks === null ? null : [...checks, ...openPoints(state)]}
        testing={checks === null && failure === null}
        asking="Asking the tills and the websites…"
        changeOf={changeOf}
      />
      {checks === null && failure !== null && (
        <CheckList checks={openPoints(state)} testing={false} asking="" changeOf={changeOf} />
      )}
      <Button
        className={styles.again}
        pending={checks === null && failure === null}
        disabled={!chosen}
        onClick={test}
      >
        Test again
      </Button>
      <Failure words={failure ?? finishing.failure} />
      <div className={styles.actions}>
        {back}
        <Button
          tone="primary"
          className={styles.next}
          disabled={!ready}
          pending={finishing.pending === 'open'}
          onClick={() => finish(false)}
        >
          Open the restaurant
        </Button>
        <Button
          className={styles.next}
          disabled={!ready}
          pending={finishing.pending === 'order'}
          onClick={() => finish(true)}
        >
          Open and send a test order
        </Button>
      </div>
    </>
  );
}

interface Checks {
  /** `null` while they run. */
  readonly checks: readonly SetupCheck[] | null;
  readonly failure: string | null;
  test(): void;
}

function useChecks(): Checks {
  const [checks, setChecks] = useState<readonly SetupCheck[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const test = useCallback(() => {
    setChecks(null);
    setFailure(null);
    ask('setup:test', {}).then(setChecks, (error: unknown) => setFailure(failureWords(error)));
  }, []);
  useEffect(test, [test]);
  return { checks, failure, test };
}
