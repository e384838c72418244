import { useCallback, useEffect, useRef, useState } from 'react';
import { failureWords } from '../bridge';

/** A tap that was granted but changes nothing on the screen lets go of its button after this long. */
const LET_GO_MS = 3_000;

export interface Action {
  /** The one that is under way, by its name. */
  readonly pending: string | null;
  /** Why the last one did not work, in words; gone with the next tap. */
  readonly failure: string | null;
  run(name: string, work: () => Promise<unknown>): void;
}

/**
 * Taps that ask something of main: pending at once, back with words when it says no. A granted one stays pending until
 * `subject` changes, so that nobody taps twice while the change is on its way.
 */
export function useAction(subject: unknown): Action {
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const busy = useRef<string | null>(null);

  const letGo = useCallback(() => {
    window.clearTimeout(timer.current);
    busy.current = null;
    setPending(null);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new subject is the confirmation that was waited for.
  useEffect(() => letGo, [subject, letGo]);

  const run = useCallback(
    (name: string, work: () => Promise<unknown>) => {
      // The same tap twice is one; another one is another wish, and main decides whether it can be had.
      if (busy.current === name) return;
      busy.current = name;
      setPending(name);
      setFailure(null);
      work().then(
        () => {
          timer.current = window.setTimeout(letGo, LET_GO_MS);
        },
        (error: unknown) => {
          setFailure(failureWords(error));
          letGo();
        },
      );
    },
    [letGo],
  );

  return { pending, failure, run };
}
