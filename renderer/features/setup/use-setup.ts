import { useCallback, useEffect, useState } from 'react';
import type { SetupView } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';

interface Setup {
  readonly view: SetupView | null;
  /** Why it could not be read, in words. */
  readonly failure: string | null;
  read(): void;
  choose(id: string): Promise<void>;
  /** Keeps one value; a secret goes to the keychain and never comes back. */
  keep(name: string, value: string): Promise<void>;
}

/** What this restaurant has and still needs; every change answers with all of it. */
export function useSetup(): Setup {
  const [view, setView] = useState<SetupView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const read = useCallback(() => {
    setFailure(null);
    ask('setup:read', {}).then(setView, (error: unknown) => setFailure(failureWords(error)));
  }, []);
  useEffect(read, [read]);
  const choose = useCallback(async (id: string) => setView(await ask('setup:location', { id })), []);
  const keep = useCallback(
    async (name: string, value: string) => setView(await ask('setup:value', { name, value })),
    [],
  );
  return { view, failure, read, choose, keep };
}
