import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Input, SetupCheck, SetupImport, SetupSurvey, SetupView } from '../../../preload/contract';
import { replaceFile } from '../../config/file-replacement';
import type { LoadedLocation } from '../../config/load-locations';
import { NO_CHOICES } from '../../config/local-choices';
import { locationIdOf, scaffoldLocation } from '../../config/office/scaffold-location';
import { locationName } from '../../core/location';
import { readEnvFile } from '../../credentials/env-file';
import type { Application } from '../application';
import { checkVariables } from '../config-command/import-check';
import { keepVariables } from '../config-command/import-keep';
import type { KnownField } from '../configuration';
import type { Refusal } from '../ipc';
import { copySecret, copyText } from './clipboard';
import { isLocalPick, officeSays, pickedChoice } from './local-picks';
import type { SecretDesk } from './secret-desk';
import { setupView } from './setup-view';
import { createForPart, surveyAll, surveyPart } from './surveys';

type Answer<T> = Promise<T | Refusal>;

const NO_RESTAURANT: Refusal = { refused: 'Choose the restaurant first.' };
const NOT_NEEDED: Refusal = { refused: 'This restaurant does not need that.' };
const WRITTEN_OUT: Refusal = {
  refused: 'Head office’s file says this already. Ask head office to change it there.',
};

/** The set-up: which restaurant this is, and what it needs. Each answer shows what is kept now. */
export class Setup {
  readonly #app: Application;
  readonly #secrets: SecretDesk;

  constructor(app: Application, secrets: SecretDesk) {
    this.#app = app;
    this.#secrets = secrets;
  }

  async read(): Answer<SetupView> {
    const { configuration } = this.#app;
    const loaded = configuration.load();
    if ('unreadable' in loaded) return { refused: loaded.unreadable };
    const chosen = configuration.chosen(loaded);
    const fields = chosen === undefined ? [] : await configuration.fields(chosen);
    if ('status' in fields) return { refused: fields.words };
    const { choices } = configuration.settings.current;
    return setupView(loaded, chosen, fields, choices, this.#app.relayUrl);
  }

  async choose(id: string): Answer<SetupView> {
    const { configuration } = this.#app;
    const loaded = configuration.load();
    const known = !('unreadable' in loaded) && loaded.locations.some((location) => location.id === id);
    if (!known) return { refused: 'This restaurant is not in the restaurants’ file.' };
    const before = configuration.settings.current.location;
    if (before !== id) {
      // What was chosen about the tills belongs to the other restaurant's tills.
      await configuration.settings.change({ location: id, choices: NO_CHOICES });
      await this.#app.manager.changes.setting('Restaurant', before, id);
    }
    return this.read();
  }

  /** Adds a restaurant to this computer's own file, in the form of head office's. */
  async add(input: Input<'setup:add'>): Answer<SetupView> {
    const { configuration } = this.#app;
    const { name, website, phone, whatsapp, ...facts } = input;
    if (configuration.locationIds().includes(locationIdOf(name))) {
      return { refused: 'A restaurant of this name is there already. Choose it in the list.' };
    }
    const before = existsSync(configuration.ownFile) ? readFileSync(configuration.ownFile, 'utf8') : '';
    const scaffold = scaffoldLocation(before, {
      ...facts,
      id: name,
      ...(phone === '' ? {} : { phone }),
      ...(whatsapp === '' ? {} : { whatsapp }),
      channels: website ? ['web'] : [],
    });
    if (!scaffold.ok) return { refused: scaffold.words };
    await replaceFile(configuration.ownFile, scaffold.text);
    await this.#app.manager.changes.happening('location_added', `${locationName(scaffold.id)} was added`);
    return this.choose(scaffold.id);
  }

  /** Keeps one value: a secret in the keychain, a plain one in the settings. */
  async keep(name: string, value: string): Answer<SetupView> {
    const chosen = await this.#chosen();
    if ('refused' in chosen) return chosen;
    const known = chosen.fields.find(({ field }) => field.name === name);
    const text = value.trim();
    if (known === undefined) return NOT_NEEDED;
    if (text === '') return { refused: `${known.field.label}: nothing was entered.` };
    return (await this.#keep(chosen.location, known, text)) ?? this.read();
  }

  /** Takes this restaurant's variables out of a `.env` file's text; the file itself is never seen or kept. */
  async import(text: string): Answer<SetupImport> {
    const chosen = await this.#chosen();
    if ('refused' in chosen) return chosen;
    const { location, fields } = chosen;
    const { configuration } = this.#app;
    const env = readEnvFile(text);
    const { take, leave } = checkVariables(env, location, configuration);
    const { kept, words } = await keepVariables(take, location, configuration);
    const label = (name: string): string =>
      fields.find(({ field }) => field.name === name)?.field.label ?? name;
    const view = await this.read();
    if ('refused' in view) return view;
    const lost = take.filter((variable) => !kept.includes(variable));
    return {
      taken: kept.map(({ account }) => ({ name: account, label: label(account) })),
      left: [
        ...lost.map(({ name }) => ({ name, words: words ?? 'It was not kept. Try again.' })),
        ...leave.map(({ name, because }) => ({ name, words: because })),
        ...env.unreadable.map((line) => ({ name: `Line ${line}`, words: 'This is not a variable.' })),
      ],
      view,
    };
  }

  async survey(part: string): Answer<SetupSurvey> {
    const chosen = await this.#chosen();
    return 'refused' in chosen ? chosen : this.#survey(chosen.location, part);
  }

  async surveyAll(): Promise<SetupCheck[]> {
    const chosen = await this.#chosen();
    if ('refused' in chosen) return [{ status: 'failed', words: chosen.refused, detail: null, field: null }];
    return surveyAll(chosen.location, this.#app.manager);
  }

  /** What was picked from a survey's list, kept as if it had been entered; then the till is asked again. */
  async pick({ part, field, id }: Input<'setup:pick'>): Answer<SetupSurvey> {
    const chosen = await this.#chosen();
    if ('refused' in chosen) return chosen;
    const refusal = await this.#keepPick(chosen, part, field, id);
    return refusal ?? this.#survey(chosen.location, part);
  }

  /** Makes in the till what a choice of its survey lacks, and picks it. */
  async create({ part, field }: Input<'setup:create'>): Answer<SetupSurvey> {
    const chosen = await this.#chosen();
    if ('refused' in chosen) return chosen;
    const made = await createForPart(chosen.location, part, field, this.#app.manager);
    if (!made.ok) return { refused: made.words };
    const refusal = await this.#keepPick(chosen, part, field, made.id);
    // The new item is on the menu only once that is read.
    void this.#app.restaurant?.tills.syncMenus();
    return refusal ?? this.#survey(chosen.location, part);
  }

  /** The website's secret, made now if there is none: on the clipboard, never on the screen. */
  async copySecret(part: string): Answer<SetupView> {
    const chosen = await this.#chosen();
    if ('refused' in chosen) return chosen;
    const known = chosen.fields.find(({ field }) => field.part === part && field.field === 'webhook_secret');
    if (known === undefined || !(part in chosen.location.raw.channels)) return NOT_NEEDED;
    if (!known.present) {
      // The form of Standard Webhooks, with as many random bytes as it recommends at the least.
      const made = `whsec_${randomBytes(24).toString('base64')}`;
      const refusal = await this.#keep(chosen.location, known, made);
      if (refusal !== null) return refusal;
    }
    const secret = await this.#app.manager.secrets({ account: known.field.name });
    if (secret === undefined) return { refused: 'The secret could not be read. Try again.' };
    copySecret(secret);
    return this.read();
  }

  async copyUrl(part: string): Answer<null> {
    const view = await this.read();
    if ('refused' in view) return view;
    const url = view.parts.find(({ key }) => key === part)?.hookUrl ?? null;
    if (url === null) return NOT_NEEDED;
    copyText(url);
    return null;
  }

  async #keep(location: LoadedLocation, { field, value }: KnownField, text: string): Promise<Refusal | null> {
    const { configuration, manager } = this.#app;
    if (field.kind === 'secret') return this.#secrets.enter(location, field, text);
    if (value === text) return null;
    await configuration.settings.keepValue(field.name, text);
    await manager.changes.setting(field.label, value, text);
    // The manager has entered this address: what was entered for the one before may be sent there.
    if (field.field === 'api_url' || field.field === 'poll_url')
      await this.#secrets.rebind(location, field.part);
    return null;
  }

  /** Asks a part. What it has only one of is kept where nothing was entered: there is nothing to pick. */
  async #survey(location: LoadedLocation, part: string): Answer<SetupSurvey> {
    const survey = await surveyPart(location, part, this.#app.manager);
    const fields = await this.#app.configuration.fields(location);
    if ('status' in fields) return { refused: fields.words };
    for (const { field: name, chosen: id } of survey.choices) {
      const known = fields.find(({ field }) => field.part === part && field.field === name);
      if (id === null || known === undefined || known.present) continue;
      const refusal = await this.#keep(location, known, id);
      if (refusal !== null) return refusal;
    }
    return survey;
  }

  async #keepPick(
    { location, fields }: Chosen,
    part: string,
    name: string,
    id: string,
  ): Promise<Refusal | null> {
    if (!isLocalPick(name)) {
      const known = fields.find(({ field }) => field.part === part && field.field === name);
      return known === undefined ? WRITTEN_OUT : this.#keep(location, known, id);
    }
    const raw = location.raw.pos[part];
    if (raw === undefined) return NOT_NEEDED;
    if (officeSays(raw, name) !== undefined) return WRITTEN_OUT;
    const { settings } = this.#app.configuration;
    const { choices } = settings.current;
    const before = choices.tills[part] ?? {};
    const tills = { ...choices.tills, [part]: { ...before, ...pickedChoice(before, name, id) } };
    await settings.change({ choices: { ...choices, tills } });
    const what = `${part}: ${name.replace('_', ' ')}`;
    await this.#app.manager.changes.setting(what, null, id);
    return null;
  }

  async #chosen(): Promise<Chosen | Refusal> {
    const { configuration } = this.#app;
    const loaded = configuration.load();
    const location = 'unreadable' in loaded ? undefined : configuration.chosen(loaded);
    if (location === undefined) return NO_RESTAURANT;
    const fields = await configuration.fields(location);
    return 'status' in fields ? { refused: fields.words } : { location, fields };
  }
}

interface Chosen {
  readonly location: LoadedLocation;
  readonly fields: readonly KnownField[];
}
