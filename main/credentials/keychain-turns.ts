/** The keychain did not answer in time: most likely it asks a person to unlock it. */
export class OutOfPatience extends Error {
  override readonly name = 'OutOfPatience';
}

/**
 * Lets questions to the keychain through one at a time, each for `patienceMs` at most.
 *
 * A question that waits for an unlock prompt holds one of the four threads on which Node reads files and looks up
 * names; a handful of them would stop the whole app. So while one hangs, others are refused at once, and one that
 * was given up before its turn never starts: what was reported as not written is not written later.
 */
export function createTurns(patienceMs: number): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let hanging = false;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (hanging) throw new OutOfPatience();
    let givenUp = false;
    const turn = last.then(() => {
      if (givenUp) throw new OutOfPatience();
      return work();
    });
    // How one question ends is no business of the next.
    const ended = turn.then(
      () => undefined,
      () => undefined,
    );
    last = ended;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        givenUp = true;
        hanging = true;
        void ended.then(() => {
          hanging = false;
        });
        reject(new OutOfPatience());
      }, patienceMs);
    });
    try {
      return await Promise.race([turn, limit]);
    } finally {
      clearTimeout(timer);
    }
  };
}
