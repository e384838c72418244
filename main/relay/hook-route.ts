import type { Channel, Location, Till } from '../core/location';
import { sameToken } from './shared-token';

/** Whom a webhook's address names. */
export type HookRoute =
  | { readonly kind: 'channel'; readonly channel: Channel }
  /** Without a token the message must be signed. */
  | { readonly kind: 'till'; readonly till: Till; readonly token: string | null };

/**
 * `/hooks/{location_id}/{channel}`, `/hooks/{location_id}/{till}/{token}`, or without the token for a till that signs;
 * anything else is nobody.
 */
export function findHookRoute(url: string, location: Location): HookRoute | undefined {
  const [empty, hooks, locationId, name, token, ...more] = pathParts(url);
  if (empty !== '' || hooks !== 'hooks' || locationId !== location.id || more.length > 0) return undefined;
  const channel = location.channels.find((candidate) => candidate.name === name);
  if (token === undefined && channel !== undefined) return { kind: 'channel', channel };
  // One that is switched off for an evening keeps its address: senders give up on addresses that are gone.
  const tills = [...location.tills, ...location.retiredTills];
  const till = tills.find((candidate) => candidate.key === name);
  return till && { kind: 'till', till, token: token ?? null };
}

/**
 * Whether a webhook that somebody set up elsewhere leads to this till here: a tunnel may have put another host, and
 * more of a path, in front of ours.
 * @param secret the token in the address, where it has one
 */
export function leadsTo(url: string, location: Pick<Location, 'id'>, till: string, secret: string): boolean {
  const parts = pathParts(url);
  const isHere = (end: readonly string[]): boolean =>
    end.length === 3 && end[0] === 'hooks' && end[1] === location.id && end[2] === till;
  return isHere(parts.slice(-3)) || (isHere(parts.slice(-4, -1)) && sameToken(parts.at(-1) ?? '', secret));
}

/** The path of a whole address (as a proxy may put it into a request, RFC 9112, 3.2.2) or of one that is only a path. */
export function pathOf(url: string): string {
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  return path;
}

function pathParts(url: string): readonly string[] {
  try {
    return pathOf(url).split('/').map(decodeURIComponent);
  } catch {
    // A lone `%`: no address of ours looks like that.
    return [];
  }
}
