import { accountName, looksLikePlaceholder, placeholderName, readVariableName } from '../core/placeholders';
import { carriesPassword, isPlainHttp } from '../core/web-address';
import type { BlockText } from './block-texts';
import type { LocationIdentity } from './location-identity';
import type { Report } from './problem-list';

/** What stands written out: no secrets, no half placeholders, nothing that is sent in the clear. */
export function checkLiterals(texts: readonly BlockText[], httpsOnly: boolean, report: Report): void {
  for (const { path, field, secret, value } of texts) {
    if (placeholderName(value) !== undefined) continue;
    if (looksLikePlaceholder(value)) {
      report(
        path,
        'error',
        'A placeholder stands alone and looks like {{ env `NAME` }}, its name in capitals.',
      );
    } else if (secret) {
      report(
        path,
        'error',
        `A secret must not stand in this file. Write ${sample(field)} and enter it in the app.`,
      );
    } else if (carriesPassword(value)) {
      report(path, 'error', 'A password must not stand in this file. Take it out of the address.');
    } else if (httpsOnly && isPlainHttp(value)) {
      report(path, 'error', 'Only https: may be used to reach another computer.');
    }
  }
}

function sample(field: string): string {
  return field === '' ? '{{ env `NAME` }}' : `{{ env \`…_${field.toUpperCase()}_<LOCATION_ID>\` }}`;
}

/** Holds each variable of a location against its id. */
export function checkVariables(
  texts: readonly BlockText[],
  location: LocationIdentity,
  others: readonly string[],
  report: Report,
): void {
  const webhookSecrets = new Set<string>();
  for (const text of texts) {
    const name = placeholderName(text.value);
    if (name === undefined) continue;
    checkVariable(text, name, location, others, report);
    if (text.field !== 'webhook_secret') continue;
    const account = accountName(name, location.id);
    if (webhookSecrets.has(account)) {
      report(text.path, 'warning', 'Another till or channel has this secret too. Give each one its own.');
    }
    webhookSecrets.add(account);
  }
}

function checkVariable(
  { path, field, secret }: BlockText,
  name: string,
  { id, channels }: LocationIdentity,
  others: readonly string[],
  report: Report,
): void {
  const variable = readVariableName(name, channels);
  if (variable.secret && !secret) {
    report(path, 'error', `${name} is a secret; “${field}” is shown to everybody. Use another variable.`);
    return;
  }
  const owner = variable.stem === null ? ownerByEnding(name, [id, ...others]) : variable.remainder;
  if (owner === id) return;
  if (owner !== null) {
    if (secret)
      report(path, 'error', `${name} is named for ${owner}, not for ${id}. Each location has its own.`);
    else report(path, 'warning', `${name} is named for ${owner}, but this is ${id}.`);
    return;
  }
  if (!secret) return;
  const own = accountName(name, id);
  if (variable.stem === null) {
    report(path, 'warning', 'This name follows no pattern such as LOYVERSE_ACCESS_TOKEN_<LOCATION_ID>.');
  } else if (field === 'webhook_secret') {
    report(path, 'warning', `${name} is shared by name; this location’s own is kept as ${own}.`);
  } else {
    report(path, 'error', `${name} is shared by all locations. Use ${own}.`);
  }
}

/** A name that begins like none of ours belongs to the location whose id it ends in; the longest one counts. */
function ownerByEnding(name: string, ids: readonly string[]): string | null {
  const owners = ids.filter((id) => name.endsWith(`_${id}`)).sort((a, b) => b.length - a.length);
  return owners[0] ?? null;
}
