import { useEffect, useState } from 'react';
import type { HistoryRow, Output } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';
import { useBoard } from '../../state/board-store';

interface Read<T> {
  /** The last one that was read, of whatever was asked. */
  readonly value: T | null;
  readonly failure: string | null;
}

/** A day's orders; today's are read again as they change. */
export function useDay(daysAgo: number): Read<Output<'history:day'>> {
  const changes = useBoard(({ store }) => (daysAgo === 0 ? JSON.stringify(store?.figures) : ''));
  return useRead(`${daysAgo} ${changes}`, () => ask('history:day', { daysAgo }));
}

/** Who has these words; `null` while nothing is looked for. */
export function useFound(text: string): Read<readonly HistoryRow[]> {
  const wanted = text.trim();
  const { value, failure } = useRead(wanted, async () =>
    wanted === '' ? { orders: [] } : ask('history:search', { text: wanted }),
  );
  return { value: wanted === '' ? null : (value?.orders ?? []), failure };
}

/** Only the answer to what is asked now counts. */
function useRead<T>(question: string, read: () => Promise<T>): Read<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question says all of what is read.
  useEffect(() => {
    let wanted = true;
    read().then(
      (answer) => {
        if (!wanted) return;
        setValue(answer);
        setFailure(null);
      },
      (error: unknown) => {
        if (wanted) setFailure(failureWords(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [question]);
  return { value, failure };
}
