import type { Vault, VaultFailure } from './vault';

/** Of a shorter secret four characters would be too much of it. */
const SHORTEST = 12;

export type LastFour =
  | { readonly status: 'present'; readonly lastFour: string | null }
  | { readonly status: 'missing' }
  | VaultFailure;

/**
 * The end of a secret, by which a manager recognises it; `null` for one under twelve characters. Read from the keychain
 * each time and kept nowhere.
 */
export async function lastFour(vault: Pick<Vault, 'read'>, account: string): Promise<LastFour> {
  const answer = await vault.read(account);
  if (answer.status !== 'present') return answer;
  const { value } = answer;
  return { status: 'present', lastFour: value.length < SHORTEST ? null : value.slice(-4) };
}
