import { locationName } from '../core/location';
import { accountName, looksLikePlaceholder, readVariableName } from '../core/placeholders';
import type { EnvEntry } from './env-file';
import { ownerOf } from './secret-accounts';

/** What is known of the location whose variables are wanted. */
export interface ImportFor {
  readonly locationId: string;
  /** The names of its channels: their variables have stems of their own. */
  readonly channels: readonly string[];
  /** The location's variables, each with its id: `LOYVERSE_STORE_ID_ARIAPITA`. */
  readonly fields: readonly {
    readonly name: string;
    readonly kind: 'secret' | 'plain';
    /** `false` for one that may stay empty. */
    readonly required?: boolean;
  }[];
  /** The ids of the other locations of the file, so that their variables are called by their name. */
  readonly otherIds?: readonly string[];
}

export interface TakenVariable {
  /** As it stands in the file. */
  readonly name: string;
  /** Under which it is kept: a secret's keychain account, or a plain setting's name. */
  readonly account: string;
  readonly kind: 'secret' | 'plain';
  readonly value: string;
}

export interface LeftVariable {
  readonly name: string;
  readonly line: number;
  /** `refused`: it was meant for this location, and somebody must put it right. */
  readonly kind: 'refused' | 'other_location' | 'not_needed';
  readonly because: string;
}

export interface SortedVariables {
  readonly take: readonly TakenVariable[];
  readonly leave: readonly LeftVariable[];
}

/** The one secret that the guide's sample shares between locations by name; what is entered is this location's own. */
const SHARED_BY_NAME = 'LOYVERSE_WEBHOOK_SECRET';

/** Decides which of a `.env` file's variables belong to one location. Values are never repeated in the reasons. */
export function sortVariables(entries: readonly EnvEntry[], wanted: ImportFor): SortedVariables {
  const take: TakenVariable[] = [];
  const leave: LeftVariable[] = [];
  const names = new Set(entries.map(({ name }) => name));
  for (const entry of entries) {
    const decision = decide(entry, wanted, names);
    if ('account' in decision) take.push(decision);
    else leave.push({ name: entry.name, line: entry.line, ...decision });
  }
  return { take, leave };
}

type Decision = TakenVariable | Pick<LeftVariable, 'kind' | 'because'>;

function decide(entry: EnvEntry, wanted: ImportFor, names: ReadonlySet<string>): Decision {
  const { name, value } = entry;
  const { locationId } = wanted;
  const account = accountName(name, locationId);
  const field = wanted.fields.find((known) => known.name === account);
  if (field === undefined) return notOurs(name, wanted);
  const bare = name !== account;
  if (bare && field.kind === 'secret' && name !== SHARED_BY_NAME) {
    const words = `${name} would be shared by all locations. Write it as ${account}, with this location’s own value.`;
    return { kind: 'refused', because: words };
  }
  if (bare && names.has(account)) {
    return { kind: 'not_needed', because: `${account} stands in the file too, and counts.` };
  }
  if (value.trim() === '' && !entry.cut && field.required === false) {
    return { kind: 'not_needed', because: 'It is empty, and may be.' };
  }
  const trouble = valueTrouble(entry);
  if (trouble !== undefined) return { kind: 'refused', because: trouble };
  return { name, account, kind: field.kind, value: value.trim() };
}

function notOurs(name: string, { locationId, channels, otherIds = [] }: ImportFor): Decision {
  const owner = ownerOf(name, [locationId, ...otherIds]);
  const { secret } = readVariableName(name, channels);
  const here = locationName(locationId);
  if (owner === null) {
    const because = secret
      ? `It names no location, and ${here} has no use for it.`
      : 'It is not needed here.';
    return { kind: 'not_needed', because };
  }
  if (owner === locationId) {
    return {
      kind: 'not_needed',
      because: `Nothing of ${here} uses it: the restaurants’ file does not name it.`,
    };
  }
  const because = secret
    ? `It is named for ${owner}. ${here} holds only its own secrets.`
    : `It is named for ${owner}, not for ${locationId}.`;
  return { kind: 'other_location', because };
}

/**
 * What people leave in a sample: the guide's `your_store_id_here`, `token_for_aripita_only` and `yourdomain.com`, and
 * what others write in such places.
 */
const SAMPLES = [
  /^your[\s_-].*/i,
  /[\s_-]here$/i,
  /^(?:shared_)?token_for_/i,
  /\byourdomain\b/i,
  /^<.*>$/,
  /^\[.*\]$/,
  /^(?:change|replace|fill)[\s_-]?(?:me|this|in)\b/i,
  /^(?:todo|tbd|none|null|undefined|secret|token|password)$/i,
  /^[xX*.…?-]+$/,
];

/** Why a value cannot be the one that was meant; `undefined` when it may be. */
function valueTrouble({ value, cut }: EnvEntry): string | undefined {
  const text = value.trim();
  if (cut) return 'A # ends this value early. Put the whole value in quotes.';
  if (text === '') return 'Nothing stands after the “=”. Fill it in and import the file again.';
  if (/^['"`]/.test(text)) return 'The quote at its beginning is never closed. Close it or leave it out.';
  if (/[\r\n]/.test(text)) return 'The value goes over several lines. A closing quote is missing before.';
  if (looksLikePlaceholder(text) || SAMPLES.some((sample) => sample.test(text))) {
    return 'The sample’s text still stands there. Put the real value in its place.';
  }
  return undefined;
}
