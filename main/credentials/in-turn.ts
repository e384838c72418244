/**
 * Lets pieces of work through one at a time, in the order they came; one that fails does not stop the next. Unlike
 * `createTurns` it never gives one up: what is inside asks the keychain, which does.
 */
export function createInTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}
