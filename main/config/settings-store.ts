import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What the set-up chose that is no secret. */
const settingsSchema = z.object({
  location: z.string().nullable().default(null),
  /** Plain variables by name, such as a store's id. */
  values: z.record(z.string(), z.string()).default({}),
});

export type Settings = z.output<typeof settingsSchema>;

/**
 * The app's settings: one small JSON file, replaced as a whole, so that a crash leaves the old or the new one.
 * A file that cannot be read is moved aside, never deleted.
 */
export class SettingsStore {
  readonly #path: string;
  #settings: Settings;
  #writing: Promise<void> = Promise.resolve();
  /** Where a file went that could not be read. */
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

  get current(): Settings {
    return this.#settings;
  }

  /** Resolves when it is on disk. */
  async change(change: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change };
    const text = `${JSON.stringify(this.#settings, null, 2)}\n`;
    // One after the other, also after one that failed: two writes at once would share the temporary file.
    const write = (): Promise<void> => replaceFile(this.#path, text);
    this.#writing = this.#writing.then(write, write);
    await this.#writing;
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

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
