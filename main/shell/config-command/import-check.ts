import type { LoadedLocation } from '../../config/load-locations';
import { locationVariables } from '../../config/office/location-variables';
import { resolveLocation } from '../../config/resolve-location';
import { setupFields } from '../../config/setup-fields';
import type { EnvFile } from '../../credentials/env-file';
import { type SortedVariables, sortVariables, type TakenVariable } from '../../credentials/env-import';
import { signingKey } from '../../relay/signature';
import type { Configuration } from '../configuration';

/** Decides about every variable of the file before anything is kept: also what only the whole location can tell. */
export function checkVariables(
  { entries }: EnvFile,
  location: LoadedLocation,
  configuration: Configuration,
): SortedVariables {
  const sorted = sortVariables(entries, {
    locationId: location.id,
    channels: Object.keys(location.raw.channels),
    fields: locationVariables(location),
    otherIds: configuration.locationIds(),
  });
  const troubles = new Map([
    ...wrongValues(sorted.take, location, configuration),
    ...wrongSecrets(sorted.take, location),
  ]);
  const lines = new Map(entries.map(({ name, line }) => [name, line]));
  return {
    take: sorted.take.filter(({ account }) => !troubles.has(account)),
    leave: [
      ...sorted.leave,
      ...sorted.take.flatMap(({ name, account }) => {
        const because = troubles.get(account);
        const line = lines.get(name) ?? 0;
        return because === undefined ? [] : [{ name, line, kind: 'refused' as const, because }];
      }),
    ].sort((a, b) => a.line - b.line),
  };
}

/** Addresses and telephone numbers that are none. */
function wrongValues(
  take: readonly TakenVariable[],
  location: LoadedLocation,
  { lookup, settings }: Configuration,
): [string, string][] {
  const plain = new Map(
    take.flatMap(({ kind, account, value }) => (kind === 'plain' ? [[account, value]] : [])),
  );
  const resolved = resolveLocation(
    location,
    (name) => plain.get(name) ?? lookup(name),
    settings.current.choices,
  );
  return resolved.ok ? [] : resolved.wrong.map(({ name, words }) => [name, words]);
}

/** A website's secret has a form; anything else would refuse every order that it sends. */
function wrongSecrets(take: readonly TakenVariable[], location: LoadedLocation): [string, string][] {
  const signing = new Set(
    setupFields(location).flatMap(({ part, field, name }) =>
      field === 'webhook_secret' && part !== null && part in location.raw.channels ? [name] : [],
    ),
  );
  return take
    .filter(({ account, value }) => signing.has(account) && signingKey(value) === undefined)
    .map(({ account }) => [
      account,
      'It is no website’s secret: that looks like whsec_ and then letters and digits.',
    ]);
}
