import { deriveLocationId, LOCATION_ID, placeholderName } from '../core/placeholders';
import type { BlockText } from './block-texts';
import type { Report } from './problem-list';
import type { YamlPath } from './yaml-source';

/** What the rules need to know of a block whose shape may be wrong. */
export interface LocationIdentity {
  readonly id: string;
  /** The names of its channels: their variables have stems of their own. */
  readonly channels: readonly string[];
}

/**
 * The block's LOCATION_ID: what it says, else what most of its variables say.
 * @returns `undefined` when there is none to be had; that is reported.
 */
export function identifyLocation(
  block: unknown,
  texts: readonly BlockText[],
  path: YamlPath,
  report: Report,
): LocationIdentity | undefined {
  const channels = channelNames(block);
  const said = texts.find(
    ({ path: place }) => place.length === path.length + 1 && place.at(-1) === 'id',
  )?.value;
  // A bad `id:` is reported with the shape; without it nothing can be held against an id.
  if (said !== undefined) return LOCATION_ID.test(said) ? { id: said, channels } : undefined;
  const names = texts.flatMap(({ value }) => placeholderName(value) ?? []);
  const derived = deriveLocationId(names, channels);
  switch (derived.kind) {
    case 'id':
      return { id: derived.id, channels };
    case 'tie': {
      const candidates = derived.candidates.join(', ');
      report(
        path,
        'error',
        `The variables name several locations (${candidates}). Add “id:” with the right one.`,
      );
      return undefined;
    }
    case 'none':
      report(path, 'error', 'No variable names this location. Add “id:”, such as “id: ARIAPITA”.');
      return undefined;
  }
}

function channelNames(block: unknown): string[] {
  if (typeof block !== 'object' || block === null || !('channels' in block)) return [];
  const { channels } = block;
  return typeof channels === 'object' && channels !== null ? Object.keys(channels) : [];
}
