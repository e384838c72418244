import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Digits of a number that JavaScript counts exactly, so that one written over another leaves nothing of it. */
const DIGITS = 16;

/**
 * How far the journal had come, in a small file beside it. Written after each commit and not synced: it may be behind
 * what is on disk, but never ahead of it. A journal that opens with less has lost commits that were acknowledged.
 */
export class CommitMark {
  readonly #path: string;
  #file: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** The last event that was written down; 0 when nothing is known. */
  read(): number {
    try {
      const text = readFileSync(this.#path, 'utf8');
      return /^\d{16}$/.test(text) ? Number(text) : 0;
    } catch {
      // A first start, or an older Tillside wrote none: nothing is known, and so nothing is missed.
      return 0;
    }
  }

  note(event: number): void {
    try {
      this.#file ??= openSync(this.#path, 'w');
      writeSync(this.#file, String(event).padStart(DIGITS, '0'), 0);
    } catch {
      // A full disk: the commit itself is safe, and an older mark only notices less.
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
