import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { maskSecrets } from '../core/error-fields';
import type { Ms } from '../core/order';
import { type AuditChange, type AuditEntry, auditEntrySchema } from './audit-entry';

export interface AuditLogOptions {
  /** `…/audit.jsonl`; the older half lies beside it as `…/audit.jsonl.old`. */
  readonly path: string;
  readonly now: () => Ms;
  /** A file that would grow past this becomes the older one, and what was the older one is gone; default 2 MB. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 2_000_000;
const NEWLINE = 0x0a;

/** What was changed, when and by whom: one JSON object a line, only ever appended to. */
export class AuditLog {
  readonly #path: string;
  readonly #now: () => Ms;
  readonly #maxBytes: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ path, now, maxBytes = MAX_BYTES }: AuditLogOptions) {
    this.#path = path;
    this.#now = now;
    this.#maxBytes = maxBytes;
  }

  /** Resolves when it is on disk; rejects when it is not. */
  async record(change: AuditChange): Promise<void> {
    // Parsed, so that what is written can be read again, and holds nothing that has no place in it.
    const entry = auditEntrySchema.parse({ ...masked(change), at: this.#now() });
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    await this.#inTurn(() => this.#append(line));
  }

  /** The newest first. Lines that cannot be read are passed over: one torn by a power cut must not hide the others. */
  entries(limit: number): Promise<AuditEntry[]> {
    return this.#inTurn(async () => {
      const newer = await readEntries(this.#path);
      const older = newer.length < limit ? await readEntries(this.#older) : [];
      return [...older, ...newer].reverse().slice(0, limit);
    });
  }

  get #older(): string {
    return `${this.#path}.old`;
  }

  async #append(line: Buffer): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    if ((await this.#write(line)) === 'full') {
      await rename(this.#path, this.#older);
      await this.#write(line);
    }
  }

  async #write(line: Buffer): Promise<'written' | 'full'> {
    // Not with `a`, which on Linux writes at the end whatever position is asked for.
    const file = await openForWriting(this.#path);
    try {
      const end = await wholeLines(file);
      if (end > 0 && end + line.length > this.#maxBytes) return 'full';
      await file.truncate(end);
      const { bytesWritten } = await file.write(line, 0, line.length, end);
      // The next line takes the place of what did get there.
      if (bytesWritten < line.length) throw new Error('The disk took half a line only.');
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(this.#path));
    return 'written';
  }

  /** One after the other, also after one that failed. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn;
  }
}

/** A last look for what gives itself away as a secret: nobody should have put one here. */
function masked(change: AuditChange): AuditChange {
  const what = maskSecrets(change.what);
  if (change.kind !== 'setting') return { ...change, what };
  const { from, to } = change;
  return { ...change, what, from: from && maskSecrets(from), to: to && maskSecrets(to) };
}

async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (!isMissing(error)) throw error;
    return open(path, 'wx+', 0o600);
  }
}

/** Where the last line that was written to its end stops: a kill in the middle of one leaves half of it behind. */
async function wholeLines(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const step = Buffer.alloc(4096);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - step.length);
    const { bytesRead } = await file.read(step, 0, end - start, start);
    const newline = step.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return 0;
}

async function readEntries(path: string): Promise<AuditEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  // What follows the last line's end was never said to be written.
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line) => {
      const entry = parseEntry(line);
      return entry === undefined ? [] : [entry];
    });
}

function parseEntry(line: string): AuditEntry | undefined {
  if (line === '') return undefined;
  try {
    return auditEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    // Half a line.
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** A new name is on disk only once its folder is; Windows cannot open one, and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
