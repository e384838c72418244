import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { problemText } from '../config/config-problem';
import { type LoadedLocation, type LoadedLocations, loadLocations } from '../config/load-locations';
import { type Lookup, type ResolvedLocation, resolveLocation } from '../config/resolve-location';
import { SettingsStore } from '../config/settings-store';
import { type SetupField, setupFields } from '../config/setup-fields';
import { type Location, locationName } from '../core/location';
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
  /** `missing`: what must still be entered, by its label; empty while no restaurant is chosen. */
  | { readonly kind: 'setup'; readonly missing: readonly string[] }
  | { readonly kind: 'keychain'; readonly words: string }
  | { readonly kind: 'broken'; readonly words: string };

/** A value that the set-up asks for, and what is known of it. A secret's value is always `null` here. */
export interface KnownField {
  readonly field: SetupField;
  readonly present: boolean;
  readonly value: string | null;
}

const OWN_FILE = 'own-locations.yaml';
/** Where a restore puts the backup's copy of head office's file. */
const RESTORED_FILE = 'locations.yaml';

/** The configuration of this computer: the locations' file, the settings, and what is in the keychain. */
export class Configuration {
  readonly settings: SettingsStore;
  readonly vault: Vault;
  /** Restaurants that were added on this computer, in the same form as head office's file. */
  readonly ownFile: string;
  readonly #environment: AppEnvironment;
  readonly #loaded = new Map<string, { mtimeMs: number; size: number; file: LoadedLocations }>();
  readonly #dataDir: string;

  constructor(environment: AppEnvironment, vault: Vault) {
    this.#environment = environment;
    this.vault = vault;
    this.#dataDir = dataFolder(environment, false);
    mkdirSync(this.#dataDir, { recursive: true });
    this.settings = new SettingsStore(join(this.#dataDir, 'settings.json'));
    this.ownFile = join(this.#dataDir, OWN_FILE);
  }

  /** The folder of this environment's data. */
  get dataDir(): string {
    return this.#dataDir;
  }

  /** The files that the configuration is made of: head office's, and what was added here. */
  get files(): readonly string[] {
    return [this.#environment.locationsFile, this.ownFile];
  }

  /**
   * Head office's restaurants; then those of a backup that was restored here, and those that were added here. Where
   * several have one, the first counts.
   */
  load(): LoadedLocations | { readonly unreadable: string } {
    const others = [this.#restoredFile, this.ownFile].filter(existsSync).map((path) => this.#loadFile(path));
    const office = this.#loadFile(this.#environment.locationsFile);
    // On another computer the backup's copy may be all there is.
    const files = 'unreadable' in office && others.length > 0 ? others : [office, ...others];
    const locations: LoadedLocation[] = [];
    const problems: LoadedLocations['problems'][number][] = [];
    for (const file of files) {
      if ('unreadable' in file) return file;
      const known = new Set(locations.map(({ id }) => id));
      locations.push(...file.locations.filter(({ id }) => !known.has(id)));
      problems.push(...file.problems);
    }
    return { locations, problems };
  }

  chosenId(): string | null {
    return this.#environment.location ?? this.settings.current.location;
  }

  chosen(loaded: LoadedLocations): LoadedLocation | undefined {
    return loaded.locations.find(({ id }) => id === this.chosenId());
  }

  /** What people call the chosen restaurant. */
  chosenName(): string | null {
    const id = this.chosenId();
    return id === null ? null : locationName(id);
  }

  chosenLocation(): LoadedLocation | undefined {
    const loaded = this.load();
    return 'unreadable' in loaded ? undefined : this.chosen(loaded);
  }

  /** Of all restaurants that are known here. */
  locationIds(): readonly string[] {
    const loaded = this.load();
    return 'unreadable' in loaded ? [] : loaded.locations.map(({ id }) => id);
  }

  /** The chosen restaurant with everything filled in that is known here. */
  resolve(location: LoadedLocation): ResolvedLocation {
    return resolveLocation(location, this.lookup, this.settings.current.choices);
  }

  /** Plain values: what the set-up kept, then, outside production, the environment's variables. */
  lookup: Lookup = (name) => this.settings.current.values[name] ?? this.#environment.variables[name];

  /** What the set-up asks for, each with whether it is there. */
  async fields(location: LoadedLocation): Promise<readonly KnownField[] | VaultFailure> {
    const answers = [];
    for (const field of setupFields(location, this.settings.current.choices)) {
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

  get #restoredFile(): string {
    return join(this.#dataDir, RESTORED_FILE);
  }

  /** Everything that the restaurant needs, or what is in the way. */
  async readiness(): Promise<Readiness> {
    const loaded = this.load();
    if ('unreadable' in loaded) return { kind: 'broken', words: loaded.unreadable };
    const id = this.chosenId();
    if (id === null) return { kind: 'setup', missing: [] };
    const chosen = this.chosen(loaded);
    if (chosen === undefined) return { kind: 'broken', words: notThere(id, loaded) };
    const resolved = this.resolve(chosen);
    const fields = await this.fields(chosen);
    if ('status' in fields) return { kind: 'keychain', words: fields.words };
    const missing = stillNeeded(fields);
    if (!resolved.ok || missing.length > 0) {
      return { kind: 'setup', missing: missing.map(({ field }) => field.label) };
    }
    const key = await journalKey(this.vault, id);
    if (key.status !== 'present') return { kind: 'keychain', words: key.words };
    const dataDir = join(this.#dataDir, id);
    mkdirSync(dataDir, { recursive: true });
    return { kind: 'ready', location: resolved.location, journalKey: key.value, dataDir };
  }

  /** Read again only when it was written again: a chain's file takes a while. */
  #loadFile(path: string): LoadedLocations | { readonly unreadable: string } {
    try {
      const { mtimeMs, size } = statSync(path);
      const known = this.#loaded.get(path);
      if (known?.mtimeMs === mtimeMs && known.size === size) return known.file;
      const options = { file: basename(path), production: this.#environment.name === 'production' };
      const file = loadLocations(readFileSync(path), options);
      this.#loaded.set(path, { mtimeMs, size, file });
      return file;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      return { unreadable: `The file with the restaurants cannot be read: ${path}${code}.` };
    }
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

/**
 * What must be entered before the restaurant can open. A till that lacks nothing but its token does not hold up another
 * one that has it: the board says that it is not connected.
 */
function stillNeeded(fields: readonly KnownField[]): readonly KnownField[] {
  const missing = fields.filter(({ field, present }) => field.required && !present);
  const isToken = ({ field }: KnownField) => field.field === 'access_token' || field.field === 'api_key';
  const others = missing.filter((field) => !isToken(field));
  const isReady = (part: string | null) => !missing.some(({ field }) => field.part === part);
  const hasReadyTill = fields.some((field) => isToken(field) && isReady(field.field.part));
  return hasReadyTill ? others : missing;
}

function notThere(id: string, { problems }: LoadedLocations): string {
  const errors = problems.filter(({ severity }) => severity === 'error').map(problemText);
  if (errors.length > 0) return `The restaurants’ file has mistakes. ${errors.slice(0, 5).join(' · ')}`;
  return `The restaurant ${id} is not in the restaurants’ file. Choose another in the set-up.`;
}
