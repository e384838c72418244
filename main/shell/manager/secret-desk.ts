import type { SecretsView, SecretView } from '../../../preload/contract';
import type { LoadedLocation } from '../../config/load-locations';
import type { SetupField } from '../../config/setup-fields';
import { lastFour } from '../../credentials/last-four';
import { refuseForeign } from '../../credentials/secret-accounts';
import { heldBack, isRotationDue, originOf } from '../../credentials/secret-ledger';
import { revoke, wipeLocation } from '../../credentials/secret-removal';
import type { RotationTest } from '../../credentials/secret-rotation';
import { renewSecret, renewsSecret } from '../../pos/registry';
import { signingKey } from '../../relay/signature';
import type { Refusal } from '../ipc';
import { tillName } from '../tills';
import type { Manager } from './manager';
import { renewInPlace } from './renewal-steps';
import { addressOf, resolvePart, type SecretUser } from './secret-uses';
import { readOrWords, testPart } from './surveys';

type Answer<T> = Promise<T | Refusal>;

/** `words`: what is left to be done by hand, or `null`. */
interface Renewed {
  readonly view: SecretsView;
  readonly words: string | null;
}

const NOT_NEEDED: Refusal = { refused: 'This restaurant does not need that.' };
const NO_RESTAURANT: Refusal = { refused: 'Choose the restaurant first.' };
const NOTHING_KEPT: Refusal = { refused: 'The old one is not kept any more.' };

/** The manager's work on secrets. Values go in; what comes out is when, where and the last four characters. */
export class SecretDesk {
  readonly #manager: Manager;

  constructor(manager: Manager) {
    this.#manager = manager;
  }

  async read(): Answer<SecretsView> {
    const chosen = this.#manager.configuration.chosenLocation();
    if (chosen === undefined) return NO_RESTAURANT;
    const { configuration, vault } = this.#manager;
    const fields = await configuration.fields(chosen);
    if ('status' in fields) return { refused: fields.words };
    const { rotateAfterDays } = configuration.settings.current;
    const secrets: SecretView[] = [];
    for (const { field, present } of fields.filter(({ field: { kind } }) => kind === 'secret')) {
      const end = await lastFour(vault, field.name);
      secrets.push({ ...this.#view(chosen, field, rotateAfterDays), present, lastFour: endOf(end) });
    }
    return { secrets, rotateAfterDays };
  }

  /** Keeps a secret that was entered, bound to the address that it is for now. */
  async enter(location: LoadedLocation, field: SetupField, value: string): Promise<Refusal | null> {
    const { configuration, vault, ledger, changes, now } = this.#manager;
    const foreign = refuseForeign(field.name, location.id, configuration.locationIds());
    if (foreign !== null) return { refused: foreign };
    const misshapen = shapeTrouble(location, field, value);
    if (misshapen !== null) return { refused: misshapen };
    const written = await vault.write(field.name, value);
    if (written.status !== 'written') return { refused: written.words };
    await ledger.note(field.name, { enteredAt: now(), origin: this.#origin(location, field) });
    await changes.secret('secret_entered', field.label);
    return null;
  }

  /** The manager has changed an address: the secrets of that part go there from now on. */
  async rebind(location: LoadedLocation, part: string | null): Promise<void> {
    const { configuration, ledger } = this.#manager;
    const fields = await configuration.fields(location);
    if ('status' in fields) return;
    for (const { field } of fields) {
      const record = field.kind === 'secret' && field.part === part ? ledger.read(field.name) : undefined;
      if (record !== undefined) {
        await ledger.note(field.name, { ...record, origin: this.#origin(location, field) });
      }
    }
  }

  /** The new value is tested while the old one works; then they change places between two requests. */
  async replace(name: string, value: string): Answer<SecretsView> {
    const found = await this.#find(name);
    if ('refused' in found) return found;
    const { location, field } = found;
    const text = value.trim();
    if (text === '') return { refused: `${field.label}: nothing was entered.` };
    return (await this.#switch(location, field, text)) ?? this.read();
  }

  /** The till makes a new one itself, which then takes the place of the one in use. */
  async renew(name: string): Answer<Renewed> {
    const found = await this.#find(name);
    if ('refused' in found) return found;
    const { location, field } = found;
    const { configuration, secrets, rotation, vault, log, now } = this.#manager;
    const { user } = resolvePart(location, field.part ?? '', configuration);
    if (user?.kind !== 'till' || !isRenewable(field, user)) return NOT_NEEDED;
    const { till } = user;
    const owner = tillName(till);
    const old = await readOrWords(secrets, till.accessToken, { address: till.apiUrl, owner });
    if (!old.ok) return { refused: old.words ?? `${field.label}: it is not entered yet.` };
    const context = { location: user.location, secret: async () => old.value, log, now };
    const answer = await renewInPlace({
      owner,
      make: () => renewSecret(till, context),
      take: async (value) => (await this.#switch(location, field, value))?.refused ?? null,
      inUse: async () => {
        const kept = await vault.read(name);
        if (kept.status === 'present') return kept.value;
        return kept.status === 'missing' ? old.value : null;
      },
      proven: async () => {
        // Later than the switch, however fast all this is.
        await rotation.succeeded(name, now() + 1);
      },
    });
    if (!answer.ok) return { refused: answer.words };
    const view = await this.read();
    return 'refused' in view ? view : { view, words: answer.words };
  }

  async undo(name: string): Answer<SecretsView> {
    const found = await this.#find(name);
    if ('refused' in found) return found;
    const step = await this.#manager.rotation.rollBack(name);
    if (step.status === 'none') return NOTHING_KEPT;
    if (step.status !== 'done') return { refused: step.words };
    await this.#manager.changes.secret('secret_put_back', found.field.label);
    this.#manager.onSecretChanged();
    return this.read();
  }

  async remove(name: string): Answer<SecretsView> {
    const found = await this.#find(name);
    if ('refused' in found) return found;
    const removed = await revoke(this.#manager, name);
    if (removed.status !== 'written') return { refused: removed.words };
    await this.#manager.changes.secret('secret_removed', found.field.label);
    this.#manager.onSecretChanged();
    return this.read();
  }

  /** The manager knows of a new address: the secret is tested there, and goes there from now on. */
  async confirm(name: string): Answer<SecretsView> {
    const found = await this.#find(name);
    if ('refused' in found) return found;
    const { location, field } = found;
    const { vault, ledger, changes, now } = this.#manager;
    const kept = await vault.read(name);
    if (kept.status === 'missing') return { refused: `${field.label}: it is not entered yet.` };
    if (kept.status !== 'present') return { refused: kept.words };
    const tested = await this.#test(location, field, kept.value);
    if (!tested.ok) return { refused: tested.words };
    const record = ledger.read(name);
    const origin = this.#origin(location, field);
    await ledger.note(name, { enteredAt: record?.enteredAt ?? now(), origin });
    await changes.secret('secret_address_confirmed', field.label);
    this.#manager.onSecretChanged();
    return this.read();
  }

  async remind(days: number): Answer<SecretsView> {
    const { settings } = this.#manager.configuration;
    const before = settings.current.rotateAfterDays;
    await settings.change({ rotateAfterDays: days });
    const what = 'Reminder to replace tokens, in days';
    await this.#manager.changes.setting(what, String(before), String(days));
    return this.read();
  }

  /** Everything that the keychain holds of this restaurant. @returns why something is left, or `null`. */
  async clear(location: LoadedLocation): Promise<Refusal | null> {
    const wiped = await wipeLocation(this.#manager, location.id, this.#manager.configuration.locationIds());
    if (wiped.status !== 'wiped') return { refused: wiped.words };
    await this.#manager.changes.happening(
      'secrets_cleared',
      `Everything of ${location.id} was removed from the keychain`,
    );
    const [left] = wiped.left;
    return left === undefined ? null : { refused: `${left.account} is still there. ${left.words}` };
  }

  /** What should be replaced by now, as a sentence for the board; `null` when nothing should. */
  async reminder(): Promise<string | null> {
    const { configuration, ledger, now } = this.#manager;
    const location = configuration.chosenLocation();
    const fields = location === undefined ? [] : await configuration.fields(location);
    if ('status' in fields) return null;
    const { rotateAfterDays } = configuration.settings.current;
    const due = fields.filter(({ field }) => {
      const record = ledger.read(field.name);
      return record !== undefined && isRotationDue(record, rotateAfterDays, now());
    });
    if (due.length === 0) return null;
    const labels = due.map(({ field }) => field.label).join(', ');
    return `${labels}: older than ${rotateAfterDays} days. A manager should replace it in Settings → Tokens.`;
  }

  /** Puts in order what a kill left of a rotation. */
  async recover(): Promise<void> {
    const location = this.#manager.configuration.chosenLocation();
    if (location === undefined) return;
    const fields = await this.#manager.configuration.fields(location);
    if ('status' in fields) return;
    const secrets = fields.filter(({ field }) => field.kind === 'secret').map(({ field }) => field.name);
    await this.#manager.rotation.recover(secrets);
  }

  /** @returns why the old one stays, or `null` */
  async #switch(location: LoadedLocation, field: SetupField, value: string): Promise<Refusal | null> {
    const { rotation, ledger, changes, onSecretChanged } = this.#manager;
    const { name, label } = field;
    const test = (candidate: string): Promise<RotationTest> => this.#test(location, field, candidate);
    const answer = await rotation.rotate({ account: name, value, test });
    if (answer.status !== 'switched') return { refused: answer.words };
    const record = ledger.read(name);
    const origin = this.#origin(location, field);
    // A first value, or one that was tested at an address that only it has been shown to.
    if (record !== undefined) await ledger.note(name, { ...record, origin });
    await changes.secret('secret_replaced', label);
    onSecretChanged();
    return null;
  }

  #view(location: LoadedLocation, field: SetupField, rotateAfterDays: number) {
    const { ledger, rotation, configuration, now } = this.#manager;
    const record = ledger.read(field.name);
    const { user } = resolvePart(location, field.part ?? '', configuration);
    const address = addressOf(field, user);
    const held = address === null ? null : heldBack(record, address);
    return {
      name: field.name,
      label: field.label,
      required: field.required,
      enteredAt: record?.enteredAt ?? null,
      due: record !== undefined && isRotationDue(record, rotateAfterDays, now()),
      oldKept: rotation.isOverlapping(field.name),
      renewable: isRenewable(field, user),
      held: held === null ? null : { from: held.from, to: held.to ?? 'no address' },
    };
  }

  #origin(location: LoadedLocation, field: SetupField): string | null {
    const { user } = resolvePart(location, field.part ?? '', this.#manager.configuration);
    const address = addressOf(field, user);
    return address === null ? null : originOf(address);
  }

  async #test(location: LoadedLocation, field: SetupField, value: string): Promise<RotationTest> {
    const misshapen = shapeTrouble(location, field, value);
    if (misshapen !== null) return { ok: false, words: misshapen };
    // What only checks others' signatures cannot be tried before they use it.
    if (field.field === 'webhook_secret') return { ok: true };
    return testPart(location, field, value, this.#manager);
  }

  async #find(name: string): Answer<{ readonly location: LoadedLocation; readonly field: SetupField }> {
    const location = this.#manager.configuration.chosenLocation();
    if (location === undefined) return NO_RESTAURANT;
    const fields = await this.#manager.configuration.fields(location);
    if ('status' in fields) return { refused: fields.words };
    const field = fields.find((known) => known.field.name === name)?.field;
    return field?.kind === 'secret' ? { location, field } : NOT_NEEDED;
  }
}

/** Whether what it opens can make the next one itself. */
function isRenewable({ field }: SetupField, user: SecretUser | undefined): boolean {
  return user?.kind === 'till' && field !== 'webhook_secret' && renewsSecret(user.till);
}

function endOf(end: Awaited<ReturnType<typeof lastFour>>): string | null {
  return end.status === 'present' ? end.lastFour : null;
}

/** What can be told from the value alone: a website's secret has a form. */
function shapeTrouble({ raw }: LoadedLocation, field: SetupField, value: string): string | null {
  const isWebsite = field.part !== null && field.part in raw.channels;
  if (!isWebsite || field.field !== 'webhook_secret' || signingKey(value) !== undefined) return null;
  return `${field.label}: this is not one. It looks like whsec_ and then letters and digits. Copy all of it.`;
}
