import type { Bridge, EventPayload, Input, Output } from '../preload/contract';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of this page. */
    readonly tillside: Bridge;
  }
}

type RequestName = Parameters<Bridge['request']>[0];
type EventName = Parameters<Bridge['on']>[0];

/** A request that main did not grant; `message` is a sentence for the cashier. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    words: string,
    readonly code: string,
  ) {
    super(words);
  }
}

/** Asks main. Rejects with a `RefusedError` when it says no, and with another error when it did not answer at all. */
export async function ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  const reply = await window.tillside.request(name, input);
  if (reply.ok) return reply.value;
  throw new RefusedError(reply.error.words, reply.error.code);
}

/** Listens until the returned function is called. */
export function listen<N extends EventName>(
  name: N,
  listener: (payload: EventPayload<N>) => void,
): () => void {
  return window.tillside.on(name, listener);
}

/** What to tell a person when something asked of main did not work. */
export function failureWords(error: unknown): string {
  return error instanceof RefusedError ? error.message : 'Tillside did not answer. Tap again.';
}
