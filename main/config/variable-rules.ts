import { accountName, looksLikePlaceholder, placeholderName, readVariableName } from '../core/placeholders';
import { carriesPassword, isPlainHttp } from '../core/web-address';
import type { BlockText } from './block-texts';
import type { LocationIdentity } from './location-identity';
import { correctedPlaceholder, isMisspelt } from './misspelt-placeholder';
import type { Report } from './problem-list';

/** What stands written out: no secrets, no half placeholders, nothing that is sent in the clear. */
export function checkLiterals(
  texts: readonly BlockText[],
  location: LocationIdentity | undefined,
  httpsOnly: boolean,
  report: Report,
): void {
  for (const text of texts) {
    const { path, secret, value } = text;
    if (placeholderName(value) !== undefined) continue;
    if (looksLikePlaceholder(value) || isMisspelt(value)) {
      const words = `A placeholder stands alone and looks like ${correctedPlaceholder(text, location)}.`;
      report(path, 'error', words, { expected: 'a placeholder' });
    } else if (secret || /^whsec_/.test(value)) {
      const words = `A secret must not stand in this file. Write ${correctedPlaceholder(text, location)} and enter it in the app.`;
      report(path, 'error', words, { expected: 'a placeholder' });
    } else if (carriesPassword(value)) {
      report(path, 'error', 'A password must not stand in this file. Take it out of the address.');
    } else if (httpsOnly && isPlainHttp(value)) {
      const words = 'Only https: may be used to reach another computer, not http:.';
      report(path, 'error', words, { found: 'http:', expected: 'https:' });
    }
  }
}

/**
 * Holds each variable of a location against its id.
 * @param ids of all locations of the file.
 */
export function checkVariables(
  texts: readonly BlockText[],
  location: LocationIdentity,
  ids: ReadonlySet<string>,
  report: Report,
): void {
  const secrets = new Set(
    texts.flatMap(({ secret, value }) => (secret ? (placeholderName(value) ?? []) : [])),
  );
  for (const text of texts) {
    const name = placeholderName(text.value);
    if (name === undefined) continue;
    if (text.secret) checkSecret(text, name, location, ids, report);
    else checkPlain(text, name, location, ids, secrets, report);
  }
}

function checkSecret(
  { path, field }: BlockText,
  name: string,
  { id, channels }: LocationIdentity,
  ids: ReadonlySet<string>,
  report: Report,
): void {
  const { stem, remainder } = readVariableName(name, channels);
  const owner = stem === null ? ownerByEnding(name, ids) : remainder;
  if (owner === id) return;
  const own = accountName(name, id);
  if (owner !== null) {
    report(path, 'error', `${name} is named for ${owner}, not for ${id}. Each location has its own.`);
  } else if (field === 'webhook_secret') {
    const words =
      stem === null
        ? 'This name follows no pattern such as LOYVERSE_WEBHOOK_SECRET_<LOCATION_ID>.'
        : `${name} is shared by name; this location’s own is kept as ${own}.`;
    report(path, 'warning', words);
  } else if (stem === null) {
    const words = `This name is for no location; it must end in _${id}, such as LOYVERSE_ACCESS_TOKEN_${id}.`;
    report(path, 'error', words);
  } else {
    report(path, 'error', `${name} is shared by all locations. Use ${own}.`);
  }
}

function checkPlain(
  { path, field }: BlockText,
  name: string,
  { id, channels }: LocationIdentity,
  ids: ReadonlySet<string>,
  secrets: ReadonlySet<string>,
  report: Report,
): void {
  const { stem, remainder, secret } = readVariableName(name, channels);
  const owner = stem === null ? ownerByEnding(name, ids) : remainder;
  if (secret || secrets.has(name) || (stem === null && soundsSecret(name, owner))) {
    report(path, 'error', `${name} is a secret; “${field}” is shown to everybody. Use another variable.`);
  } else if (owner !== null && owner !== id) {
    report(path, 'warning', `${name} is named for ${owner}, but this is ${id}.`);
  } else if (owner === null && stem !== SHARED_STEM) {
    const own = accountName(name, id);
    const words = `${name} follows no pattern such as <WHAT>_<LOCATION_ID>: every location has the same. Use ${own}.`;
    report(path, 'warning', words);
  }
}

/** The one variable that the guide itself shares between all locations. */
const SHARED_STEM = 'POS_API_URL';

/** A name of no known stem that says by itself what it is; a location may be called TOKEN_STREET. */
function soundsSecret(name: string, owner: string | null): boolean {
  const what = owner === null ? name : name.slice(0, -owner.length - 1);
  return /(?:^|_)(?:TOKEN|SECRET|PASSWORD|API_KEY)(?:_|$)/.test(what);
}

/** A name that begins like none of ours belongs to the location whose id it ends in; the longest one counts. */
function ownerByEnding(name: string, ids: ReadonlySet<string>): string | null {
  for (let at = name.indexOf('_'); at !== -1; at = name.indexOf('_', at + 1)) {
    const ending = name.slice(at + 1);
    if (ids.has(ending)) return ending;
  }
  return null;
}
