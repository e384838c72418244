import { IconAlertTriangle, IconCheck, IconLoader, IconX } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { SetupCheck, SetupView } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { RelayUrls } from './relay-urls';
import { missingFields } from './setup-steps';
import styles from './setup-wizard.module.css';

interface CheckStepProps {
  readonly view: SetupView;
  readonly back: ReactNode;
  readonly onFinished: (() => void) | undefined;
}

const ICON_SIZE = 22;
const ICONS: Readonly<Record<SetupCheck['status'], ReactNode>> = {
  ok: <IconCheck size={ICON_SIZE} stroke={2.5} aria-label="Works:" />,
  warning: <IconAlertTriangle size={ICON_SIZE} aria-label="Note:" />,
  failed: <IconX size={ICON_SIZE} stroke={2.5} aria-label="Does not work:" />,
};

/** Asks the till with what was entered, and says what it answered. */
export function CheckStep({ view, back, onFinished }: CheckStepProps) {
  const { checks, failure, test } = useChecks();
  const finishing = useAction(null);
  const missing = missingFields(view);
  const good = checks?.every(({ status }) => status !== 'failed') === true;
  const finish = async (): Promise<void> => {
    await ask('setup:finish', {});
    onFinished?.();
  };
  return (
    <>
      <h1>Does it work?</h1>
      <ul className={styles.list} aria-live="polite" aria-busy={checks === null}>
        {checks === null && failure === null && (
          <li>
            <IconLoader size={ICON_SIZE} aria-hidden="true" /> Asking the till…
          </li>
        )}
        {checks?.map(({ status, words, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole.
          <li key={index} data-status={status}>
            {ICONS[status]}
            {words}
            {detail !== null && <span className={styles.detail}>{detail}</span>}
          </li>
        ))}
      </ul>
      <Failure words={failure ?? finishing.failure} />
      <div className={styles.actions}>
        {back}
        <Button className={styles.back} onClick={test}>
          Test again
        </Button>
        <Button
          tone={good ? 'primary' : 'plain'}
          className={styles.next}
          disabled={view.chosen === null || missing.length > 0}
          pending={finishing.pending !== null}
          onClick={() => finishing.run('finish', finish)}
        >
          Finish
        </Button>
      </div>
      {missing.length > 0 && <p className={styles.kept}>Still missing: {missing.join(', ')}.</p>}
      {view.relayUrls.length > 0 && <h2 className={styles.urlsHeading}>Where websites send orders</h2>}
      <RelayUrls urls={view.relayUrls} />
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
