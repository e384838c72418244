import type keytar from 'keytar';
import { failureOf, LOCKED, NOT_KEPT, type VaultFailure } from './keychain-trouble';
import { createTurns, OutOfPatience } from './keychain-turns';

export type { VaultFailure } from './keychain-trouble';

/** What the keychain says about one secret. */
export type VaultAnswer =
  | { readonly status: 'present'; readonly value: string }
  | { readonly status: 'missing' }
  | VaultFailure;

export type VaultWritten = { readonly status: 'written' } | VaultFailure;

export type VaultList = { readonly status: 'listed'; readonly accounts: readonly string[] } | VaultFailure;

/** One secret an entry, by the variable's name. Nothing here ever falls back to a file. */
export interface Vault {
  read(account: string): Promise<VaultAnswer>;
  /** Written, read back and compared. */
  write(account: string, value: string): Promise<VaultWritten>;
  /** Resolves with `written` when nothing is there any more. */
  delete(account: string): Promise<VaultWritten>;
  /** The names of what is there, never a value. */
  list(): Promise<VaultList>;
}

/** The part of keytar that is used. */
export type Keychain = Pick<
  typeof keytar,
  'getPassword' | 'setPassword' | 'deletePassword' | 'findCredentials'
>;

export interface VaultOptions {
  /** Default: keytar, loaded on first use, since nothing on the way to the first paint needs it. */
  readonly load?: () => Promise<Keychain>;
  /** How long a person may take to unlock the keychain. */
  readonly patienceMs?: number;
}

/** An unlock prompt that nobody answers holds the call up for ever. */
const PATIENCE_MS = 30_000;

/** An entry of our own that says: the keychain is open. Its value names what wrote the entries beside it. */
const SIGN = { account: 'TILLSIDE_KEYCHAIN', value: 'keytar' } as const;

/** The operating system's keychain, service `Tillside/<environment>`. */
export function createVault(environment: string, options: VaultOptions = {}): Vault {
  const service = `Tillside/${environment}`;
  const { load = loadKeytar, patienceMs = PATIENCE_MS } = options;
  const takeTurn = createTurns(patienceMs);

  async function ask<T>(question: (keychain: Keychain) => Promise<T>): Promise<T | VaultFailure> {
    try {
      return await takeTurn(async () => question(await load()));
    } catch (error) {
      return error instanceof OutOfPatience ? LOCKED : failureOf(error);
    }
  }

  /**
   * libsecret finds nothing in a collection that is locked, and calls that "not there": taken at its word, the
   * journal's key would be made anew over the old one. So "not there" counts only once the keychain has shown that
   * it is open, and then it is asked again, since a person may have opened it meanwhile.
   */
  async function find(keychain: Keychain, account: string): Promise<string | null> {
    const value = await keychain.getPassword(service, account);
    if (value !== null || process.platform !== 'linux') return value;
    await proveOpen(keychain);
    return keychain.getPassword(service, account);
  }

  /** @throws what keytar throws when the keychain is locked. */
  async function proveOpen(keychain: Keychain): Promise<void> {
    const sign = await keychain.getPassword(service, SIGN.account);
    if (sign === null) await keychain.setPassword(service, SIGN.account, SIGN.value);
  }

  return {
    read: (account) =>
      ask(async (keychain): Promise<VaultAnswer> => {
        const value = await find(keychain, account);
        return value === null ? { status: 'missing' } : { status: 'present', value };
      }),
    write: (account, value) =>
      ask(async (keychain): Promise<VaultWritten> => {
        await keychain.setPassword(service, account, value);
        const kept = await keychain.getPassword(service, account);
        return kept === value ? { status: 'written' } : NOT_KEPT;
      }),
    delete: (account) =>
      ask(async (keychain): Promise<VaultWritten> => {
        if (await keychain.deletePassword(service, account)) return { status: 'written' };
        // "Nothing was there" is also what a locked keychain says.
        await proveOpen(keychain);
        await keychain.deletePassword(service, account);
        return { status: 'written' };
      }),
    list: () =>
      ask(async (keychain): Promise<VaultList> => {
        // keytar 7.10.6 ends the whole process (strdup of NULL) when it lists a keychain that is locked.
        await proveOpen(keychain);
        const entries = await keychain.findCredentials(service);
        const accounts = entries.map(({ account }) => account).filter((account) => account !== SIGN.account);
        return { status: 'listed', accounts: accounts.sort() };
      }),
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
    list: async () => ({ status: 'listed', accounts: [...entries.keys()].sort() }),
  };
}

let loaded: Promise<Keychain> | undefined;

/** Once: looking the module up again for each secret would cost more than reading it. */
function loadKeytar(): Promise<Keychain> {
  loaded ??= import('keytar').then(({ default: keychain }) => keychain);
  return loaded;
}
