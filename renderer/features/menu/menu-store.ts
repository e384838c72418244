import { useEffect, useSyncExternalStore } from 'react';
import type { MenuView } from '../../../preload/contract';
import { ask, failureWords, listen } from '../../bridge';

/** The menu as it was read last. It outlives the screen, so that coming back to it shows it at once. */
interface MenuState {
  readonly menu: MenuView | null;
  readonly failure: string | null;
}

let state: MenuState = { menu: null, failure: null };
let lastRead = 0;
const listeners = new Set<() => void>();

function set(next: MenuState): void {
  state = next;
  for (const listener of listeners) listener();
}

function read(): void {
  lastRead += 1;
  const mine = lastRead;
  readWhole().then(
    (menu) => {
      // An answer that was overtaken by a newer question is old news.
      if (mine === lastRead) set({ menu, failure: null });
    },
    (error: unknown) => {
      if (mine === lastRead) set({ ...state, failure: failureWords(error) });
    },
  );
}

/** All parts of one version. A menu that changes in between is read from its beginning. */
async function readWhole(): Promise<MenuView> {
  let whole = await ask('menu:read', { from: 0 });
  while (whole.items.length < whole.count) {
    const next = await ask('menu:read', { from: whole.items.length });
    if (next.version !== whole.version) whole = await ask('menu:read', { from: 0 });
    else whole = { ...next, items: [...whole.items, ...next.items] };
  }
  return whole;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The till's menu, read when the screen opens and whenever main says that it changed. */
export function useMenu(): MenuState {
  useEffect(() => {
    read();
    return listen('menu:changed', read);
  }, []);
  return useSyncExternalStore(subscribe, () => state);
}
