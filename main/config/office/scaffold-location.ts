import { ISLAND_NAMES, islandFacts } from '../../core/islands';
import { type ProviderName, TILL_SCHEMAS } from '../../core/location-schema';
import { readPhone } from '../../core/phone';
import { didYouMean, problemText } from '../config-problem';
import { type LoadedLocation, type LoadedLocations, loadLocations } from '../load-locations';
import { YamlSource } from '../yaml-source';
import { readLocationBlocks } from './location-blocks';
import { insertLocation } from './location-insertion';
import { locationTemplate } from './location-template';

export interface NewLocation {
  /** Its name or its LOCATION_ID: `San Fernando` and `SAN_FERNANDO` are the same. */
  readonly id: string;
  readonly address: string;
  readonly city: string;
  readonly island: string;
  readonly phone?: string | undefined;
  readonly whatsapp?: string | undefined;
  /** Providers: `loyverse`, `odoo`. */
  readonly tills: readonly string[];
  /** By a name in small letters: `web`. */
  readonly channels: readonly string[];
}

export type Scaffold =
  | { readonly ok: true; readonly text: string; readonly id: string }
  | { readonly ok: false; readonly words: string };

const PROVIDERS = Object.keys(TILL_SCHEMAS);

/** `San Fernando`, `san-fernando` → `SAN_FERNANDO`; `""` when nothing is left. */
export function locationIdOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\p{M}'’`.]/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/**
 * Adds a location's block to the end of a file's list, in the guide's form, and reads the whole back: the new one
 * loads, and nothing else has changed. The rest of the text stays as it is, byte for byte.
 * @param text a `locations.yaml`; an empty one is begun.
 */
export function scaffoldLocation(text: string, wanted: NewLocation): Scaffold {
  const id = locationIdOf(wanted.id);
  const trouble = troubleWith(wanted, id);
  if (trouble !== undefined) return refused(trouble);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const old = text.slice(mark.length);
  const source = new YamlSource(old);
  const syntax = source.syntaxProblem();
  if (syntax !== undefined) return refused(`The file has a mistake in line ${syntax.line}. ${syntax.words}`);
  if (readLocationBlocks(source).some((block) => block.id === id)) {
    return refused(`${id} is in the file already.`);
  }
  const island = wanted.island.trim();
  const country = islandFacts(island)?.country;
  const inserted = insertLocation(
    old,
    locationTemplate({
      id,
      address: wanted.address.trim(),
      city: wanted.city.trim(),
      island: ISLAND_NAMES.find((name) => name.toLowerCase() === island.toLowerCase()) ?? island,
      phone: wanted.phone === undefined ? undefined : readPhone(wanted.phone, country)?.digits,
      whatsapp: wanted.whatsapp === undefined ? undefined : readPhone(wanted.whatsapp, country)?.digits,
      tills: [...new Set(wanted.tills)].filter(isProvider),
      channels: [...new Set(wanted.channels)],
    }),
  );
  if (!inserted.ok) return inserted;
  const after = load(inserted.text);
  if (!after.locations.some((location) => location.id === id)) return refused(notLoaded(after));
  if (!sameBeside(load(old), after, id)) {
    return refused('The new block would change another restaurant. Add it to the file by hand.');
  }
  return { ok: true, text: mark + inserted.text, id };
}

function troubleWith({ address, city, island, phone, whatsapp, tills, channels }: NewLocation, id: string) {
  if (id === '') return 'The restaurant needs a name in letters, such as San Fernando.';
  if (address.trim() === '') return 'The address is missing.';
  if (city.trim() === '') return 'The city is missing.';
  if (islandFacts(island) === undefined) {
    return `The island “${island}” is not known here.${didYouMean(island, ISLAND_NAMES)}`;
  }
  const { country } = islandFacts(island) ?? {};
  for (const number of [phone, whatsapp]) {
    if (number !== undefined && readPhone(number, country) === undefined) {
      return `“${number}” is not a telephone number. Write it like 18681234567.`;
    }
  }
  for (const till of tills) {
    if (!isProvider(till)) {
      return `There is no till called “${till}”. There are: ${PROVIDERS.join(', ')}.${didYouMean(till, PROVIDERS)}`;
    }
  }
  const odd = channels.find((name) => !/^[a-z][a-z0-9_-]*$/.test(name));
  return odd === undefined ? undefined : `The website’s name “${odd}” needs small letters, such as web.`;
}

function isProvider(name: string): name is ProviderName {
  return PROVIDERS.includes(name);
}

function load(text: string): LoadedLocations {
  return loadLocations(text, { file: 'locations.yaml', production: true });
}

function notLoaded({ problems }: LoadedLocations): string {
  const errors = problems.filter(({ severity }) => severity === 'error').map(problemText);
  return ['The new block would not load.', ...errors.slice(0, 3)].join(' ');
}

/** Every other location is what it was, and none came or went; what was broken stays as broken as it was. */
function sameBeside(before: LoadedLocations, after: LoadedLocations, id: string): boolean {
  const others = after.locations.filter((location) => location.id !== id);
  const errors = ({ problems }: LoadedLocations) =>
    problems.filter(({ severity }) => severity === 'error').map(({ path, words }) => `${path} ${words}`);
  const known = new Set(errors(before));
  // An empty file says that “locations:” is missing; afterwards it is not.
  return asText(others) === asText(before.locations) && errors(after).every((error) => known.has(error));
}

function asText(locations: readonly LoadedLocation[]): string {
  return JSON.stringify(locations);
}

function refused(words: string): Scaffold {
  return { ok: false, words };
}
