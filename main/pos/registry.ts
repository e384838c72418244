import type { Location, SecretName, Till } from '../core/location';
import type { Log } from '../core/log';
import type { Ms, Trouble } from '../core/order';
import type { ChargeCreated } from './loyverse/charge-creation';
import { createLoyverseCharge, createLoyverseProvider } from './loyverse/provider';
import { surveyLoyverse } from './loyverse/survey';
import { renewOdooKey } from './odoo/key-renewal';
import { createOdooProvider } from './odoo/provider';
import { surveyOdoo } from './odoo/survey';
import type { PosProvider } from './provider';
import type { SecretRenewal } from './secret-renewal';
import type { Survey } from './survey';

/** What every connector is given beside its till. */
export interface ProviderContext {
  readonly location: Pick<Location, 'id' | 'currency' | 'timezone'> &
    Partial<Pick<Location, 'orderingTables'>>;
  /** Reads one secret from the keychain. */
  readonly secret: (name: SecretName) => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
}

/** What a renewal is given: the new secret is named after its restaurant. */
export interface RenewalContext extends ProviderContext {
  readonly location: ProviderContext['location'] & Pick<Location, 'name'>;
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
  [
    'odoo',
    (till, context) =>
      createOdooProvider({ ...context, till, secret: () => context.secret(till.accessToken) }),
  ],
]);

/** The connector for a till block. A POS that we cannot talk to is an answer: the board says so. */
export function createProvider(till: Till, context: ProviderContext): ProviderChoice {
  const create = PROVIDERS.get(till.provider.toLowerCase());
  if (create !== undefined) return { ok: true, provider: create(till, context) };
  return unsupported(till);
}

export type SurveyChance =
  | { readonly ok: true; readonly survey: () => Promise<Survey> }
  | { readonly ok: false; readonly trouble: Trouble };

/** The set-up's questions to a till, by its name in the YAML. A POS may have them before it has a connector. */
const SURVEYS: ReadonlyMap<string, (till: Till, context: ProviderContext) => Promise<Survey>> = new Map([
  [
    'loyverse',
    (till, context) => surveyLoyverse({ ...context, till, secret: () => context.secret(till.accessToken) }),
  ],
  [
    'odoo',
    (till, context) => surveyOdoo({ ...context, till, secret: () => context.secret(till.accessToken) }),
  ],
]);

/**
 * What the set-up asks a till, each time anew. `survey` takes at most some 15 s and never rejects for what the world
 * does wrong; nothing that it gives or logs holds the secret.
 */
export function createSurvey(till: Till, context: ProviderContext): SurveyChance {
  const ask = SURVEYS.get(till.provider.toLowerCase());
  return ask === undefined ? unsupported(till) : { ok: true, survey: () => ask(till, context) };
}

/** Makes what an order's charge is booked as, where a till can do that. @param field of the survey's choice */
export async function createInTill(
  till: Till,
  context: ProviderContext,
  field: string,
): Promise<ChargeCreated> {
  const create = CREATORS.get(till.provider.toLowerCase());
  return create === undefined ? NOT_CREATED : create(till, context, field);
}

/** Whether a till makes a new secret itself when it is asked to. */
export function renewsSecret({ provider }: Pick<Till, 'provider'>): boolean {
  return RENEWERS.has(provider.toLowerCase());
}

/** Lets a till make a new secret in the place of the one in use. Never rejects for what the world does wrong. */
export async function renewSecret(till: Till, context: RenewalContext): Promise<SecretRenewal> {
  const renew = RENEWERS.get(till.provider.toLowerCase());
  return renew === undefined ? NOT_RENEWED : renew(till, context);
}

const NOT_RENEWED: SecretRenewal = {
  ok: false,
  words: 'Make a new one in the till itself, then replace it.',
};

const RENEWERS: ReadonlyMap<string, (till: Till, context: RenewalContext) => Promise<SecretRenewal>> =
  new Map([
    [
      'odoo',
      (till, context) => renewOdooKey({ ...context, till, secret: () => context.secret(till.accessToken) }),
    ],
  ]);

const NOT_CREATED: ChargeCreated = { ok: false, words: 'Make it in the till itself, then test again.' };

const CREATORS: ReadonlyMap<
  string,
  (till: Till, context: ProviderContext, field: string) => Promise<ChargeCreated>
> = new Map([
  [
    'loyverse',
    (till, context, field) =>
      createLoyverseCharge({ ...context, till, secret: () => context.secret(till.accessToken) }, field),
  ],
]);

function unsupported({ provider }: Till): { readonly ok: false; readonly trouble: Trouble } {
  return {
    ok: false,
    trouble: { code: 'provider_unsupported', words: `Tillside cannot talk to “${provider}” yet.` },
  };
}
