import { useSyncExternalStore } from 'react';

/** How the screen looks, by this computer's choice. Kept by the page itself: it is no setting of the restaurant. */
export type Theme = 'light' | 'dark' | 'auto';
export interface Appearance {
  readonly theme: Theme;
  readonly largeType: boolean;
}

const KEY = 'tillside-appearance';
const CHECK_EVERY_MS = 60_000;
const DARK = '(prefers-color-scheme: dark)';

let appearance = stored();
const listeners = new Set<() => void>();

function stored(): Appearance {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return { theme: 'auto', largeType: false };
    const theme = 'theme' in kept && (kept.theme === 'light' || kept.theme === 'dark') ? kept.theme : 'auto';
    return { theme, largeType: 'largeType' in kept && kept.largeType === true };
  } catch {
    // Unreadable or forbidden: the look of a fresh install is always right.
    return { theme: 'auto', largeType: false };
  }
}

/** In these islands the sun rises and sets within half an hour of six all year. */
const SUNRISE_MINUTES = 6 * 60;
const SUNSET_MINUTES = 18 * 60 + 15;

/** Left to itself the screen is dark after sunset, and whenever the computer is. `minutes` are since midnight. */
export function schemeAt(theme: Theme, computerIsDark: boolean, minutes: number): 'light' | 'dark' {
  if (theme !== 'auto') return theme;
  return computerIsDark || minutes < SUNRISE_MINUTES || minutes >= SUNSET_MINUTES ? 'dark' : 'light';
}

function scheme(): 'light' | 'dark' {
  const date = new Date();
  const isDark = window.matchMedia(DARK).matches;
  return schemeAt(appearance.theme, isDark, date.getHours() * 60 + date.getMinutes());
}

/** Also tells those who render by it; they compare, so that nothing renders for nothing. */
function apply(): void {
  const root = document.documentElement;
  root.dataset.mantineColorScheme = scheme();
  if (appearance.largeType) root.dataset.type = 'large';
  else delete root.dataset.type;
  for (const listener of listeners) listener();
}

/** Dresses the page before the first paint, and again when the sun sets or the computer turns dark. */
export function startAppearance(): void {
  apply();
  window.setInterval(apply, CHECK_EVERY_MS);
  window.matchMedia(DARK).addEventListener('change', apply);
}

export function setAppearance(change: Partial<Appearance>): void {
  appearance = { ...appearance, ...change };
  try {
    window.localStorage.setItem(KEY, JSON.stringify(appearance));
  } catch {
    // Only the choice is forgotten with the next start.
  }
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => appearance);
}

/** The scheme that is on, also when the computer changes it. */
export function useScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, scheme);
}
