import type { SetupView } from '../../../preload/contract';
import { problemText } from '../../config/config-problem';
import type { LoadedLocation, LoadedLocations } from '../../config/load-locations';
import { ISLAND_NAMES } from '../../core/islands';
import { locationName } from '../../core/location';
import type { Configuration, KnownField } from '../configuration';
import { tillName } from '../tills';
import { websiteName } from '../website-name';

/** What the set-up's screens show. */
export function setupView(
  loaded: LoadedLocations,
  chosen: LoadedLocation | undefined,
  fields: readonly KnownField[],
  choices: Configuration['settings']['current']['choices'],
  relayUrl: string,
): SetupView {
  const hookUrl = (channel: string): string => `${relayUrl}/hooks/${chosen?.id ?? ''}/${channel}`;
  const channels = Object.keys(chosen?.raw.channels ?? {});
  const tills = Object.entries(chosen?.raw.pos ?? {}).filter(
    ([key, till]) => choices.tills[key]?.enabled ?? till.enabled,
  );
  return {
    locations: loaded.locations.map(({ id, raw }) => ({
      id,
      name: locationName(id),
      place: `${raw.address}, ${raw.city}`,
    })),
    islands: [...ISLAND_NAMES],
    chosen: chosen?.id ?? null,
    parts: [
      ...tills.map(([key]) => ({ key, name: tillName({ key }), kind: 'till' as const, hookUrl: null })),
      ...channels.map((key) => ({
        key,
        name: websiteName({ name: key }),
        kind: 'website' as const,
        hookUrl: hookUrl(key),
      })),
    ],
    fields: fields.map(({ field, present, value }) => ({ ...field, present, value })),
    relayUrls: channels.map((channel) => ({ channel, url: hookUrl(channel) })),
    // A warning is for head office; it stops nobody here.
    problems: loaded.problems.filter(({ severity }) => severity === 'error').map(problemText),
  };
}
