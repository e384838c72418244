import type { SecretRenewal } from '../../pos/secret-renewal';

export interface RenewalSteps {
  /** Whose secret it is: “Odoo”. */
  readonly owner: string;
  /** Lets the till make a new one. */
  readonly make: () => Promise<SecretRenewal>;
  /** Tests the new one and keeps it, beside the old one. @returns why the old one stays, in words, or `null` */
  readonly take: (value: string) => Promise<string | null>;
  /** What is used now; `null` when the keychain does not say. */
  readonly inUse: () => Promise<string | null>;
  /** The new one has worked, and what it replaced is void: the old one need not be kept. */
  readonly proven: () => Promise<void>;
}

export type RenewalAnswer =
  /** The new one is in use. `words`: what is left to be done by hand, or `null`. */
  | { readonly ok: true; readonly words: string | null }
  /** The old one stays. */
  | { readonly ok: false; readonly words: string };

/**
 * A new secret in the place of the old one. The old one is made void as the last step, with the new one and thus after
 * that has worked, so that a kill between any two steps leaves one in use that the till takes; what is void is not
 * offered to be taken back. The new one is made void only while something else is known to be in use.
 */
export async function renewInPlace(steps: RenewalSteps): Promise<RenewalAnswer> {
  const { owner, make, take, inUse, proven } = steps;
  const made = await make();
  if (!made.ok) return made;
  const refused = await take(made.value);
  if (refused === null) {
    const words = await made.retireOld();
    if (words === null) await proven();
    return { ok: true, words };
  }
  const used = await inUse();
  if (used === null || used === made.value) {
    // A keychain that refused half-way may hold it after all; the next start puts that in order.
    const words = `${refused} “${made.name}” stays in ${owner} for now: Tillside may be using it.`;
    return { ok: false, words };
  }
  const left = await made.withdraw();
  return { ok: false, words: left === null ? refused : `${refused} ${left}` };
}
