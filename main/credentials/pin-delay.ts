/** Wrong tries that cost nothing: a finger slips. */
const FREE = 3;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After the third wrong try, the fourth, and so on; the last one from then on. */
const DELAYS: readonly number[] = [30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE];

/** How long nobody may try, in milliseconds, after so many wrong tries on end. */
export function delayAfter(wrong: number): number {
  if (wrong < FREE) return 0;
  return DELAYS[Math.min(wrong - FREE, DELAYS.length - 1)] ?? 0;
}

/**
 * What is left of a delay that began at `since`, in milliseconds. A clock that stands before `since` was set back in
 * between: then the whole delay begins again, and no more than that, wherever the clock stands.
 */
export function delayLeft(wrong: number, since: number, now: number): number {
  const delay = delayAfter(wrong);
  return now < since ? delay : Math.max(0, since + delay - now);
}

/** `90_000` → “2 minutes”: rounded up, so that nobody tries too soon. */
export function waitWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / SECOND));
  if (seconds <= 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(ms / MINUTE)} minutes`;
}
