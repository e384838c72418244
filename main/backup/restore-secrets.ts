import type { Secrets } from './manifest';

interface Refused {
  readonly status: 'locked' | 'absent';
  /** For the screen. */
  readonly words: string;
}

export type SecretAnswer =
  | { readonly status: 'present'; readonly value: string }
  | { readonly status: 'missing' }
  | Refused;

export type SecretWritten = { readonly status: 'written' } | Refused;

/** The part of the keychain's vault that a restore needs. */
export interface SecretStore {
  read(account: string): Promise<SecretAnswer>;
  write(account: string, value: string): Promise<SecretWritten>;
  delete(account: string): Promise<SecretWritten>;
}

export interface JournalKeyRule {
  readonly account: string;
  /** The journal stays as it is; then its key does, too, if there is one. */
  readonly untouched: boolean;
}

export type SecretsReplaced =
  | {
      readonly ok: true;
      /** Puts back what was there before, as far as the keychain lets. */
      readonly undo: () => Promise<void>;
    }
  | { readonly ok: false; readonly words: string };

/**
 * Writes secrets into the keychain: all, or, when one is refused, none.
 * @param journalKey when it is replaced, the old one is kept as `<account>_BEFORE_RESTORE`: without it, the old journal
 *   that is kept aside could never be read.
 */
export async function replaceSecrets(
  store: SecretStore,
  secrets: Secrets,
  journalKey: JournalKeyRule,
): Promise<SecretsReplaced> {
  const before: [account: string, value: string | undefined][] = [];
  const undo = async (): Promise<void> => {
    for (const [account, value] of before.reverse()) {
      await (value === undefined ? store.delete(account) : store.write(account, value));
    }
  };
  const refused = async ({ words }: Refused): Promise<SecretsReplaced> => {
    await undo();
    return { ok: false, words };
  };
  for (const [account, value] of Object.entries(secrets)) {
    const old = await store.read(account);
    if (old.status === 'locked' || old.status === 'absent') return refused(old);
    if (old.status === 'present' && old.value === value) continue;
    if (old.status === 'present' && account === journalKey.account) {
      if (journalKey.untouched) continue;
      const kept = await store.write(`${account}_BEFORE_RESTORE`, old.value);
      if (kept.status !== 'written') return refused(kept);
    }
    before.push([account, old.status === 'present' ? old.value : undefined]);
    const written = await store.write(account, value);
    if (written.status !== 'written') return refused(written);
  }
  return { ok: true, undo };
}
