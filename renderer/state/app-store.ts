import { useSyncExternalStore } from 'react';
import type { AppInfo } from '../../preload/contract';
import { ask, listen } from '../bridge';

/** Which stage the app is at, as main told it last; `null` until it has answered. */
let info: AppInfo | null = null;
const listeners = new Set<() => void>();

function take(next: AppInfo): void {
  info = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useAppInfo(): AppInfo | null {
  return useSyncExternalStore(subscribe, () => info);
}

/** Listens first and asks then; what is told meanwhile is newer than the answer. */
export function connectApp(onFailure: (error: unknown) => void): () => void {
  let told = false;
  const stop = listen('app:changed', (next) => {
    told = true;
    take(next);
  });
  ask('app:info', {}).then((answer) => {
    if (!told) take(answer);
  }, onFailure);
  return stop;
}
