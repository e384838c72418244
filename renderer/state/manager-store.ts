import { useSyncExternalStore } from 'react';
import type { ManagerView } from '../../preload/contract';
import { ask, listen } from '../bridge';

/** Whether the manager's lock is open, as main told it last; `null` until it has answered. */
let view: ManagerView | null = null;
const listeners = new Set<() => void>();

/** What main answered, or told by itself. */
export function takeManager(next: ManagerView): void {
  view = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useManager(): ManagerView | null {
  return useSyncExternalStore(subscribe, () => view);
}

/** Reads the lock anew: after a refusal, how long to wait is only there. */
export async function readManager(): Promise<void> {
  takeManager(await ask('manager:read', {}));
}

/** Listens first and asks then; what is told meanwhile is newer than the answer. */
export function connectManager(onFailure: (error: unknown) => void): () => void {
  let told = false;
  const stop = listen('manager:changed', (next) => {
    told = true;
    takeManager(next);
  });
  ask('manager:read', {}).then((answer) => {
    if (!told) takeManager(answer);
  }, onFailure);
  return stop;
}
