import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { printerSettingSchema } from '../core/ticket-printer';
import { replaceFile } from './file-replacement';
import { localChoicesSchema, NO_CHOICES } from './local-choices';

/** About one secret, never any of it: when it was entered, and the address (scheme, host, port) that it goes to. */
const secretRecordSchema = z.looseObject({
  /** Milliseconds since 1970. */
  enteredAt: z.number(),
  /** `null` until it was first used. */
  origin: z.string().nullable().default(null),
});

const backupSchema = z.looseObject({
  folder: z.string().nullable().default(null),
  /** The public half of the recovery key: an age recipient. */
  recipient: z.string().nullable().default(null),
});

/** What the set-up chose that is no secret. What a newer Tillside wrote beside it is kept as it is. */
const settingsSchema = z.looseObject({
  location: z.string().nullable().default(null),
  /** Plain variables by name, such as a store's id. */
  values: z.record(z.string(), z.string()).default({}),
  /** By the account in the keychain. */
  secrets: z.record(z.string(), secretRecordSchema).default({}),
  /** The age at which the manager is asked to replace a secret. */
  rotateAfterDays: z.number().int().min(1).default(90),
  backup: backupSchema.prefault({}),
  /** What was chosen on this computer about its tills. */
  choices: localChoicesSchema.default(NO_CHOICES),
  /** The printers at this counter. */
  printers: z.array(printerSettingSchema).default([]),
});

export type Settings = z.output<typeof settingsSchema>;

/**
 * The app's settings: one small JSON file, replaced as a whole, so that a crash leaves the old or the new one.
 * A file that cannot be understood is moved aside, never deleted.
 */
export class SettingsStore {
  readonly #path: string;
  #settings: Settings;
  #writing: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<(settings: Settings) => void>();
  /** Where a file went that could not be understood. */
  readonly setAside: string | null = null;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    const read = readSettings(path);
    this.#settings = read ?? settingsSchema.parse({});
    if (read === undefined) {
      this.setAside = `${path}.unreadable-${Date.now()}`;
      renameSync(path, this.setAside);
    }
  }

  /** As they are on disk. */
  get current(): Settings {
    return this.#settings;
  }

  /** Resolves when it is on disk; rejects when it is not, and then nothing has changed. */
  change(change: Partial<Settings>): Promise<void> {
    return this.update(() => change);
  }

  /** Keeps one plain variable beside the others. */
  keepValue(name: string, value: string): Promise<void> {
    return this.update(({ values }) => ({ values: { ...values, [name]: value } }));
  }

  /**
   * As `change`, where the new value is made of the old one. One after the other, also after one that failed: two at
   * once would share the temporary file, and the second would undo the first.
   */
  update(change: (settings: Settings) => Partial<Settings>): Promise<void> {
    const write = async (): Promise<void> => {
      const settings = { ...this.#settings, ...change(this.#settings) };
      await replaceFile(this.#path, `${JSON.stringify(settings, null, 2)}\n`);
      this.#settings = settings;
      for (const listener of [...this.#listeners]) listener(settings);
    };
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  /** The file was put in place by somebody else: what stands in it now counts. */
  reload(): void {
    this.#settings = readSettings(this.#path) ?? settingsSchema.parse({});
    for (const listener of [...this.#listeners]) listener(this.#settings);
  }

  /** Calls back after each change, once it is on disk. @returns how to stop that. */
  onChange(listener: (settings: Settings) => void): () => void {
    // A function of its own, so that one that is registered twice is called off once.
    const own = (settings: Settings): void => listener(settings);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }
}

/** @returns `undefined` for a file that is there and cannot be understood. */
function readSettings(path: string): Settings | undefined {
  if (!existsSync(path)) return settingsSchema.parse({});
  const text = readFileSync(path, 'utf8');
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
