import type { Location, SecretName, Till } from '../core/location';
import type { Log } from '../core/log';
import type { Ms, Trouble } from '../core/order';
import { createLoyverseProvider } from './loyverse/provider';
import type { PosProvider } from './provider';

/** What every connector is given beside its till. */
export interface ProviderContext {
  readonly location: Pick<Location, 'id' | 'currency' | 'timezone'>;
  /** Reads one secret from the keychain. */
  readonly secret: (name: SecretName) => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
}

export type ProviderChoice =
  | { readonly ok: true; readonly provider: PosProvider }
  | { readonly ok: false; readonly trouble: Trouble };

/** The POS systems that there are, by their name in the YAML. A new one is a folder beside this file and a line here. */
const PROVIDERS: ReadonlyMap<string, (till: Till, context: ProviderContext) => PosProvider> = new Map([
  [
    'loyverse',
    (till, context) =>
      createLoyverseProvider({ ...context, till, secret: () => context.secret(till.accessToken) }),
  ],
]);

/** The connector for a till block. A POS that we cannot talk to is an answer: the board says so. */
export function createProvider(till: Till, context: ProviderContext): ProviderChoice {
  const create = PROVIDERS.get(till.provider.toLowerCase());
  if (create !== undefined) return { ok: true, provider: create(till, context) };
  return {
    ok: false,
    trouble: { code: 'provider_unsupported', words: `Tillside cannot talk to “${till.provider}” yet.` },
  };
}
