import { createVault, type Keychain, type Vault } from '../../../main/credentials/vault';

/** How a keychain fails at one call. */
export const FAILURES = [
  /** It refuses, and nothing has happened. */
  'refused',
  /** It does what it was asked and then says that it did not. */
  'done but denied',
  /** It takes the old entry away and refuses the new one: some keychains replace in two steps. */
  'half done',
  /** It is gone from this call on, as after a kill. */
  'gone',
] as const;
export type Failure = (typeof FAILURES)[number];

/** A keychain in memory that fails at the calls it is told to. */
export class ScriptedKeychain {
  readonly entries = new Map<string, string>([['TILLSIDE_KEYCHAIN', 'keytar']]);
  /** Calls so far. */
  calls = 0;
  #failure: { readonly call: number; readonly how: Failure } | null = null;
  /** Called after each call, with what is kept then. */
  onCall: () => unknown = () => undefined;

  /** @param call counted from the next one, which is 0. */
  failAt(call: number, how: Failure): void {
    this.#failure = { call: this.calls + call, how };
  }

  heal(): void {
    this.#failure = null;
  }

  /** A new one stands for a restart of the app. */
  vault(): Vault {
    const keychain: Keychain = {
      getPassword: async (_service, account) => this.#call(() => this.entries.get(account) ?? null),
      setPassword: async (_service, account, value) =>
        this.#call(
          () => {
            this.entries.set(account, value);
          },
          () => this.entries.delete(account),
        ),
      deletePassword: async (_service, account) => this.#call(() => this.entries.delete(account)),
      findCredentials: async () =>
        this.#call(() => [...this.entries].map(([account, password]) => ({ account, password }))),
    };
    return createVault('test', { load: async () => keychain });
  }

  #call<T>(work: () => T, half: () => unknown = () => undefined): T {
    const { call, how } = this.#failure ?? { call: Number.POSITIVE_INFINITY, how: 'refused' };
    const isNow = this.calls === call;
    const isGone = how === 'gone' && this.calls >= call;
    this.calls += 1;
    if (isNow && how === 'done but denied') work();
    if (isNow && how === 'half done') half();
    const answer = isNow || isGone ? undefined : { value: work() };
    this.onCall();
    if (answer === undefined) throw new Error('Cannot get secret of a locked object');
    return answer.value;
  }
}
