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
  return async ({ account }) => {
    const answer = await vault.read(account);
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
