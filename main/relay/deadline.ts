/** It was not done in time. It may be done yet. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * Waits no longer than that: senders give up after seconds, and some close an address that is often slow.
 * @param onLate told how it failed after nobody waited for it any more
 * @throws {TooLate} and the work goes on.
 */
export function inTime<T>(work: Promise<T>, ms: number, onLate: (error: unknown) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      // When something else held the app up, what is done by now gets its turn first.
      setImmediate(() => {
        late = true;
        reject(new TooLate(`Not done within ${ms} ms.`));
      });
    }, ms);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (late) onLate(error);
        else reject(error);
      },
    );
  });
}
