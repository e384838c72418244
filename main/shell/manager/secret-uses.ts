import type { LoadedLocation } from '../../config/load-locations';
import { resolveLocation } from '../../config/resolve-location';
import type { SetupField } from '../../config/setup-fields';
import type { Channel, Location, Till } from '../../core/location';
import type { Configuration } from '../configuration';

/** Stands for a value that nobody has entered yet, where the others are wanted all the same. */
const NOT_ENTERED = '?';

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
  const lookup = (name: string): string => configuration.lookup(name) ?? NOT_ENTERED;
  const { tills, ...choices } = configuration.settings.current.choices;
  const chosen = { ...tills[part], enabled: true };
  const resolved = resolveLocation({ ...location, raw }, lookup, { ...choices, tills: { [part]: chosen } });
  if (!resolved.ok) return { user: undefined, wrong: resolved.wrong };
  const [onlyTill] = resolved.location.tills;
  const [onlyChannel] = resolved.location.channels;
  if (onlyTill !== undefined) {
    return { user: { kind: 'till', till: onlyTill, location: resolved.location }, wrong: [] };
  }
  if (onlyChannel === undefined) return { user: undefined, wrong: [] };
  const pollUrl = onlyChannel.pollUrl === NOT_ENTERED ? null : onlyChannel.pollUrl;
  return { user: { kind: 'website', channel: { ...onlyChannel, pollUrl } }, wrong: [] };
}

/** Where a secret is sent; `null` for one that only checks what others send, or whose address is not known yet. */
export function addressOf({ field }: Pick<SetupField, 'field'>, user: SecretUser | undefined): string | null {
  if (user === undefined || field === 'webhook_secret') return null;
  return user.kind === 'till' ? user.till.apiUrl : user.channel.pollUrl;
}
