import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MenuChange } from '../core/menu';
import { type End, type Head, headText, lineText } from './menu-lines';

/** Pages that come faster than this are written together. */
const GATHER_MS = 100;

/**
 * A full read of a menu on disk while it goes on, page by page, so that a start after a crash goes on from the last
 * page; at its end the file becomes the menu's. Writes are not waited for, and not flushed to the disk before the
 * end: a crash of the app loses none of them, and one of the computer a few minutes' reading at most.
 */
export class DraftFile {
  readonly #path: string;
  readonly #head: Head;
  readonly #onFailure: (error: unknown) => void;
  #file: FileHandle | null = null;
  /** One after the other. */
  #work: Promise<void>;
  #failed = false;
  /** Not handed to the disk yet. */
  #lines = '';
  #timer: NodeJS.Timeout | null = null;

  /** @param keep bytes of an earlier read to go on behind; 0 begins anew. */
  constructor(
    path: string,
    head: Head,
    { keep, onFailure }: { readonly keep: number; readonly onFailure: (error: unknown) => void },
  ) {
    this.#path = path;
    this.#head = head;
    this.#onFailure = onFailure;
    this.#work = this.#try(async () => {
      await mkdir(dirname(path), { recursive: true });
      this.#file = await open(path, 'a', 0o600);
      await this.#file.truncate(keep);
      if (keep === 0) await this.#file.appendFile(headText(head));
    });
  }

  add(change: Exclude<MenuChange, { kind: 'end' }>): void {
    if (change.kind === 'restart') {
      this.#lines = '';
      this.#then(async (file) => {
        await file.truncate(0);
        await file.appendFile(headText(this.#head));
      });
      return;
    }
    this.#lines += lineText(change);
    if (change.kind === 'checkpoint') this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** Puts the file, now whole and on disk, in place of the menu's. @returns whether it could. */
  async finish(end: End, menuPath: string): Promise<boolean> {
    this.#lines += lineText(end);
    this.#flush();
    this.#then(async (file) => {
      await file.sync();
      await this.#release();
      await rename(this.#path, menuPath);
    });
    await this.#work;
    return !this.#failed;
  }

  /** Leaves what there is to a later start. */
  async close(): Promise<void> {
    this.#flush();
    this.#work = this.#work.then(() => this.#release());
    await this.#work;
  }

  async discard(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const text = this.#lines;
    this.#lines = '';
    this.#then((file) => file.appendFile(text));
  }

  #then(step: (file: FileHandle) => Promise<void>): void {
    this.#work = this.#work.then(() =>
      this.#try(async () => {
        if (this.#file !== null) await step(this.#file);
      }),
    );
  }

  /** A disk that does not take it costs the resuming only: it is told once, and the read goes on in memory. */
  async #try(step: () => Promise<void>): Promise<void> {
    if (this.#failed) return;
    try {
      await step();
    } catch (error) {
      this.#failed = true;
      this.#onFailure(error);
      await this.#release();
    }
  }

  async #release(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    // What a failing disk says to closing a file helps nobody: whoever needed the file knows already.
    await file?.close().catch(() => undefined);
  }
}
