import { blockTexts } from '../../config/block-texts';
import type { LoadedLocation } from '../../config/load-locations';
import { resolveLocation } from '../../config/resolve-location';
import type { SetupField } from '../../config/setup-fields';
import type { Channel, Location, Till } from '../../core/location';
import { placeholderName } from '../../core/placeholders';
import { NOT_ENTERED } from '../../pos/survey';
import type { Configuration } from '../configuration';

/** What a secret is for: the till or the website that it is shown to. */
export type SecretUser =
  | { readonly kind: 'till'; readonly till: Till; readonly location: Location }
  | { readonly kind: 'website'; readonly channel: Channel };

/**
 * One part of a location, a till or a website, with what is entered so far: nothing of the other parts is in its way.
 * @returns the variables that are set to something impossible, when that is why there is none.
 */
export function resolvePart(
  location: LoadedLocation,
  part: string,
  configuration: Configuration,
): { readonly user: SecretUser | undefined; readonly wrong: readonly { name: string; words: string }[] } {
  const { pos, channels } = location.raw;
  const [till, channel] = [pos[part], channels[part]];
  const raw = {
    ...location.raw,
    pos: till === undefined ? {} : { [part]: { ...till, enabled: true } },
    channels: channel === undefined ? {} : { [part]: channel },
  };
  const standsIn = new Set(idVariables(till ?? channel ?? {}));
  const lookup = (name: string): string | undefined =>
    configuration.lookup(name) ?? (standsIn.has(name) ? NOT_ENTERED : undefined);
  const { tills, ...choices } = configuration.settings.current.choices;
  const chosen = { ...tills[part], enabled: true };
  const resolved = resolveLocation({ ...location, raw }, lookup, { ...choices, tills: { [part]: chosen } });
  if (!resolved.ok) {
    const missing = resolved.missing.map((name) => ({ name, words: 'The address is still missing.' }));
    return { user: undefined, wrong: [...missing, ...resolved.wrong] };
  }
  const [onlyTill] = resolved.location.tills;
  const [onlyChannel] = resolved.location.channels;
  if (onlyTill !== undefined) {
    return { user: { kind: 'till', till: onlyTill, location: resolved.location }, wrong: [] };
  }
  return {
    user: onlyChannel === undefined ? undefined : { kind: 'website', channel: onlyChannel },
    wrong: [],
  };
}

/** The variables that may do without a value for a while: no address can stand in for one that is missing. */
function idVariables(block: object): string[] {
  return blockTexts(block, [])
    .filter(({ field, secret }) => !secret && !field.endsWith('_url'))
    .flatMap(({ value }) => placeholderName(value) ?? []);
}

/** Where a secret is sent; `null` for one that only checks what others send, or whose address is not known yet. */
export function addressOf({ field }: Pick<SetupField, 'field'>, user: SecretUser | undefined): string | null {
  if (user === undefined || field === 'webhook_secret') return null;
  return user.kind === 'till' ? user.till.apiUrl : user.channel.pollUrl;
}
