import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { problemText } from '../config/config-problem';
import { type LoadedLocation, type LoadedLocations, loadLocations } from '../config/load-locations';
import { type Lookup, resolveLocation } from '../config/resolve-location';
import { SettingsStore } from '../config/settings-store';
import { type SetupField, setupFields } from '../config/setup-fields';
import type { Location } from '../core/location';
import { journalKey } from '../credentials/journal-key';
import type { Vault, VaultFailure } from '../credentials/vault';
import { type AppEnvironment, dataFolder } from './environment';

/** What stands between the start and an open restaurant. */
export type Readiness =
  | {
      readonly kind: 'ready';
      readonly location: Location;
      readonly journalKey: string;
      readonly dataDir: string;
    }
  | { readonly kind: 'setup' }
  | { readonly kind: 'keychain'; readonly words: string }
  | { readonly kind: 'broken'; readonly words: string };

/** The configuration of this computer: the locations' file, the settings, and what is in the keychain. */
export class Configuration {
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly #environment: AppEnvironment;
  readonly #dataDir: string;

  constructor(environment: AppEnvironment, vault: Vault) {
    this.#environment = environment;
    this.vault = vault;
    this.#dataDir = dataFolder(environment, false);
    mkdirSync(this.#dataDir, { recursive: true });
    this.settings = new SettingsStore(join(this.#dataDir, 'settings.json'));
  }

  load(): LoadedLocations | { readonly unreadable: string } {
    const { locationsFile: path, name } = this.#environment;
    try {
      const options = { file: basename(path), production: name === 'production' };
      return loadLocations(readFileSync(path, 'utf8'), options);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      return { unreadable: `The file with the restaurants cannot be read: ${path}${code}.` };
    }
  }

  chosenId(): string | null {
    return this.#environment.location ?? this.settings.current.location;
  }

  chosen(loaded: LoadedLocations): LoadedLocation | undefined {
    return loaded.locations.find(({ id }) => id === this.chosenId());
  }

  /** Plain values: what the set-up kept, then, outside production, the environment's variables. */
  lookup: Lookup = (name) => this.settings.current.values[name] ?? this.#environment.variables[name];

  /** What the set-up asks for, each with whether it is there. */
  async fields(
    location: LoadedLocation,
  ): Promise<
    | readonly { readonly field: SetupField; readonly present: boolean; readonly value: string | null }[]
    | VaultFailure
  > {
    const answers = [];
    for (const field of setupFields(location)) {
      if (field.kind === 'plain') {
        const value = this.lookup(field.name) ?? null;
        answers.push({ field, present: value !== null, value });
        continue;
      }
      const present = await this.#hasSecret(field.name);
      if (typeof present !== 'boolean') return present;
      answers.push({ field, present, value: null });
    }
    return answers;
  }

  /** Everything that the restaurant needs, or what is in the way. */
  async readiness(): Promise<Readiness> {
    const loaded = this.load();
    if ('unreadable' in loaded) return { kind: 'broken', words: loaded.unreadable };
    const id = this.chosenId();
    if (id === null) return { kind: 'setup' };
    const chosen = this.chosen(loaded);
    if (chosen === undefined) return { kind: 'broken', words: notThere(id, loaded) };
    const resolved = resolveLocation(chosen, this.lookup);
    if (!resolved.ok) return { kind: 'setup' };
    const fields = await this.fields(chosen);
    if ('status' in fields) return { kind: 'keychain', words: fields.words };
    if (fields.some(({ field, present }) => field.required && !present)) return { kind: 'setup' };
    const key = await journalKey(this.vault, id);
    if (key.status !== 'present') return { kind: 'keychain', words: key.words };
    const dataDir = join(this.#dataDir, id);
    mkdirSync(dataDir, { recursive: true });
    return { kind: 'ready', location: resolved.location, journalKey: key.value, dataDir };
  }

  async #hasSecret(account: string): Promise<boolean | VaultFailure> {
    if (this.#environment.variables[account] !== undefined) return true;
    const answer = await this.vault.read(account);
    switch (answer.status) {
      case 'present':
        return true;
      case 'missing':
        return false;
      case 'locked':
      case 'absent':
        return answer;
    }
  }
}

function notThere(id: string, { problems }: LoadedLocations): string {
  const errors = problems.filter(({ severity }) => severity === 'error').map(problemText);
  if (errors.length > 0) return `The restaurants’ file has mistakes. ${errors.slice(0, 5).join(' · ')}`;
  return `The restaurant ${id} is not in the restaurants’ file. Choose another in the set-up.`;
}
