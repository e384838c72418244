/** A new secret that a till made at our request. */
export interface RenewedSecret {
  readonly ok: true;
  readonly value: string;
  /** What the till lists it as. */
  readonly name: string;
  /**
   * Makes the old one void, once the new one is kept and has worked. Never rejects. @returns what a manager must do by
   * hand, in words; `null` when it is void.
   */
  readonly retireOld: () => Promise<string | null>;
  /**
   * Makes the new one void: it could not be kept, or does not work. Never rejects. @returns what a manager must do by
   * hand, in words; `null` when it is void.
   */
  readonly withdraw: () => Promise<string | null>;
}

export type SecretRenewal = RenewedSecret | { readonly ok: false; readonly words: string };
