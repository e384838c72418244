import type { SecretName } from '../core/location';
import { unreachable } from '../core/never';
import { SecretHeldBack } from '../core/secret-held-back';
import { heldBack, originOf, type SecretLedger } from './secret-ledger';
import type { Vault, VaultFailure } from './vault';

/** The keychain cannot be read now. `failure` has the words. */
export class KeychainUnavailable extends Error {
  override readonly name = 'KeychainUnavailable';
  readonly failure: VaultFailure;

  constructor(failure: VaultFailure) {
    super(`The keychain is ${failure.status}.`);
    this.failure = failure;
  }
}

/** Where a secret is about to be sent. */
export interface SecretUse {
  /** The address of the request, or its base. */
  readonly address: string;
  /** Whose it is, in words: “Loyverse”, “The website”. */
  readonly owner: string;
}

/**
 * Gives a secret, or `undefined` when it is not set. Without a `use` it is for this computer only: to check a
 * signature, say.
 * @throws {KeychainUnavailable}
 * @throws {SecretHeldBack} when the secret was entered for another address.
 */
export type SecretSource = (name: SecretName, use?: SecretUse) => Promise<string | undefined>;

/**
 * Where secrets come from, asked anew for each use: the keychain, then `variables`, which are the process's
 * environment in development and staging and empty in production. With a ledger, a secret of the keychain goes only to
 * the address that it was entered for; one that is bound to none yet is bound to the first that asks.
 */
export function createSecretSource(
  vault: Pick<Vault, 'read'>,
  variables: Readonly<Record<string, string | undefined>>,
  ledger?: Pick<SecretLedger, 'read' | 'bind'>,
): SecretSource {
  const underWay = new Map<string, ReturnType<typeof vault.read>>();

  /**
   * Requests that want one secret at the same moment share one look into the keychain, which takes milliseconds:
   * a burst of webhooks would otherwise queue up before it. Nothing is kept once the look is over.
   */
  function read(account: string): ReturnType<typeof vault.read> {
    const asked = underWay.get(account) ?? vault.read(account).finally(() => underWay.delete(account));
    underWay.set(account, asked);
    return asked;
  }

  /**
   * Looks at the address after the keychain has answered, and binds without a pause in between: of two addresses that
   * ask for an unbound secret at once, one gets it.
   */
  async function checkAddress(account: string, { address, owner }: SecretUse): Promise<void> {
    if (ledger === undefined) return;
    const record = ledger.read(account);
    const held = heldBack(record, address);
    if (held !== null) throw new SecretHeldBack(owner, held.from, held.to);
    const origin = originOf(address);
    // Nothing can be sent to an address that cannot be read, so there is nothing to bind to.
    if (origin !== null && (record?.origin ?? null) === null) await ledger.bind(account, origin);
  }

  return async ({ account }, use) => {
    const answer = await read(account);
    switch (answer.status) {
      case 'present':
        if (use !== undefined) await checkAddress(account, use);
        return answer.value;
      case 'missing':
        return variables[account];
      case 'locked':
      case 'absent':
        if (variables[account] !== undefined) return variables[account];
        throw new KeychainUnavailable(answer);
      default:
        return unreachable(answer);
    }
  };
}
