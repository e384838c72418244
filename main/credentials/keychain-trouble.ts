/** Why the keychain gave nothing. `words` are for the screen; what the keychain itself said goes nowhere. */
export type VaultFailure =
  /** It is there and does not open; a person can unlock it. */
  | { readonly status: 'locked'; readonly words: string }
  /** This computer has no keychain that answers. */
  | { readonly status: 'absent'; readonly words: string };

/**
 * libsecret, macOS and Windows tell their troubles in text only: a prompt that was dismissed or cannot be shown means
 * a locked collection; anything about the bus or the service means that there is no keychain to ask.
 * The text itself goes nowhere: it may repeat what it was given.
 */
export function failureOf(error: unknown): VaultFailure {
  const text = error instanceof Error ? error.message : '';
  return /locked|prompt|dismiss|cancel|interaction|passphrase/i.test(text) ? LOCKED : ABSENT;
}

export const LOCKED: VaultFailure = {
  status: 'locked',
  words:
    'This computer’s keychain is locked, so Tillside cannot reach the till’s token. ' +
    'Log in to the computer again or unlock the keychain; Tillside goes on by itself.',
};
export const ABSENT: VaultFailure = {
  status: 'absent',
  words:
    'This computer’s keychain does not answer. Tillside keeps the till’s token nowhere else, so it waits for it. ' +
    'Log out of the computer and in again; if that does not help, call support.',
};
export const NOT_KEPT: VaultFailure = {
  status: 'absent',
  words:
    'This computer’s keychain did not keep what was entered. Try again; if that does not help, call support.',
};
