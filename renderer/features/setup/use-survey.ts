import { useCallback, useEffect, useRef, useState } from 'react';
import type { SetupSurvey } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';

interface Survey {
  /** The last answer; it stays while the next one is on its way. */
  readonly survey: SetupSurvey | null;
  readonly testing: boolean;
  readonly failure: string | null;
  test(): void;
  /** Keeps a choice; the answer is a new test. */
  pick(field: string, id: string): Promise<void>;
  /** Lets the till make what a choice lacks, and keeps it; the answer is a new test. */
  create(field: string): Promise<void>;
}

/** Asks a till or a website, at once and whenever something changed. */
export function useSurvey(part: string): Survey {
  const [survey, setSurvey] = useState<SetupSurvey | null>(null);
  const [testing, setTesting] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const turn = useRef(0);

  const run = useCallback(async (question: () => Promise<SetupSurvey>): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setTesting(true);
    setFailure(null);
    try {
      const answer = await question();
      // A later question has another answer coming.
      if (mine === turn.current) setSurvey(answer);
    } catch (error) {
      if (mine === turn.current) setFailure(failureWords(error));
    } finally {
      if (mine === turn.current) setTesting(false);
    }
  }, []);
  const test = useCallback(() => void run(() => ask('setup:survey', { part })), [run, part]);
  const pick = useCallback(
    (field: string, id: string) => run(() => ask('setup:pick', { part, field, id })),
    [run, part],
  );
  const create = useCallback((field: string) => run(() => ask('setup:create', { part, field })), [run, part]);
  useEffect(test, [test]);
  return { survey, testing, failure, test, pick, create };
}

/** Everything works and everything that must be chosen is. */
export function isGood({ checks, choices }: SetupSurvey): boolean {
  return (
    checks.every(({ status }) => status !== 'failed') &&
    choices.every(({ required, chosen }) => !required || chosen !== null)
  );
}
