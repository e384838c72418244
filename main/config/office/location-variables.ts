import { accountName, placeholderName } from '../../core/placeholders';
import { blockTexts } from '../block-texts';
import type { LoadedLocation } from '../load-locations';
import { setupFields } from '../setup-fields';

/** One variable that a location's block names. */
export interface LocationVariable {
  /** With the location's id: a secret's keychain account, or a plain setting's name. */
  readonly name: string;
  readonly kind: 'secret' | 'plain';
  /** Whether the location cannot run without it. */
  readonly required: boolean;
}

/** All of a location's variables, also those that the set-up does not ask for: of a till that is off, or `POS_API_URL`. */
export function locationVariables(location: LoadedLocation): LocationVariable[] {
  const required = new Set(setupFields(location).flatMap((field) => (field.required ? [field.name] : [])));
  const variables = new Map<string, LocationVariable>();
  for (const { value, secret } of blockTexts(location.raw, [])) {
    const variable = placeholderName(value);
    if (variable === undefined) continue;
    const name = accountName(variable, location.id);
    const kind = secret ? 'secret' : 'plain';
    variables.set(name, { name, kind, required: required.has(name) });
  }
  return [...variables.values()];
}
