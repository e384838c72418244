import type { Ms } from '../core/order';

/**
 * About one secret, never any of it. An alias, not an interface: only so does it fit the settings, which may hold more
 * about a secret than this Tillside knows.
 */
export type SecretRecord = {
  /** When it was entered. */
  readonly enteredAt: Ms;
  /** Where it may be sent: scheme, host and port. `null`: where it is sent first. */
  readonly origin: string | null;
};

type Records = Readonly<Record<string, SecretRecord>>;

/** The part of the settings that the records are kept in. */
export interface LedgerStore {
  readonly current: { readonly secrets: Records };
  /** Resolves when it is on disk; rejects when it is not, and then nothing has changed. */
  update(change: (settings: { readonly secrets: Records }) => { secrets: Records }): Promise<void>;
}

/** Who entered which secret when, and where each may be sent. By the account in the keychain. */
export interface SecretLedger {
  read(account: string): SecretRecord | undefined;
  /** Resolves when it is on disk. Rejects when it is not, and then what was there before counts. */
  note(account: string, record: SecretRecord): Promise<void>;
  /** Likewise. */
  forget(account: string): Promise<void>;
  /**
   * The first use of a secret that is bound to no address: from now on it goes to this one only. Holds from the moment
   * of the call, and until the app ends even where the disk does not take it: a full disk stops no orders.
   */
  bind(account: string, origin: string): Promise<void>;
}

export interface SecretLedgerOptions {
  readonly store: LedgerStore;
  readonly now: () => Ms;
  /** A secret was bound to the address that asked for it first. */
  readonly onFirstUse?: (account: string, origin: string) => void;
  /** A binding did not get onto the disk. */
  readonly onNotKept?: (error: unknown) => void;
}

const DAY_MS = 86_400_000;

/** The ledger, over the settings. One for all that read secrets: two would not know of each other's first uses. */
export function createSecretLedger(options: SecretLedgerOptions): SecretLedger {
  const { store, now, onFirstUse, onNotKept } = options;
  /** Bound a moment ago, and maybe not on disk yet. */
  const bound = new Map<string, SecretRecord>();

  /** Rewrites the records; what was decided here takes the place of what was bound before. */
  async function replace(account: string, record: SecretRecord | undefined): Promise<void> {
    await store.update(({ secrets }) => {
      const { [account]: _before, ...others } = secrets;
      return { secrets: record === undefined ? others : { ...others, [account]: record } };
    });
    bound.delete(account);
  }

  return {
    read: (account) => bound.get(account) ?? known(store.current.secrets, account),
    note: replace,
    forget: (account) => replace(account, undefined),
    bind: async (account, origin) => {
      const bind = (record: SecretRecord | undefined): SecretRecord => ({
        enteredAt: record?.enteredAt ?? now(),
        origin,
      });
      const binding = bind(known(store.current.secrets, account));
      bound.set(account, binding);
      onFirstUse?.(account, origin);
      try {
        await store.update(({ secrets }) => {
          const meanwhile = known(secrets, account);
          // What a manager noted in this moment counts more than what was merely used.
          if (meanwhile !== undefined && meanwhile.origin !== null) return { secrets };
          return { secrets: { ...secrets, [account]: bind(meanwhile) } };
        });
        if (bound.get(account) === binding) bound.delete(account);
      } catch (error) {
        onNotKept?.(error);
      }
    },
  };
}

/** The settings are a file that anybody may have edited: an account is looked up in it, not in every object's prototype. */
function known(secrets: Records, account: string): SecretRecord | undefined {
  return Object.hasOwn(secrets, account) ? secrets[account] : undefined;
}

/** The age of a secret in whole days; 0 for one from the future, since a clock was wrong then or is now. */
export function ageInDays({ enteredAt }: Pick<SecretRecord, 'enteredAt'>, now: Ms): number {
  return Math.max(0, Math.floor((now - enteredAt) / DAY_MS));
}

/** Whether the manager should be asked to replace a secret. */
export function isRotationDue(
  record: Pick<SecretRecord, 'enteredAt'>,
  rotateAfterDays: number,
  now: Ms,
): boolean {
  return ageInDays(record, now) >= rotateAfterDays;
}

/** Scheme, host and port of an address; `null` for one that no secret can be sent to. */
export function originOf(address: string): string | null {
  try {
    const { protocol, origin } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    // No address at all.
    return null;
  }
}

/** Where a secret would go now and may not, with where it may; `null` when it may be sent. */
export function heldBack(
  record: Pick<SecretRecord, 'origin'> | undefined,
  address: string,
): { readonly from: string; readonly to: string | null } | null {
  const from = record?.origin ?? null;
  const to = originOf(address);
  return from === null || from === to ? null : { from, to };
}
