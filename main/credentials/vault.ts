import type keytar from 'keytar';

/** What the keychain says about one secret. */
export type VaultAnswer =
  | { readonly status: 'present'; readonly value: string }
  | { readonly status: 'missing' }
  /** It is there and does not open; a person can unlock it. */
  | { readonly status: 'locked'; readonly words: string }
  /** This computer has no keychain that answers. */
  | { readonly status: 'absent'; readonly words: string };

export type VaultFailure = Extract<VaultAnswer, { status: 'locked' | 'absent' }>;

export type VaultWritten = { readonly status: 'written' } | VaultFailure;

/** One secret an entry, by the variable's name. Nothing here ever falls back to a file. */
export interface Vault {
  read(account: string): Promise<VaultAnswer>;
  /** Written, read back and compared. */
  write(account: string, value: string): Promise<VaultWritten>;
  delete(account: string): Promise<VaultWritten>;
}

/** An unlock prompt that nobody answers holds the call up for ever. */
const PATIENCE_MS = 30_000;

/**
 * The operating system's keychain, service `Tillside/<environment>`.
 * keytar is loaded on first use: nothing on the way to the first paint needs it.
 */
export function createVault(environment: string): Vault {
  const service = `Tillside/${environment}`;

  async function ask<T>(question: (keychain: typeof keytar) => Promise<T>): Promise<T | VaultFailure> {
    try {
      const { default: keychain } = await import('keytar');
      return await withPatience(question(keychain));
    } catch (error) {
      return failureOf(error);
    }
  }

  const read = async (account: string): Promise<VaultAnswer> => {
    const answer = await ask((keychain) => keychain.getPassword(service, account));
    if (answer === null) return { status: 'missing' };
    return typeof answer === 'string' ? { status: 'present', value: answer } : answer;
  };

  return {
    read,
    write: async (account, value) => {
      const failure = await ask((keychain) => keychain.setPassword(service, account, value));
      if (failure !== undefined) return failure;
      const back = await read(account);
      if (back.status === 'present' && back.value === value) return { status: 'written' };
      return back.status === 'locked' || back.status === 'absent' ? back : NOT_KEPT;
    },
    delete: async (account) => {
      const answer = await ask((keychain) => keychain.deletePassword(service, account));
      return typeof answer === 'boolean' ? { status: 'written' } : answer;
    },
  };
}

/** Secrets in memory, gone with the process: training mode. */
export function createMemoryVault(secrets: Readonly<Record<string, string>> = {}): Vault {
  const entries = new Map(Object.entries(secrets));
  return {
    read: async (account) => {
      const value = entries.get(account);
      return value === undefined ? { status: 'missing' } : { status: 'present', value };
    },
    write: async (account, value) => {
      entries.set(account, value);
      return { status: 'written' };
    },
    delete: async (account) => {
      entries.delete(account);
      return { status: 'written' };
    },
  };
}

class OutOfPatience extends Error {}

async function withPatience<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfPatience()), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * libsecret tells its troubles in text only: a prompt that was dismissed or cannot be shown means a locked
 * collection; anything about the bus or the service means that there is no keychain to ask.
 * The text itself goes nowhere: it may repeat what it was given.
 */
function failureOf(error: unknown): VaultFailure {
  const text = error instanceof Error ? error.message : '';
  const locked = error instanceof OutOfPatience || /locked|prompt|dismiss|denied|cancel/i.test(text);
  return locked ? LOCKED : ABSENT;
}

const LOCKED: VaultFailure = {
  status: 'locked',
  words:
    'This computer’s keychain is locked, so Tillside cannot reach the till’s token. ' +
    'Log in to the computer again or unlock the keychain; Tillside goes on by itself.',
};
const ABSENT: VaultFailure = {
  status: 'absent',
  words:
    'This computer’s keychain does not answer. Tillside keeps the till’s token nowhere else, so it waits for it. ' +
    'Log out of the computer and in again; if that does not help, call support.',
};
const NOT_KEPT: VaultFailure = {
  status: 'absent',
  words:
    'This computer’s keychain did not keep what was entered. Try again; if that does not help, call support.',
};
