import type { SetupCheck, SetupView } from '../../preload/contract';
import { problemText } from '../config/config-problem';
import type { LoadedLocation } from '../config/load-locations';
import { resolveLocation } from '../config/resolve-location';
import { type Location, locationName, type Till } from '../core/location';
import { createSecretSource } from '../credentials/secret-source';
import { createProvider } from '../pos/registry';
import type { Application } from './application';
import type { Refusal } from './ipc';
import { tillName } from './tills';

export interface Setup {
  read(): Promise<SetupView | Refusal>;
  choose(id: string): Promise<SetupView | Refusal>;
  /** A secret goes to the keychain, a plain value to the settings. */
  keep(name: string, value: string): Promise<SetupView | Refusal>;
  /** Asks each till, with what is entered so far. */
  test(): Promise<SetupCheck[]>;
}

/** The plain set-up form: which restaurant this is, and what it needs. */
export function createSetup(app: Application): Setup {
  const { configuration } = app;
  const { environment, log, now } = app.options;

  const chosen = (): LoadedLocation | undefined => {
    const loaded = configuration.load();
    return 'unreadable' in loaded ? undefined : configuration.chosen(loaded);
  };

  const read = async (): Promise<SetupView | Refusal> => {
    const loaded = configuration.load();
    if ('unreadable' in loaded) return { refused: loaded.unreadable };
    const location = configuration.chosen(loaded);
    const fields = location === undefined ? [] : await configuration.fields(location);
    if ('status' in fields) return { refused: fields.words };
    const channels = location === undefined ? [] : Object.keys(location.raw.channels);
    return {
      locations: loaded.locations.map(({ id, raw }) => ({
        id,
        name: locationName(id),
        place: `${raw.address}, ${raw.city}`,
      })),
      chosen: location?.id ?? null,
      fields: fields.map(({ field, present, value }) => ({ ...field, present, value })),
      relayUrls: channels.map((channel) => ({
        channel,
        url: `http://127.0.0.1:${environment.relayPort}/hooks/${location?.id ?? ''}/${channel}`,
      })),
      // A warning is for head office; it stops nobody here.
      problems: loaded.problems.filter(({ severity }) => severity === 'error').map(problemText),
    };
  };

  return {
    read,
    choose: async (id) => {
      const loaded = configuration.load();
      const known = !('unreadable' in loaded) && loaded.locations.some((location) => location.id === id);
      if (!known) return { refused: 'This restaurant is not in the restaurants’ file.' };
      await configuration.settings.change({ location: id });
      log.info('setup_location', { location_id: id });
      return read();
    },
    keep: async (name, value) => {
      const location = chosen();
      const fields = location === undefined ? [] : await configuration.fields(location);
      if ('status' in fields) return { refused: fields.words };
      const field = fields.find((known) => known.field.name === name)?.field;
      if (field === undefined) return { refused: 'This restaurant does not need that.' };
      const text = value.trim();
      if (text === '') return { refused: `${field.label}: nothing was entered.` };
      if (field.kind === 'plain') {
        await configuration.settings.keepValue(name, text);
      } else {
        const written = await configuration.vault.write(name, text);
        if (written.status !== 'written') return { refused: written.words };
      }
      log.info('setup_value_kept', { name, kind: field.kind });
      return read();
    },
    test: async () => {
      const location = chosen();
      if (location === undefined) return [failed('Choose the restaurant first.')];
      const resolved = resolveLocation(location, configuration.lookup);
      if (!resolved.ok) {
        return [
          ...resolved.missing.map((name) => failed('This is still missing.', name)),
          ...resolved.wrong.map(({ name, words }) => failed(words, name)),
        ];
      }
      const checks = await Promise.all(
        resolved.location.tills.map((till) => testTill(till, resolved.location)),
      );
      return checks.flat();
    },
  };

  async function testTill(till: Till, location: Location): Promise<SetupCheck[]> {
    const name = tillName(till);
    const source = createSecretSource(configuration.vault, environment.variables);
    const choice = createProvider(till, {
      location,
      secret: async (secret) => (await source(secret)) ?? '',
      log,
      now,
    });
    if (!choice.ok) return [failed(choice.trouble.words)];
    const health = await choice.provider.check();
    const trouble = health.trouble?.words ?? `${name} does not answer.`;
    if (health.status === 'down') return [failed(trouble)];
    return [
      { status: 'ok', words: `${name} answers.`, detail: `${Math.round(health.latencyMs)} ms` },
      { status: 'ok', words: `Account “${health.account ?? ''}”`, detail: null },
      { status: 'ok', words: `Store “${health.store ?? ''}”`, detail: null },
      ...(health.status === 'degraded' ? [{ status: 'warning' as const, words: trouble, detail: null }] : []),
    ];
  }
}

function failed(words: string, detail: string | null = null): SetupCheck {
  return { status: 'failed', words, detail };
}
