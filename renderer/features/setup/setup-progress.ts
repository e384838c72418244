/**
 * Which steps of the set-up were passed by: a test that went well, a ring that was heard, a PIN that was not wanted.
 * Nothing else remembers them, and the set-up opens at the first step that is not done. Kept by the page, for each
 * restaurant; step names only.
 */
const KEY = 'tillside-setup-passed';

export function passedSteps(location: string | null): ReadonlySet<string> {
  if (location === null) return new Set();
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}');
    return stepsOf(kept, location);
  } catch {
    // Unreadable or forbidden: the steps are asked once more, which is always right.
    return new Set();
  }
}

export function keepPassedSteps(location: string, passed: ReadonlySet<string>): void {
  try {
    // Only the last restaurant: this computer serves one.
    window.localStorage.setItem(KEY, JSON.stringify({ [location]: [...passed] }));
  } catch {
    // The steps are only asked once more after a restart.
  }
}

/** What was kept for this restaurant; whatever else is there counts for nothing. */
export function stepsOf(kept: unknown, location: string): ReadonlySet<string> {
  if (typeof kept !== 'object' || kept === null) return new Set();
  const steps: unknown = Object.entries(kept).find(([id]) => id === location)?.[1];
  if (!Array.isArray(steps)) return new Set();
  return new Set(steps.filter((step): step is string => typeof step === 'string'));
}
