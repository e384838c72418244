import { useCallback, useEffect, useMemo, useState } from 'react';
import type { BackupView, Input, SetupImport, SetupView } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';
import { useManager } from '../../state/manager-store';
import { keepPassedSteps, passedSteps } from './setup-progress';
import type { SetupState } from './setup-steps';

export interface Setup {
  /** `null` until it is read. */
  readonly state: SetupState | null;
  /** Why it could not be read, in words. */
  readonly failure: string | null;
  read(): void;
  /** A step is done although nothing of it is kept anywhere; or is to be asked again. */
  pass(step: string, isPassed?: boolean): void;
  choose(id: string): Promise<void>;
  add(input: Input<'setup:add'>): Promise<void>;
  /** Keeps one value; a secret goes to the keychain and never comes back. */
  keep(name: string, value: string): Promise<void>;
  copySecret(part: string): Promise<void>;
  importEnv(text: string): Promise<SetupImport>;
  takeBackup(view: BackupView): void;
}

/** What this restaurant has and still needs; every change answers with all of it. */
export function useSetup(): Setup {
  const manager = useManager();
  const [view, setView] = useState<SetupView | null>(null);
  const [backup, setBackup] = useState<BackupView | null>(null);
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);

  const take = useCallback((next: SetupView) => {
    setView(next);
    setPassed(passedSteps(next.chosen));
  }, []);
  const read = useCallback(() => {
    setFailure(null);
    Promise.all([ask('setup:read', {}), ask('backup:read', {})]).then(
      ([answer, backups]) => {
        take(answer);
        setBackup(backups);
      },
      (error: unknown) => setFailure(failureWords(error)),
    );
  }, [take]);
  useEffect(read, [read]);

  const pass = (step: string, isPassed = true): void => {
    if (view === null || view.chosen === null) return;
    const next = new Set(passedSteps(view.chosen));
    if (isPassed) next.add(step);
    else next.delete(step);
    keepPassedSteps(view.chosen, next);
    setPassed(next);
  };
  /** What was tested with another value counts for nothing. */
  const untest = (part: string | null | undefined): void => pass(`test:${part}`, false);
  const state = useMemo(
    () => (view === null || manager === null || backup === null ? null : { view, manager, backup, passed }),
    [view, manager, backup, passed],
  );
  return {
    state,
    failure,
    read,
    pass,
    choose: async (id) => take(await ask('setup:location', { id })),
    add: async (input) => take(await ask('setup:add', input)),
    keep: async (name, value) => {
      const next = await ask('setup:value', { name, value });
      untest(next.fields.find((field) => field.name === name)?.part);
      take(next);
    },
    copySecret: async (part) => take(await ask('setup:copy-secret', { part })),
    importEnv: async (text) => {
      const answer = await ask('setup:import', { text });
      for (const { key } of answer.view.parts) untest(key);
      take(answer.view);
      return answer;
    },
    takeBackup: setBackup,
  };
}
