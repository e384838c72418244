import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

export interface LogFileOptions {
  readonly folder: string;
  /** A file that has grown past this makes room for the next one; default 5 MB. */
  readonly maxBytes?: number;
  /** Files in all, the current one included; default 5. */
  readonly maxFiles?: number;
}

/** Takes whole lines. */
export interface LogSink {
  write(line: string): void;
}

const NAME = 'tillside';

/**
 * `tillside.log`, with `tillside.1.log` the one before it, and so on. Each line is handed to the operating system
 * at once, so that the last words before a crash are there to be read.
 */
export class LogFile implements LogSink {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #maxFiles: number;
  #file: number | undefined;
  #size = 0;

  constructor({ folder, maxBytes = 5_000_000, maxFiles = 5 }: LogFileOptions) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#maxFiles = maxFiles;
  }

  /** Never throws: a full disk must not stop the orders. The line is then on stdout only. */
  write(line: string): void {
    const written = attempt(() => {
      const bytes = Buffer.from(line);
      writeSync(this.#fileFor(bytes.length), bytes);
      this.#size += bytes.length;
    });
    // The next line tries anew.
    if (!written) this.close();
  }

  close(): void {
    const file = this.#file;
    this.#file = undefined;
    this.#size = 0;
    if (file !== undefined) attempt(() => closeSync(file));
  }

  #fileFor(bytes: number): number {
    const file = this.#file ?? this.#open();
    if (this.#size === 0 || this.#size + bytes <= this.#maxBytes) return file;
    this.close();
    // Another program may hold one of the files; then this one grows until it lets go.
    attempt(() => this.#rotate());
    return this.#open();
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true });
    const file = openSync(this.#path(0), 'a', 0o600);
    this.#file = file;
    this.#size = fstatSync(file).size;
    return file;
  }

  #rotate(): void {
    rmSync(this.#path(this.#maxFiles - 1), { force: true });
    for (let age = this.#maxFiles - 2; age >= 0; age -= 1) {
      if (existsSync(this.#path(age))) renameSync(this.#path(age), this.#path(age + 1));
    }
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? `${NAME}.log` : `${NAME}.${age}.log`);
  }
}

/** There is nowhere to report a failure to: this is the log. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
