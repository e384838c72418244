import type { Channel, Location, Till } from '../core/location';

/** Whom a webhook's address names. */
export type HookRoute =
  | { readonly kind: 'channel'; readonly channel: Channel }
  | { readonly kind: 'till'; readonly till: Till; readonly token: string };

/** `/hooks/{location_id}/{channel}` or `/hooks/{location_id}/{till}/{token}`; anything else is nobody. */
export function findHookRoute(url: string, location: Location): HookRoute | undefined {
  const [empty, hooks, locationId, name, token, ...more] = pathParts(url);
  if (empty !== '' || hooks !== 'hooks' || locationId !== location.id || more.length > 0) return undefined;
  if (token === undefined) {
    const channel = location.channels.find((candidate) => candidate.name === name);
    return channel && { kind: 'channel', channel };
  }
  const till = location.tills.find((candidate) => candidate.key === name);
  return till && { kind: 'till', till, token };
}

function pathParts(url: string): readonly string[] {
  const [path = ''] = url.split('?', 1);
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    // A lone `%`: no address of ours looks like that.
    return [];
  }
}
