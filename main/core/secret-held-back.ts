import type { Trouble } from './order';

/**
 * A secret is there and is not given out for this address: it was entered for another one. Only a manager can say
 * that the new address is right. `trouble.words` name both and are for the screen.
 */
export class SecretHeldBack extends Error {
  override readonly name = 'SecretHeldBack';
  readonly trouble: Trouble;
  /** The origin that it was entered for. */
  readonly from: string;
  /** The origin that is asked for now; `null` for an address that cannot be read. */
  readonly to: string | null;

  constructor(owner: string, from: string, to: string | null) {
    super('A secret was asked for by another address than the one it was entered for.');
    this.from = from;
    this.to = to;
    this.trouble = {
      code: 'secret_held_back',
      words:
        `${owner} has a new address: ${to ?? 'one that cannot be read'}. Its key was entered for ${from}, so it is ` +
        'not sent there yet. A manager must confirm the new address in Settings.',
    };
  }
}
