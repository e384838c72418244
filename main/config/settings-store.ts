import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What the set-up chose that is no secret. What a newer Tillside wrote beside it is kept as it is. */
const settingsSchema = z.looseObject({
  location: z.string().nullable().default(null),
  /** Plain variables by name, such as a store's id. */
  values: z.record(z.string(), z.string()).default({}),
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
    return this.#replace((settings) => ({ ...settings, ...change }));
  }

  /** Keeps one plain variable beside the others. */
  keepValue(name: string, value: string): Promise<void> {
    return this.#replace((settings) => ({ ...settings, values: { ...settings.values, [name]: value } }));
  }

  /** One after the other, also after one that failed: two at once would share the temporary file. */
  #replace(change: (settings: Settings) => Settings): Promise<void> {
    const write = async (): Promise<void> => {
      const settings = change(this.#settings);
      await replaceFile(this.#path, `${JSON.stringify(settings, null, 2)}\n`);
      this.#settings = settings;
    };
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
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
  // The new name itself is on disk only once the folder is; Windows cannot open one, and does not need it.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
