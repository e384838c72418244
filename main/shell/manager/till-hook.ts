import { randomBytes } from 'node:crypto';
import type { TillHookView } from '../../../preload/contract';
import type { LoadedLocation } from '../../config/load-locations';
import { isThisComputer } from '../../core/web-address';
import type { Application } from '../application';
import type { KnownField } from '../configuration';
import type { Refusal } from '../ipc';
import { copySecret } from './clipboard';
import type { SecretDesk } from './secret-desk';

type Answer<T> = Promise<T | Refusal>;

const NO_RESTAURANT: Refusal = { refused: 'Choose the restaurant first.' };
const NOT_THERE: Refusal = { refused: 'Head office’s file has no webhook token for this till.' };
const UNREADABLE: Refusal = { refused: 'The token could not be read. Try again.' };

/** What stands in the place of the token wherever a person may look. */
const MASKED = '••••••••';

/**
 * Where a till that cannot sign may call us, for the manager who makes a rule there. The address ends in the token, so
 * that it is copied and never shown.
 */
export class TillHook {
  readonly #app: Application;
  readonly #secrets: SecretDesk;

  constructor(app: Application, secrets: SecretDesk) {
    this.#app = app;
    this.#secrets = secrets;
  }

  async read(till: string): Answer<TillHookView> {
    const found = await this.#find(till);
    if ('refused' in found) return found;
    const { relayUrl, restaurant } = this.#app;
    return {
      address: addressOf(relayUrl, found.location, till, MASKED),
      hasToken: found.known.present,
      thisComputerOnly: isThisComputer(relayUrl),
      lastCallAt: restaurant?.intakes.lastHintAt(till) ?? null,
    };
  }

  /** The whole address on the clipboard; its token is made now if there is none. */
  async copy(till: string): Answer<TillHookView> {
    const found = await this.#find(till);
    if ('refused' in found) return found;
    const { location, known } = found;
    if (!known.present) {
      const refusal = await this.#secrets.enter(location, known.field, randomBytes(24).toString('hex'));
      if (refusal !== null) return refusal;
      this.#app.manager.onSecretChanged();
    }
    const token = await this.#app.manager.secrets({ account: known.field.name });
    if (token === undefined) return UNREADABLE;
    copySecret(addressOf(this.#app.relayUrl, location, till, token));
    return this.read(till);
  }

  async #find(till: string): Answer<{ readonly location: LoadedLocation; readonly known: KnownField }> {
    const { configuration } = this.#app;
    const location = configuration.chosenLocation();
    if (location === undefined) return NO_RESTAURANT;
    const fields = await configuration.fields(location);
    if ('status' in fields) return { refused: fields.words };
    const known = fields.find(({ field }) => field.part === till && field.field === 'webhook_secret');
    return known === undefined ? NOT_THERE : { location, known };
  }
}

function addressOf(relayUrl: string, { id }: LoadedLocation, till: string, token: string): string {
  return `${relayUrl}/hooks/${id}/${till}/${token}`;
}
