import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { AccountRows } from './account-rows';
import type { Maker, WebhookEntry } from './hooks/webhook-book';
import type { ReceiptEntry } from './receipt-book';
import type { SavedPicture } from './resources/pictures';

/** Everything that a sandbox keeps from one start to the next. */
export interface SavedAccount {
  readonly version: 1;
  readonly tokens: readonly (readonly [string, Maker])[];
  readonly rows: AccountRows;
  readonly receipts: readonly ReceiptEntry[];
  readonly webhooks: readonly WebhookEntry[];
  readonly pictures: readonly SavedPicture[];
}

/** What tells a file of ours from another one; the rest is as we wrote it. */
const savedSchema = z.looseObject({ version: z.literal(1), rows: z.looseObject({}) });

/** @returns `null` when there is none yet. @throws when it cannot be read */
export function readDataFile(path: string): SavedAccount | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    // The first start with this file.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const saved: SavedAccount = JSON.parse(text);
  if (!savedSchema.safeParse(saved).success) throw new Error(`${path} is not a sandbox’s data file.`);
  return saved;
}

/** Writes an account to a file: whole, in the order of its changes, or as it was before. */
export class DataFile {
  readonly #path: string;
  readonly #state: () => SavedAccount;
  #dirty = false;
  #work: Promise<void> = Promise.resolve();

  constructor(path: string, state: () => SavedAccount) {
    this.#path = path;
    this.#state = state;
  }

  /** Changes of one turn of the event loop are written together. */
  changed(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    // What goes wrong here is still to be written, and said by whoever waits for it.
    setImmediate(() => void this.saved().catch(() => undefined));
  }

  /** Resolves once all changes so far are on disk. */
  saved(): Promise<void> {
    this.#work = this.#work.catch(() => undefined).then(() => this.#write());
    return this.#work;
  }

  async #write(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    try {
      const draft = `${this.#path}.draft`;
      const file = await open(draft, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(this.#state()));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, this.#path);
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }
}
