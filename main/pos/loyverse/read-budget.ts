import Bottleneck from 'bottleneck';

/** Runs a read when the budget allows. Only background reads go through one; sales are never held back. */
export type ReadBudget = <T>(read: () => Promise<T>) => Promise<T>;

/**
 * A true sliding window. Loyverse counts 300 requests in 300 seconds for all tokens and stores of an account
 * together, so that one location's menu must stay far below.
 * @param perMs length of the window in milliseconds
 */
export function createReadBudget({ requests = 60, perMs = 300_000 } = {}): ReadBudget {
  const limiter = new Bottleneck({ reservoir: requests });
  return (read) =>
    limiter.schedule(() => {
      // Bottleneck's own refresh fills up all at once, which lets twice the number through around that moment.
      setTimeout(() => void limiter.incrementReservoir(1), perMs).unref();
      return read();
    });
}

export const unlimitedReads: ReadBudget = (read) => read();
