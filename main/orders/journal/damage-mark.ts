import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A file beside the journal that says that a part of the journal cannot be read. Not in the journal itself: what is damaged
 * may not take a word more. While it is there, nothing opens the journal before it has been moved aside; once that begins,
 * the file says where to, so that it can be ended by another start.
 */
function markOf(path: string): string {
  return `${path}-damaged`;
}

/** @param aside where the journal is being moved to. @throws what the disk says */
export function noteDamage(path: string, aside = ''): void {
  writeFileSync(markOf(path), aside);
}

/** @returns where the damaged journal is being moved to, empty as long as nobody began; `undefined` if none is damaged. */
export function notedDamage(path: string): string | undefined {
  return existsSync(markOf(path)) ? readFileSync(markOf(path), 'utf8') : undefined;
}

/** A new journal has taken its place. */
export function forgetDamage(path: string): void {
  rmSync(markOf(path), { force: true });
}
