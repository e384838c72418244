import { locationName } from '../core/location';
import { readVariableName } from '../core/placeholders';

/** Tillside's own entries in the keychain begin so; nobody enters them. */
const OWN = 'TILLSIDE_';
/** Those of them that belong to one location: `TILLSIDE_JOURNAL_KEY_ARIMA`. */
const OWN_OF_LOCATION = 'TILLSIDE_JOURNAL_KEY_';
/** Not a sign that a variable's name can have, so no variable is ever taken for a kept one. */
const PREVIOUS = '.previous';

/** `WEBSITE_POLL_TOKEN_ARIMA`, whatever the website is called. */
const OF_CHANNEL = /^[A-Z0-9_]+_(?:WEBHOOK_SECRET|POLL_TOKEN)_([A-Z0-9_]+)$/;

/** Where the old value of a secret is kept until the new one has proven itself. */
export function previousOf(account: string): string {
  return `${account}${PREVIOUS}`;
}

/** An entry that holds a value which was replaced: no secret of its own, and nothing to show in a list. */
export function isPrevious(account: string): boolean {
  return account.endsWith(PREVIOUS);
}

/** `X.previous` → `X`; any other account is itself. */
export function currentOf(account: string): string {
  return isPrevious(account) ? account.slice(0, -PREVIOUS.length) : account;
}

/**
 * The location that an account belongs to. A name that begins like one of the guide's says it exactly, so that
 * `LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE` is never VALE's, even when nobody knows DIAMOND_VALE any more. Of other names
 * the end counts, and the longest id that fits.
 * @param ids all locations that are known.
 * @returns `null` for an account of no location.
 */
export function ownerOf(account: string, ids: readonly string[]): string | null {
  const name = currentOf(account);
  if (name.startsWith(OWN)) {
    return name.startsWith(OWN_OF_LOCATION) ? name.slice(OWN_OF_LOCATION.length) : null;
  }
  const { stem, remainder } = readVariableName(name, []);
  if (stem !== null) return remainder;
  const ofChannel = OF_CHANNEL.exec(name)?.[1];
  if (ofChannel !== undefined) return ofChannel;
  const [longest] = ids.filter((id) => name.endsWith(`_${id}`)).sort((a, b) => b.length - a.length);
  return longest ?? null;
}

/**
 * Whether a credential may be entered for a location.
 * @param ids all locations that are known.
 * @returns why not, for the screen; `null` when it may.
 */
export function refuseForeign(account: string, id: string, ids: readonly string[]): string | null {
  if (account.startsWith(OWN)) return `${account} is Tillside’s own. It cannot be entered.`;
  if (isPrevious(account)) return `${account} is kept by Tillside itself. It cannot be entered.`;
  const owner = ownerOf(account, [...ids, id]);
  if (owner === null || owner === id) return null;
  const other = ids.includes(owner) ? locationName(owner) : `another restaurant (${owner})`;
  return (
    `${account} belongs to ${other}, and this computer serves ${locationName(id)}. ` +
    'Each restaurant has credentials of its own: enter those of this one.'
  );
}
