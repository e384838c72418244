import type { SecretName } from '../core/location';
import { unreachable } from '../core/never';
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

/**
 * Where secrets come from, asked anew for each use: the keychain, then `variables`, which are the process's
 * environment in development and staging and empty in production.
 * @throws {KeychainUnavailable}
 */
export function createSecretSource(
  vault: Pick<Vault, 'read'>,
  variables: Readonly<Record<string, string | undefined>>,
): (name: SecretName) => Promise<string | undefined> {
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

  return async ({ account }) => {
    const answer = await read(account);
    switch (answer.status) {
      case 'present':
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
