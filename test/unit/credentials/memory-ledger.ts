import {
  createSecretLedger,
  type SecretLedgerOptions,
  type SecretRecord,
} from '../../../main/credentials/secret-ledger';

type Secrets = Record<string, SecretRecord>;

/** A ledger over settings in memory, whose disk can be full. */
export function memoryLedger(
  secrets: Secrets = {},
  options: Partial<Omit<SecretLedgerOptions, 'store'>> = {},
) {
  const store = {
    current: { secrets },
    full: false,
    update: async (change: (settings: { secrets: Secrets }) => { secrets: Secrets }) => {
      await Promise.resolve();
      if (store.full) throw new Error('no space left');
      store.current = change(store.current);
    },
  };
  return { store, ledger: createSecretLedger({ store, now: () => 1000, ...options }) };
}
