/** A PIN has four to eight digits. */
export const PIN_SHORTEST = 4;
export const PIN_LONGEST = 8;

/** What a key of the pad, or of the keyboard, does. */
export type PadKey =
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'delete' | 'enter' };

/** `null` for a key that means nothing here. `key` is a `KeyboardEvent.key`. */
export function padKey(key: string): PadKey | null {
  if (/^[0-9]$/.test(key)) return { kind: 'digit', digit: key };
  if (key === 'Backspace' || key === 'Delete') return { kind: 'delete' };
  return key === 'Enter' ? { kind: 'enter' } : null;
}

/** What is typed after a digit or a delete; a ninth digit is not taken. */
export function typed(pin: string, key: PadKey): string {
  switch (key.kind) {
    case 'digit':
      return pin.length < PIN_LONGEST ? pin + key.digit : pin;
    case 'delete':
      return pin.slice(0, -1);
    case 'enter':
      return pin;
  }
}

const SECOND_MS = 1_000;

/** How long it still is, as people say it: `45 seconds`, `2 minutes`, `1 minute 5 seconds`. `null` when it is over. */
export function waitWords(until: number | null, now: number): string | null {
  if (until === null || until <= now) return null;
  const seconds = Math.ceil((until - now) / SECOND_MS);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return [
    ...(minutes > 0 ? [plural(minutes, 'minute')] : []),
    ...(rest > 0 ? [plural(rest, 'second')] : []),
  ].join(' ');
}

function plural(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
