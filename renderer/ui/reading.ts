import { useCallback, useEffect, useState } from 'react';
import { failureWords } from '../bridge';

export interface Reading<T> {
  /** `null` until it is read. */
  readonly value: T | null;
  /** Why it could not be read, in words. */
  readonly failure: string | null;
  /** What a change was answered with. */
  take(value: T): void;
  again(): void;
}

/** Something of main's, read when the screen opens. `read` must stay the same function. */
export function useReading<T>(read: () => Promise<T>): Reading<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const again = useCallback(() => {
    setFailure(null);
    read().then(
      (answer) => setValue(answer),
      (error: unknown) => setFailure(failureWords(error)),
    );
  }, [read]);
  useEffect(again, [again]);
  const take = useCallback((answer: T) => setValue(answer), []);
  return { value, failure, take, again };
}
