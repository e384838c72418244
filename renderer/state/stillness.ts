/**
 * A card under a finger never moves: changes of the board wait while a pointer is down and a moment after, so that
 * a second tap cannot land on a neighbour that slid under it.
 */
export interface Stillness {
  /** Pointers that are down, each with the moment it went down, in ms. */
  readonly pointers: ReadonlyMap<number, number>;
  /** Nothing moves before this moment, in ms. */
  readonly until: number;
}

export const SETTLE_MS = 400;
/** Something that presses longer is no finger: a wet cloth on the glass must not stop the board. */
export const LONGEST_PRESS_MS = 8_000;

export const atRest: Stillness = { pointers: new Map(), until: 0 };

export function pointerDown({ pointers, until }: Stillness, pointer: number, now: number): Stillness {
  return { pointers: new Map([...pointers, [pointer, now]]), until };
}

export function pointerUp(stillness: Stillness, pointer: number, now: number): Stillness {
  if (!stillness.pointers.has(pointer)) return stillness;
  const pointers = new Map(stillness.pointers);
  pointers.delete(pointer);
  return { pointers, until: now + SETTLE_MS };
}

/** How long the board must still hold, in ms: 0 when it may change. */
export function holdMs({ pointers, until }: Stillness, now: number): number {
  const presses = [...pointers.values()].map((downAt) => downAt + LONGEST_PRESS_MS);
  return Math.max(0, until - now, ...presses.map((end) => end - now));
}
