import { randomBytes } from 'node:crypto';
import type { TillHookView } from '../../../preload/contract';
import type { LoadedLocation } from '../../config/load-locations';
import type { LocalChoices } from '../../config/local-choices';
import { accountName, placeholderName } from '../../core/placeholders';
import { isThisComputer } from '../../core/web-address';
import type { Configuration, KnownField } from '../configuration';
import type { Intakes } from '../intakes';
import type { Refusal } from '../ipc';
import type { Manager } from './manager';
import type { SecretDesk } from './secret-desk';

type Answer<T> = Promise<T | Refusal>;

/** What of the application it needs. */
export interface HookApp {
  readonly configuration: Pick<Configuration, 'chosenLocation' | 'fields'> & {
    readonly settings: { readonly current: { readonly choices: LocalChoices } };
  };
  readonly manager: Pick<Manager, 'secrets' | 'ledger' | 'onSecretChanged'>;
  /** Where the relay listens, or will. */
  readonly relayUrl: string;
  readonly restaurant: { readonly intakes: Pick<Intakes, 'url' | 'lastHintAt'> } | undefined;
}

interface FoundToken {
  readonly location: LoadedLocation;
  readonly known: KnownField;
}

const NO_RESTAURANT: Refusal = { refused: 'Choose the restaurant first.' };
const NOT_THERE: Refusal = { refused: 'Head office’s file has no webhook token for this till.' };
const NOT_USED: Refusal = { refused: '“Use this till” is off. Switch it on first.' };
const UNREADABLE: Refusal = { refused: 'The token could not be read. Try again.' };

/** What stands in the place of the token wherever a person may look. */
const MASKED = '••••••••';

/**
 * Where a till that cannot sign may call us, for the manager who makes a rule there. The address ends in the token, so
 * that it is copied and never shown.
 */
export class TillHook {
  readonly #app: HookApp;
  readonly #secrets: Pick<SecretDesk, 'enter'>;
  readonly #copySecret: (secret: string) => void;

  constructor(app: HookApp, secrets: Pick<SecretDesk, 'enter'>, copySecret: (secret: string) => void) {
    this.#app = app;
    this.#secrets = secrets;
    this.#copySecret = copySecret;
  }

  async read(till: string): Answer<TillHookView> {
    const found = await this.#find(till);
    if ('refused' in found) return found;
    const { location, known } = found;
    const { relayUrl, restaurant, manager } = this.#app;
    const calledAt = restaurant?.intakes.lastHintAt(till) ?? null;
    // A call that proved the token before this one says nothing of the address as it is now.
    const since = manager.ledger.read(known.field.name)?.enteredAt ?? 0;
    return {
      address: addressOf(relayUrl, location, till, MASKED),
      hasToken: known.present,
      reach: reachOf(restaurant?.intakes.url ?? null),
      lastCallAt: known.present && calledAt !== null && calledAt >= since ? calledAt : null,
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
    this.#copySecret(addressOf(this.#app.relayUrl, location, till, token));
    return this.read(till);
  }

  /** By its name in the keychain, since two tills may share one. */
  async #find(till: string): Answer<FoundToken> {
    const { configuration } = this.#app;
    const location = configuration.chosenLocation();
    if (location === undefined) return NO_RESTAURANT;
    const raw = location.raw.pos[till];
    const variable = placeholderName(raw?.webhook_secret ?? '');
    if (raw === undefined || variable === undefined) return NOT_THERE;
    // The relay knows no address of a till that is off.
    if (!(configuration.settings.current.choices.tills[till]?.enabled ?? raw.enabled)) return NOT_USED;
    const fields = await configuration.fields(location);
    if ('status' in fields) return { refused: fields.words };
    const name = accountName(variable, location.id);
    const known = fields.find(({ field }) => field.name === name);
    return known === undefined ? NOT_THERE : { location, known };
  }
}

function addressOf(relayUrl: string, { id }: LoadedLocation, till: string, token: string): string {
  return `${relayUrl}/hooks/${id}/${till}/${token}`;
}

function reachOf(url: string | null): TillHookView['reach'] {
  if (url === null) return 'nobody';
  return isThisComputer(url) ? 'this_computer' : 'others';
}
