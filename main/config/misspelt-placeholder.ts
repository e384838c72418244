import { placeholder, readVariableName } from '../core/placeholders';
import type { BlockText } from './block-texts';
import type { LocationIdentity } from './location-identity';

/** `${NAME}`, `$NAME`, `%NAME%`, `env(NAME)`, `{ env NAME }`: other programs' ways to say it. */
const MISSPELT = [
  /^\$\{?[A-Za-z_][A-Za-z0-9_]*\}?$/,
  /^\$\{\{.*\}\}$/,
  /^%[A-Za-z_][A-Za-z0-9_]*%$/,
  /^env[\s.(:]\s*['"`]?[A-Z][A-Z0-9_]*['"`]?\)?$/i,
  /^\{\s*env\b.*\}?$/i,
];

/** Text that was meant as a placeholder and is none, without the `{{` that gives it away. */
export function isMisspelt(value: string): boolean {
  const text = value.trim();
  return text.length <= 200 && MISSPELT.some((form) => form.test(text));
}

/**
 * What probably belongs there. Of what was found only the beginning of a variable that everybody knows is repeated:
 * the rest may be a secret.
 */
export function correctedPlaceholder(
  { field, secret, value, path }: BlockText,
  location: LocationIdentity | undefined,
): string {
  const id = location?.id ?? '<LOCATION_ID>';
  const word =
    /[A-Z][A-Z0-9_]{3,}/.exec(
      value
        .toUpperCase()
        .slice(0, 200)
        .replace(/\bENV\b/g, ' '),
    )?.[0] ?? '';
  const { stem } = readVariableName(word, location?.channels ?? []);
  if (stem !== null) return placeholder(`${stem}_${id}`);
  if (!secret) return placeholder('NAME');
  const owner = path.at(-2);
  const prefix = typeof owner === 'string' && /^[a-z][a-z0-9_-]{0,30}$/.test(owner) ? owner : 'loyverse';
  return placeholder(`${prefix}_${field}_`.toUpperCase().replaceAll('-', '_') + id);
}
