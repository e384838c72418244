import { currentOf, ownerOf, previousOf } from './secret-accounts';
import type { SecretLedger } from './secret-ledger';
import type { Vault, VaultFailure, VaultWritten } from './vault';

export interface SecretRemovalOptions {
  readonly vault: Pick<Vault, 'delete' | 'list'>;
  readonly ledger: Pick<SecretLedger, 'forget'>;
}

export type Wiped =
  | {
      readonly status: 'wiped';
      /** The accounts that are gone. */
      readonly wiped: readonly string[];
      /** Those that the keychain did not let go, each with the sentence why. */
      readonly left: readonly { readonly account: string; readonly words: string }[];
    }
  | VaultFailure;

/** @returns `written` once it is gone. Rejects when it is gone and its record could not be deleted. */
export async function revoke(options: SecretRemovalOptions, account: string): Promise<VaultWritten> {
  const removed = await remove(options, account);
  if (removed.status === 'written') await forget(options, account);
  return removed;
}

/**
 * Deletes everything that the keychain holds of one location, its journal's key included: what is written in the
 * journal cannot be read afterwards. What cannot be deleted does not keep the rest.
 * Rejects when the secrets are gone and their records could not be deleted.
 * @param allIds all locations that are known, so that DIAMOND_VALE's secrets are not taken for VALE's.
 */
export async function wipeLocation(
  options: SecretRemovalOptions,
  id: string,
  allIds: readonly string[],
): Promise<Wiped> {
  const list = await options.vault.list();
  if (list.status !== 'listed') return list;
  const ids = [...allIds, id];
  const mine = new Set(list.accounts.filter((account) => ownerOf(account, ids) === id).map(currentOf));
  const wiped: string[] = [];
  const left: { account: string; words: string }[] = [];
  for (const account of mine) {
    const removed = await remove(options, account);
    if (removed.status === 'written') wiped.push(account);
    else left.push({ account, words: removed.words });
  }
  for (const account of wiped) await forget(options, account);
  return { status: 'wiped', wiped, left };
}

/**
 * Deletes a secret and the value that it replaced. That one goes first: left alone, it would be taken for a secret that
 * was lost in a rotation, and put back.
 */
async function remove({ vault }: SecretRemovalOptions, account: string): Promise<VaultWritten> {
  const previous = await vault.delete(previousOf(account));
  return previous.status === 'written' ? vault.delete(account) : previous;
}

async function forget({ ledger }: SecretRemovalOptions, account: string): Promise<void> {
  await ledger.forget(previousOf(account));
  await ledger.forget(account);
}
