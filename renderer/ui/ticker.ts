import { useSyncExternalStore } from 'react';

/**
 * The screen's one clock. Only what shows another text than a second ago renders again, so hundreds of cards can
 * each show how long they have waited.
 */
type Listener = () => void;

const SECOND_MS = 1_000;
const listeners = new Set<Listener>();
let now = Date.now();
let timer: number | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
  schedule();
}

/** On the full second, so that every counter on the screen steps together. */
function schedule(): void {
  timer = window.setTimeout(tick, SECOND_MS - (Date.now() % SECOND_MS));
}

function subscribe(listener: Listener): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    schedule();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearTimeout(timer);
  };
}

/** The value of `read` at the current second; renders only when it changes. `now` is in ms since 1970. */
export function useTicking<T extends string | number | boolean>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(now));
}
