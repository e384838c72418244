import { randomBytes } from 'node:crypto';
import type { Vault, VaultFailure } from './vault';

export type JournalKey = { readonly status: 'present'; readonly value: string } | VaultFailure;

/**
 * The key of a location's journal: 64 hexadecimal digits. The first time one is made, kept and read back, so that
 * no journal is ever written with a key that the keychain does not have.
 */
export async function journalKey(vault: Vault, locationId: string): Promise<JournalKey> {
  const account = `TILLSIDE_JOURNAL_KEY_${locationId}`;
  const known = await vault.read(account);
  if (known.status !== 'missing') return known;
  const value = randomBytes(32).toString('hex');
  const written = await vault.write(account, value);
  return written.status === 'written' ? { status: 'present', value } : written;
}
