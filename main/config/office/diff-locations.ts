import { islandFacts } from '../../core/islands';
import { locationName } from '../../core/location';
import type { RawLocation } from '../../core/location-schema';
import { accountName, placeholderName, SECRET_FIELDS } from '../../core/placeholders';
import { pathText } from '../config-problem';
import type { LoadedLocation } from '../load-locations';
import type { YamlPath } from '../yaml-source';
import { type LeafChange, leafWords, partName } from './difference-words';
import { locationLeaves } from './location-leaves';

/** One thing that is different between two files, for one location. */
export interface LocationDifference {
  /** The LOCATION_ID. */
  readonly location: string;
  /** Below the location; empty for a location that came or went. */
  readonly path: string;
  /** What it means, with the location's name in front: “Ariapita: orders are now accepted …”. */
  readonly words: string;
}

/**
 * What changes for each location from one file to another. Defaults that are written out, comments, anchors and the
 * order of the locations change nothing.
 */
export function diffLocations(
  before: readonly LoadedLocation[],
  after: readonly LoadedLocation[],
): LocationDifference[] {
  const gone = before.filter(({ id }) => !after.some((other) => other.id === id));
  return [
    ...gone.map(({ id }) => ({
      location: id,
      path: '',
      words: `${locationName(id)}: the restaurant is no longer in the file. Its computer keeps the last good one.`,
    })),
    ...after.flatMap((location) => {
      const old = before.find(({ id }) => id === location.id);
      return old === undefined ? [newLocation(location)] : differences(old, location);
    }),
  ];
}

function newLocation({ id, raw }: LoadedLocation): LocationDifference {
  const tills = Object.entries(raw.pos).filter(([, { enabled }]) => enabled);
  const names = tills.map(([key]) => partName(key)).join(' and ');
  const words = `the restaurant is new: ${raw.address}, ${raw.city}${names === '' ? '' : `, with ${names}`}.`;
  return { location: id, path: '', words: `${locationName(id)}: ${words}` };
}

function differences(before: LoadedLocation, after: LoadedLocation): LocationDifference[] {
  const { id } = after;
  const say = (path: YamlPath, words: string): LocationDifference => ({
    location: id,
    path: pathText(path),
    words: `${locationName(id)}: ${words}`,
  });
  const parts = [
    ...partChanges('pos', before.raw, after.raw).map(({ key, added }) =>
      say(
        ['pos', key],
        added ? `the till ${partName(key)} is new.` : `the till ${partName(key)} was removed.`,
      ),
    ),
    ...partChanges('channels', before.raw, after.raw).map(({ key, added }) =>
      say(
        ['channels', key],
        added
          ? `orders may now come from ${partName(key)}.`
          : `no orders come from ${partName(key)} any more.`,
      ),
    ),
  ];
  const inBoth = ([top, key]: YamlPath) =>
    (top !== 'pos' && top !== 'channels') ||
    (Object.hasOwn(before.raw[top], String(key)) && Object.hasOwn(after.raw[top], String(key)));
  const leaves = leafChanges(before, after).filter(({ path }) => inBoth(path));
  const order = [tillOrder(before.raw), tillOrder(after.raw)].map((tills) =>
    tills.map(partName).join(', then '),
  );
  const reordered = order[0] !== order[1] && parts.every(({ path }) => !path.startsWith('pos.'));
  const enabledChanged = leaves.some(({ path }) => path[0] === 'pos' && path[2] === 'enabled');
  return [
    ...parts,
    ...leaves.map((change) => say(change.path, leafWords(change))),
    ...(reordered && !enabledChanged && order[1] !== ''
      ? [say(['pos'], `orders now go to ${order[1]}.`)]
      : []),
  ];
}

function partChanges(
  top: 'pos' | 'channels',
  before: RawLocation,
  after: RawLocation,
): { readonly key: string; readonly added: boolean }[] {
  const [old, now] = [Object.keys(before[top]), Object.keys(after[top])];
  return [
    ...old.filter((key) => !now.includes(key)).map((key) => ({ key, added: false })),
    ...now.filter((key) => !old.includes(key)).map((key) => ({ key, added: true })),
  ];
}

/** The tills in use, in the order in which they are asked. */
function tillOrder({ pos }: RawLocation): string[] {
  return Object.entries(pos)
    .map(([key, { enabled, priority }], index) => ({ key, enabled, rank: priority ?? index }))
    .filter(({ enabled }) => enabled)
    .sort((a, b) => a.rank - b.rank)
    .map(({ key }) => key);
}

/** The values that differ. A till's priority is left out: the order that follows from it is told. */
function leafChanges(before: LoadedLocation, after: LoadedLocation): LeafChange[] {
  const old = meanings(before);
  const now = meanings(after);
  const paths = new Map([...old, ...now].map(([name, { path }]) => [name, path]));
  return [...paths].flatMap(([name, path]) => {
    const [was, is] = [old.get(name)?.texts ?? null, now.get(name)?.texts ?? null];
    return same(was, is) ? [] : [{ path, was, is }];
  });
}

interface Meaning {
  readonly path: YamlPath;
  readonly texts: readonly string[];
}

/** What each value comes to, as far as the file says: what the island gives, and a secret's own name. */
function meanings({ id, raw }: LoadedLocation): Map<string, Meaning> {
  const facts = islandFacts(raw.island);
  const given: Meaning[] = [
    { path: ['timezone'], texts: facts === undefined ? [] : [facts.timezone] },
    { path: ['currency'], texts: facts === undefined ? [] : [facts.currency] },
  ];
  const said = locationLeaves(raw).filter(
    ({ path: [top, , field] }) => top !== 'id' && !(top === 'pos' && field === 'priority'),
  );
  return new Map(
    [...given, ...said].map(({ path, texts }) => {
      const secret = SECRET_FIELDS.has(String(path.at(-1)));
      const own = secret ? texts.map((text) => accountName(placeholderName(text) ?? text, id)) : texts;
      return [pathText(path), { path, texts: own }];
    }),
  );
}

function same(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
